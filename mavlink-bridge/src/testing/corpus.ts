import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FieldValue } from '../wire/decode.ts'
import { definitionByName } from '../wire/definitions/definitions.ts'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..')

/** The conformance corpus, made by other implementations, beside the repository. */
export const CORPUS = '../shared/data/mavlink/corpus'
export const hasCorpus = existsSync(path.join(root, CORPUS, 'messages.jsonl'))

/** Recorded flights beside the repository. */
export const FLIGHTS = '../shared/data/mavlink/flights'
export const hasFlights = existsSync(path.join(root, FLIGHTS))
export const flightPath = (name: string): string => path.join(root, FLIGHTS, name)

export const corpusPath = (name: string): string => path.join(root, CORPUS, name)
export const corpusBytes = (name: string): Uint8Array => readFileSync(corpusPath(name))
export const corpusText = (name: string): string => readFileSync(corpusPath(name), 'utf8')

/** One parsed object per line. */
export const corpusLines = <T>(name: string): T[] =>
  corpusText(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

/** Turns the corpus' JSON values into what `encode` takes: 64-bit strings into bigint, "NaN" and the like into numbers. */
export function fieldsFromJson(message: string, json: Record<string, unknown>): Record<string, FieldValue> {
  const definition = definitionByName(message)
  if (definition === undefined) throw new RangeError(`no message ${message}`)
  const fields: Record<string, FieldValue> = {}
  for (const [name, value] of Object.entries(json)) {
    const type = definition.fields.find((field) => field.name === name)?.type
    const scalar = (one: unknown): number | bigint =>
      type === 'uint64' || type === 'int64' ? BigInt(one as string) : Number(one)
    if (type === 'char') fields[name] = value as string
    else fields[name] = Array.isArray(value) ? (value.map(scalar) as number[]) : scalar(value)
  }
  return fields
}
