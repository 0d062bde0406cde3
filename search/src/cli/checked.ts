import type { z } from 'zod'
import { BadInput } from './bad-input.ts'

type Issue = z.core.$ZodIssue

/** The value as its schema has it, or BadInput with the first fault: `field: must be ...`. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new BadInput(faultLine(parsed.error.issues[0]!, value))
}

/** `scenarios[1].weight: must be ...`; the whole input is called `input`. */
export function faultLine(issue: Issue, input: unknown): string {
  const field = fieldName(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return `${field === '' ? '' : `${field}.`}${keyName(issue.keys[0]!)}: unknown key, must be left out`
  }
  const at = field === '' ? 'input' : field
  return `${at}: ${valueAt(input, issue.path) === undefined ? 'missing, ' : ''}${wanted(issue)}`
}

/** A key that is not a plain word is quoted, so that it shows and stays on its line. */
const keyName = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))

function wanted(issue: Issue): string {
  // A schema that has its own words has them said.
  if (issue.message.startsWith('must ')) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${withArticle(issue.expected)}`
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`
    case 'too_small':
      return issue.origin === 'array'
        ? `must have at least ${issue.minimum} entries`
        : `must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${issue.maximum} entries`
        : `must be ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}`
    case 'custom':
      return issue.message
    default:
      return `must be right (${issue.message})`
  }
}

const WORDS: Readonly<Record<string, string>> = { tuple: 'array', int: 'whole number', record: 'object' }

function withArticle(type: string): string {
  const word = WORDS[type] ?? type
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`
}

function fieldName(path: readonly PropertyKey[]): string {
  let name = ''
  for (const key of path) name += typeof key === 'number' ? `[${key}]` : `${name === '' ? '' : '.'}${String(key)}`
  return name
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
