import { CommandDone, type Command } from '@skerry/contract'
import { request, type Result } from './request.ts'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
/** A command before it has its id: what a screen fills in. */
export type CommandDraft = WithoutId<Command>

export interface CommandPorts {
  newId: () => string
  wait: (ms: number) => Promise<void>
  post: (command: Command) => Promise<Result<CommandDone>>
}

export const commandPorts: CommandPorts = {
  newId: () => crypto.randomUUID(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  post: (command) => request('POST', '/api/commands', command, CommandDone),
}

const TRIES = 3
const PAUSE_MS = 600

/**
 * Sends one command. An answer that got lost is asked for again under the same id, which the server answers
 * with the first outcome: a repeat never acts twice.
 */
export async function sendCommand(
  draft: CommandDraft,
  ports: CommandPorts = commandPorts,
): Promise<Result<CommandDone>> {
  const command: Command = { ...draft, id: ports.newId() }
  for (let tried = 1; ; tried++) {
    const answer = await ports.post(command)
    if (answer.ok || answer.failure.kind !== 'offline' || tried === TRIES) return answer
    await ports.wait(PAUSE_MS * tried)
  }
}
