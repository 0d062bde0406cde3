import { layOut, type MessageDefinition, type MessageRow } from './definition.ts'
import table from './messages.json' with { type: 'json' }

const byId = new Map<number, MessageDefinition>()
const byName = new Map<string, MessageDefinition>()
for (const row of table as unknown as readonly MessageRow[]) {
  const message = layOut(row)
  byId.set(message.id, message)
  byName.set(message.name, message)
}

/** Definition of a message id, or undefined when this dialect does not know it. */
export const definitionById = (id: number): MessageDefinition | undefined => byId.get(id)

/** Definition by XML name (`HEARTBEAT`), or undefined. */
export const definitionByName = (name: string): MessageDefinition | undefined => byName.get(name)

/** All messages known, by ascending id. */
export const allDefinitions = (): readonly MessageDefinition[] => [...byId.values()]
