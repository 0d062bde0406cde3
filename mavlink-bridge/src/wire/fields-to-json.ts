import type { FieldValue } from './decode.ts'

export type JsonFieldValue = number | string | (number | string)[]

/**
 * Fields as JSON can carry them: 64-bit integers as decimal strings, floats as numbers or "NaN", "Infinity",
 * "-Infinity", "-0", byte and other arrays as plain arrays at full length.
 */
export function fieldsToJson(fields: Readonly<Record<string, FieldValue>>): Record<string, JsonFieldValue> {
  const json: Record<string, JsonFieldValue> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') json[name] = value
    else if (typeof value === 'object') json[name] = Array.from<number | bigint, number | string>(value, scalar)
    else json[name] = scalar(value)
  }
  return json
}

function scalar(value: number | bigint): number | string {
  if (typeof value === 'bigint') return value.toString()
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : value
  return String(value)
}
