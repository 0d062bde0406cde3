import type { DroneParam, DroneStatus } from '@skerry/contract'
import { FAILSAFE_PARAMS, type FailsafeParam, FORMERLY, type Verdict } from './failsafe-params.ts'

/** One line of the list. `param` null: the aircraft has not got it, though its kind of autopilot should. */
export interface ParamRow {
  readonly name: string
  readonly param: DroneParam | null
  readonly failsafe: FailsafeParam | null
  /** Null where it is no failsafe parameter, or its value is not known. */
  readonly verdict: Verdict | null
}
export interface ParamRows {
  readonly failsafe: readonly ParamRow[]
  readonly others: readonly ParamRow[]
}

const ORDER: ReadonlyMap<string, number> = new Map([...FAILSAFE_PARAMS.keys()].map((name, i) => [name, i]))

/**
 * The list as a pilot reads it: failsafe parameters first, in the order of the guide, then all others by name.
 * @param asked words that the name holds, upper or lower case; empty: all
 */
export function paramRows(params: readonly DroneParam[], guards: DroneStatus['guards'], asked: string): ParamRows {
  const words = asked.trim().toUpperCase().split(/\s+/)
  const names = new Set(params.map(({ name }) => name))
  const missing = (guards ?? []).flatMap(({ name }) =>
    names.has(name) || names.has(FORMERLY[name] ?? '') ? [] : [rowOf(name, null)],
  )
  const rows = [...params.map((param) => rowOf(param.name, param)), ...missing].filter(({ name }) =>
    words.every((word) => name.toUpperCase().includes(word)),
  )
  const place = ({ name }: ParamRow): number => ORDER.get(name) ?? ORDER.size
  return {
    failsafe: rows.filter(isFailsafe).toSorted((a, b) => place(a) - place(b)),
    others: rows.filter((row) => !isFailsafe(row)).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

const isFailsafe = ({ failsafe, param }: ParamRow): boolean => failsafe !== null || param === null

/** What it holds, as far as that is known. */
export const heldNow = (param: DroneParam | null): number | null => (param?.unsure ? null : (param?.value ?? null))

function rowOf(name: string, param: DroneParam | null): ParamRow {
  const failsafe = FAILSAFE_PARAMS.get(name) ?? null
  const value = heldNow(param)
  return { name, param, failsafe, verdict: failsafe === null || value === null ? null : failsafe.judge(value) }
}

const REAL32 = 9
/** MAV_PARAM_TYPE of integers that fit four bytes, with their ranges. */
const INTEGERS: Readonly<Record<number, { readonly word: string; readonly least: number; readonly most: number }>> = {
  1: { word: 'UINT8', least: 0, most: 255 },
  2: { word: 'INT8', least: -128, most: 127 },
  3: { word: 'UINT16', least: 0, most: 65_535 },
  4: { word: 'INT16', least: -32_768, most: 32_767 },
  5: { word: 'UINT32', least: 0, most: 4_294_967_295 },
  6: { word: 'INT32', least: -2_147_483_648, most: 2_147_483_647 },
}

/** Name of the type as MAVLink has it. */
export const typeText = (type: number): string => INTEGERS[type]?.word ?? (type === REAL32 ? 'REAL32' : `#${type}`)

/** A value as a person writes it: a float of 32 bits has seven figures, and no more. */
export const valueText = (value: number, type: number): string =>
  type === REAL32 ? String(Number(value.toPrecision(7))) : String(value)

export type InputFault = 'empty' | 'not-a-number' | 'not-an-integer' | 'out-of-range' | 'same' | 'not-settable'
export type NewValue =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly fault: InputFault }

/** What a pilot typed, as a value of that parameter. */
export function newValue(text: string, { type, value: old }: Pick<DroneParam, 'type' | 'value'>): NewValue {
  const bad = (fault: InputFault): NewValue => ({ ok: false, fault })
  const range = INTEGERS[type]
  if (range === undefined && type !== REAL32) return bad('not-settable')
  if (text.trim() === '') return bad('empty')
  const value = Number(text.trim())
  if (!Number.isFinite(value)) return bad('not-a-number')
  if (range !== undefined && !Number.isInteger(value)) return bad('not-an-integer')
  if (range === undefined ? !Number.isFinite(Math.fround(value)) : value < range.least || value > range.most)
    return bad('out-of-range')
  const same = range === undefined ? Math.fround(value) === old : value === old
  return same ? bad('same') : { ok: true, value }
}
