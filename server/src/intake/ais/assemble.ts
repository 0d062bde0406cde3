import type { MessageFault } from '../feeds/observation.ts'
import { readSentence } from '../nmea/sentence.ts'
import { readArmour } from './bits.ts'
import { decodeMessage } from './decode-message.ts'
import type { AisMessage } from './message.ts'

/** Parts of a message belong together for as long as the radio takes for them, and some network delay. */
const PARTS_MS = 10_000
/** Unfinished messages of one receiver; the oldest is given up first. */
const MOST_OPEN = 64

/** A message that is whole, with the time its receiver gave it (TAG block), if any. */
export interface Heard {
  message: AisMessage
  tagAtMs: number | null
}

interface Open {
  parts: (string | undefined)[]
  /** Bits that only fill the last part up. */
  fill: string
  atMs: number
  tagAtMs: number | null
}

/** Puts AIVDM lines of one receiver together. Bounded; a part without its others is given up and counted. */
export function createAssembler(): {
  line: (text: string, nowMs: number) => Heard | MessageFault | 'part' | 'other'
} {
  const open = new Map<string, Open>()

  function whole(payload: string, fillText: string, tagAtMs: number | null): Heard | MessageFault {
    const bits = /^[0-5]$/.test(fillText) ? readArmour(payload, Number(fillText)) : null
    const message = bits === null ? 'malformed' : decodeMessage(bits)
    return message === 'malformed' ? 'malformed' : { message, tagAtMs }
  }

  return {
    line(text, nowMs) {
      const sentence = readSentence(text)
      if (typeof sentence === 'string') return sentence
      const { start, type, fields, tagAtMs } = sentence
      // VDO is the receiver's own ship.
      if (start !== '!' || (type !== 'VDM' && type !== 'VDO')) return 'other'
      const [count = '', number = '', group = '', channel = '', payload = '', fill = ''] = fields
      if (!/^[1-9]$/.test(count) || !/^[1-9]$/.test(number) || Number(number) > Number(count)) return 'malformed'
      if (count === '1') return whole(payload, fill, tagAtMs)
      const key = `${count} ${group} ${channel}`
      let held = open.get(key)
      if (held === undefined || nowMs - held.atMs > PARTS_MS || held.parts[Number(number) - 1] !== undefined) {
        held = { parts: Array.from({ length: Number(count) }), fill: '0', atMs: nowMs, tagAtMs }
        open.delete(key)
        open.set(key, held)
        const [oldest] = open.keys()
        if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest)
      }
      held.parts[Number(number) - 1] = payload
      if (number === count) held.fill = fill
      held.tagAtMs ??= tagAtMs
      if (held.parts.includes(undefined)) return 'part'
      open.delete(key)
      return whole(held.parts.join(''), held.fill, held.tagAtMs)
    },
  }
}
