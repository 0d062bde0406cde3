import type { Heard } from './mavlink.ts'

/** A command in one shape, whichever of the two messages brought it. `x`, `y` are degrees. */
export interface Order {
  readonly command: number
  readonly p: readonly [number, number, number, number]
  readonly x: number
  readonly y: number
  readonly z: number
  readonly asInt: boolean
}

/** COMMAND_LONG or COMMAND_INT in one shape; undefined where it is neither. */
export function orderOf(h: Heard): Order | undefined {
  const m = h.message
  if (m.name === 'COMMAND_LONG') {
    const { param1, param2, param3, param4, param5, param6, param7, command } = m.fields
    return { command, p: [param1, param2, param3, param4], x: param5, y: param6, z: param7, asInt: false }
  }
  if (m.name === 'COMMAND_INT') {
    const { param1, param2, param3, param4, x, y, z, command } = m.fields
    return { command, p: [param1, param2, param3, param4], x: x / 1e7, y: y / 1e7, z, asInt: true }
  }
  return undefined
}
