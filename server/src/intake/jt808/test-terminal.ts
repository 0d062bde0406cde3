import { sealFrame } from './frame.ts'
import { writeMessage } from './header.ts'

/** What a terminal sends, for tests. */
export function terminalMessage(of: {
  edition: 2013 | 2019
  terminal: string
  id: number
  serial: number
  body: Uint8Array
  part?: { of: number; number: number }
}): Uint8Array {
  const number = Buffer.from(of.terminal.padStart(of.edition === 2013 ? 12 : 20, '0'), 'hex')
  const address = of.edition === 2013 ? number : Buffer.concat([Buffer.from([1]), number])
  return sealFrame(writeMessage({ edition: of.edition, address }, of.id, of.serial, of.body, of.part))
}

export function locationBody(of: {
  lngLat: [number, number]
  atMs: number
  speedKmh: number
  alarmBits: readonly number[]
  positioned?: boolean
}): Buffer {
  const [lng, lat] = of.lngLat
  const body = Buffer.alloc(28)
  body.writeUInt32BE(
    of.alarmBits.reduce((bits, bit) => bits + 2 ** bit, 0),
    0,
  )
  body.writeUInt32BE(((of.positioned ?? true) ? 2 : 0) | (lat < 0 ? 4 : 0) | (lng < 0 ? 8 : 0), 4)
  body.writeUInt32BE(Math.round(Math.abs(lat) * 1e6), 8)
  body.writeUInt32BE(Math.round(Math.abs(lng) * 1e6), 12)
  body.writeUInt16BE(of.speedKmh * 10, 18)
  const local = new Date(Math.max(of.atMs, Date.UTC(2001, 0)) + 8 * 3_600_000).toISOString()
  body.write(local.slice(2, 19).replaceAll(/\D/g, ''), 22, 'hex')
  return Buffer.concat([body, Buffer.from([1, 4, 0, 0, 0, 100, 2, 2, 0, 125])])
}
