import type { Params } from './param-types.ts'

/** MAV_PARAM_TYPE to AP_Param type and bytes. */
const KINDS: Readonly<Record<number, readonly [kind: number, bytes: number]>> = {
  2: [1, 1],
  4: [2, 2],
  6: [3, 4],
  9: [4, 4],
}

/** ArduPilot's `param.pck`: padded so that no value lies across two blocks of a read. @param block bytes of a read */
export function paramPack(params: Params, block: number): Uint8Array {
  const names = Object.keys(params)
  const header = Buffer.alloc(6)
  header.writeUInt16LE(0x671b, 0)
  header.writeUInt16LE(names.length, 2)
  header.writeUInt16LE(names.length, 4)
  const parts: Buffer[] = [header]
  let length = header.length
  let before = ''
  for (const name of names) {
    const { type, value } = params[name]!
    const [kind, bytes] = KINDS[type]!
    let common = 0
    while (common < Math.min(15, name.length - 1) && name[common] === before[common]) common++
    const own = name.slice(common)
    const over = (length + 2 + own.length + bytes) % block
    const pad = over > 0 && over < bytes ? bytes - over : 0
    const held = Buffer.alloc(bytes)
    if (type === 9) held.writeFloatLE(value)
    else held.writeIntLE(value, 0, bytes)
    const entry = [Buffer.alloc(pad), Buffer.from([kind, common | ((own.length - 1) << 4)]), Buffer.from(own), held]
    parts.push(...entry)
    length += pad + 2 + own.length + bytes
    before = name
  }
  return Buffer.concat(parts)
}
