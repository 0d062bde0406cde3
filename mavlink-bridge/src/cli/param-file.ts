import type { Param } from '../exchanges/params.ts'
import { BadInput } from './bad-input.ts'

/**
 * Parameters as text, one per line: system, component, name, value, MAV_PARAM_TYPE with tabs between (QGroundControl);
 * reads `NAME,VALUE` and `NAME VALUE` of ArduPilot's stations too. `#` begins a comment.
 */
export function paramFileOf(params: readonly Param[], systemId: number, comp: number): string {
  const lines = params.map(({ name, value, type }) => [systemId, comp, name, String(value), type].join('\t'))
  return ['# Parameters, saved by Skerry', '# system\tcomponent\tname\tvalue\ttype', ...lines, ''].join('\n')
}

/** BadInput names the line that is none. */
export function readParamFile(text: string): ReadonlyMap<string, number> {
  const params = new Map<string, number>()
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const parts = line.split(/[\t,\s]+/)
    const [name, value] = parts.length >= 5 ? [parts[2], parts[3]] : [parts[0], parts[1]]
    const number = Number(value)
    if (
      name === undefined ||
      !/^[A-Z0-9_]{1,16}$/i.test(name) ||
      value === undefined ||
      value === '' ||
      Number.isNaN(number)
    )
      throw new BadInput(`line ${i + 1}: must be NAME and VALUE`)
    params.set(name, number)
  }
  if (params.size === 0) throw new BadInput('FILE: must hold at least one parameter')
  return params
}

export interface ParamDifference {
  readonly name: string
  /** Null where that side has none. */
  readonly file: number | null
  readonly vehicle: number | null
}

/** What differs; a float is the same when it is the same on the wire. */
export function compareParams(file: ReadonlyMap<string, number>, vehicle: readonly Param[]): ParamDifference[] {
  const held = new Map(vehicle.map(({ name, value }) => [name, value]))
  const differences: ParamDifference[] = []
  for (const [name, value] of file) {
    const own = held.get(name) ?? null
    if (own === null || Math.fround(own) !== Math.fround(value)) differences.push({ name, file: value, vehicle: own })
  }
  for (const [name, value] of held) if (!file.has(name)) differences.push({ name, file: null, vehicle: value })
  return differences
}
