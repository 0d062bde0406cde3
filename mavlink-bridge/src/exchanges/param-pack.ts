import type { Param } from './params.ts'

/** ArduPilot's file of all parameters, as MAVFTP names it. */
export const PARAM_PACK = '@PARAM/param.pck'
const MAGIC = 0x671b
const HEADER_BYTES = 6
/** AP_Param types to MAV_PARAM_TYPE, with the bytes of a value. */
const TYPES: ReadonlyMap<number, { readonly type: number; readonly bytes: 1 | 2 | 4 }> = new Map([
  [1, { type: 2, bytes: 1 }],
  [2, { type: 4, bytes: 2 }],
  [3, { type: 6, bytes: 4 }],
  [4, { type: 9, bytes: 4 }],
])

/**
 * Parameters of a pack, in its order; null where it is cut short or none. Each entry: type in the low half of a byte,
 * shared and own length of the name in the next, the name's own part, the value; zero bytes between are padding
 * (AP_Filesystem_Param).
 */
export function readParamPack(pack: Uint8Array): readonly Param[] | null {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength)
  if (pack.length < HEADER_BYTES || view.getUint16(0, true) !== MAGIC) return null
  const count = view.getUint16(2, true)
  if (count !== view.getUint16(4, true)) return null
  const params: Param[] = []
  let name = ''
  let at = HEADER_BYTES
  while (params.length < count) {
    while (pack[at] === 0) at++
    const head = pack[at] ?? 0
    const kind = TYPES.get(head & 0x0f)
    const lengths = pack[at + 1]
    if (kind === undefined || head >> 4 !== 0 || lengths === undefined) return null
    const own = (lengths >> 4) + 1
    const valueAt = at + 2 + own
    if (valueAt + kind.bytes > pack.length || (lengths & 0x0f) > name.length) return null
    name = name.slice(0, lengths & 0x0f) + String.fromCharCode(...pack.subarray(at + 2, valueAt))
    params.push({ name, value: valueOf(view, valueAt, kind.type), type: kind.type })
    at = valueAt + kind.bytes
  }
  return params
}

function valueOf(view: DataView, at: number, type: number): number {
  if (type === 2) return view.getInt8(at)
  if (type === 4) return view.getInt16(at, true)
  return type === 6 ? view.getInt32(at, true) : view.getFloat32(at, true)
}
