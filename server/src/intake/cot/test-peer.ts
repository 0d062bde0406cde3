import type { Duplex } from 'node:stream'
import { cotFramer, TAK_HEAD } from './cot-framer.ts'
import type { CotEvent, TakControl } from './event.ts'
import { readCotXml } from './read-event.ts'
import { readTakMessage } from './read-takmessage.ts'
import type { OutEvent } from './write-event.ts'

/** The other end of a conversation, for tests: what came, and in which form. */
export interface Heard {
  as: 'xml' | 'tak'
  event: CotEvent
}

/** Everything that a stream brings, in order, as it comes. */
export function hearAll(stream: Duplex): Heard[] {
  const heard: Heard[] = []
  const framer = cotFramer(65_536)
  stream.on('data', (bytes: Buffer) => {
    for (const frame of framer.push(bytes).frames) {
      const { as, event } = readAny(Buffer.from(frame))
      if (event !== null) heard.push({ as, event })
    }
  })
  return heard
}

export function readAny(bytes: Buffer): { as: 'xml' | 'tak'; event: CotEvent | null; control: TakControl | null } {
  if (!bytes.subarray(0, 3).equals(TAK_HEAD)) return { as: 'xml', event: readCotXml(bytes.toString()), control: null }
  const read = readTakMessage(bytes.subarray(3))
  return { as: 'tak', event: read?.event ?? null, control: read?.control ?? null }
}

/** Where a device was, `agoS` seconds ago. */
export const eventOf = (uid: string, agoS: number, more: Partial<OutEvent> = {}): OutEvent => ({
  uid,
  type: 'a-f-G-U-C',
  atMs: Date.now() - agoS * 1000,
  staleMs: Date.now() + 60_000,
  lngLat: [122.386, 30],
  accuracyM: 5,
  speedMps: 1,
  courseDeg: 90,
  callSign: 'team',
  ...more,
})
