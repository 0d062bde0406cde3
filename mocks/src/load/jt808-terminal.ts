import type { Pose } from './route.ts'

const FLAG = 0x7e
const ESCAPE = 0x7d
const VERSIONED = 0x4000
const POSITIONED = 0x02
/** Times are China Standard Time, without saying so. */
const ZONE_MS = 8 * 3_600_000

/** A message of a terminal of the 2019 edition, escaped and between its flags. @param terminal decimal digits, 20 at most */
export function jt808Message(terminal: string, id: number, serial: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(17)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(body.length | VERSIONED, 2)
  head[4] = 1
  head.write(terminal.padStart(20, '0'), 5, 'hex')
  head.writeUInt16BE(serial & 0xffff, 15)
  const out: number[] = [FLAG]
  let sum = 0
  const put = (byte: number): void => {
    if (byte === FLAG) out.push(ESCAPE, 2)
    else if (byte === ESCAPE) out.push(ESCAPE, 1)
    else out.push(byte)
  }
  for (const part of [head, body])
    for (const byte of part) {
      sum ^= byte
      put(byte)
    }
  put(sum)
  out.push(FLAG)
  return Buffer.from(out)
}

/** Body of a location report (0x0200) of a car that is switched on and has a fix. @param atMs whole seconds */
export function jt808Location({ lngLat: [lng, lat], speedMps, headingDeg }: Pose, atMs: number): Buffer {
  const body = Buffer.alloc(28)
  body.writeUInt32BE(POSITIONED | 1 | (lat < 0 ? 4 : 0) | (lng < 0 ? 8 : 0), 4)
  body.writeUInt32BE(Math.round(Math.abs(lat) * 1e6), 8)
  body.writeUInt32BE(Math.round(Math.abs(lng) * 1e6), 12)
  body.writeUInt16BE(Math.round(speedMps * 36), 18)
  body.writeUInt16BE(Math.round(headingDeg) % 360, 20)
  const local = new Date(atMs + ZONE_MS).toISOString()
  body.write(local.slice(2, 19).replaceAll(/\D/g, ''), 22, 'hex')
  return body
}

/** Body of a registration (0x0100) of the 2019 edition. What it says of maker and vehicle is left blank. */
export const jt808Registration = (): Buffer => Buffer.alloc(76)

/** Body of the sign-in (0x0102) of the 2019 edition. */
export const jt808SignIn = (code: Buffer): Buffer =>
  Buffer.concat([Buffer.from([code.length]), code, Buffer.alloc(15 + 20)])

/** What the platform says: message id and body of each whole frame in a chunk. Frames that are cut are left out. */
export function jt808Answers(bytes: Buffer): { id: number; body: Buffer }[] {
  const found: { id: number; body: Buffer }[] = []
  for (let start = bytes.indexOf(FLAG); start >= 0;) {
    const end = bytes.indexOf(FLAG, start + 1)
    if (end < 0) break
    const plain: number[] = []
    for (let i = start + 1; i < end; i++)
      if (bytes[i] === ESCAPE) plain.push(bytes[++i] === 1 ? ESCAPE : FLAG)
      else plain.push(bytes[i]!)
    const message = Buffer.from(plain)
    if (message.length >= 18) found.push({ id: message.readUInt16BE(0), body: message.subarray(17, -1) })
    start = bytes.indexOf(FLAG, end + 1)
  }
  return found
}
