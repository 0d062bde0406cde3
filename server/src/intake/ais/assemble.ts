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

/** What came of a line, and of messages before it whose other parts never came. */
export interface Assembled {
  result: Heard | MessageFault | 'part' | 'other'
  givenUp: number
}

interface Part {
  /** Count, sequential number and radio channel: the same for all parts of a message. */
  key: string
  count: number
  number: number
  payload: string
  fill: string
  /** What tells messages of several stations apart; not every line of a message has it. */
  station: string | null
  tagGroup: string | null
  tagAtMs: number | null
}
interface Open extends Pick<Part, 'key' | 'fill' | 'station' | 'tagGroup' | 'tagAtMs'> {
  parts: (string | undefined)[]
  atMs: number
}

/** Puts AIVDM lines of one receiver together. Bounded; a part without its others is given up and counted. */
export function createAssembler(): { line: (text: string, nowMs: number) => Assembled } {
  /** In the order in which they began. */
  let open: Open[] = []
  let givenUp = 0

  function leave(which: (one: Open) => boolean): void {
    const rest = open.filter((one) => !which(one))
    givenUp += open.length - rest.length
    open = rest
  }

  function take(part: Part, nowMs: number): Assembled['result'] {
    let held = matchOf(part, open)
    if (held?.parts[part.number - 1] !== undefined) {
      // The same part again begins another message: the first will not be finished any more.
      const before = held
      leave((one) => one === before)
      held = undefined
    }
    if (held === undefined) {
      const { key, fill, station, tagGroup, tagAtMs } = part
      held = { key, fill, station, tagGroup, tagAtMs, parts: Array.from({ length: part.count }), atMs: nowMs }
      open.push(held)
      if (open.length > MOST_OPEN) leave((one) => one === open[0])
    }
    held.parts[part.number - 1] = part.payload
    if (part.number === part.count) held.fill = part.fill
    held.tagAtMs ??= part.tagAtMs
    held.station ??= part.station
    held.tagGroup ??= part.tagGroup
    if (held.parts.includes(undefined)) return 'part'
    const done = held
    open = open.filter((one) => one !== done)
    return whole(done.parts.join(''), done.fill, done.tagAtMs)
  }

  function read(text: string, nowMs: number): Assembled['result'] {
    const sentence = readSentence(text)
    if (typeof sentence === 'string') return sentence
    const { start, type, fields, tagAtMs, station, tagGroup } = sentence
    // VDO is the receiver's own ship.
    if (start !== '!' || (type !== 'VDM' && type !== 'VDO')) return 'other'
    const [count = '', number = '', group = '', channel = '', payload = '', fill = ''] = fields
    if (!/^[1-9]$/.test(count) || !/^[1-9]$/.test(number) || Number(number) > Number(count)) return 'malformed'
    if (count === '1') return whole(payload, fill, tagAtMs)
    const place = { key: `${count} ${group} ${channel}`, count: Number(count), number: Number(number) }
    return take({ ...place, payload, fill, station, tagGroup, tagAtMs }, nowMs)
  }

  return {
    line(text, nowMs) {
      leave(({ atMs }) => nowMs - atMs > PARTS_MS)
      const result = read(text, nowMs)
      const lost = givenUp
      givenUp = 0
      return { result, givenUp: lost }
    },
  }
}

/**
 * The message that a part is of. One that several may be of is of none: parts of different messages never mix, and
 * what is never whole is counted.
 */
function matchOf(part: Part, open: readonly Open[]): Open | undefined {
  const fit = open.filter((one) => belongs(part, one))
  if (fit.length < 2) return fit[0]
  const exact = fit.filter(({ station, tagGroup }) => part.station === station && part.tagGroup === tagGroup)
  return exact.length === 1 ? exact[0] : undefined
}

/** Where both say who heard them, or which group they are, it must be the same. */
function belongs(part: Part, { key, station, tagGroup }: Open): boolean {
  const agree = (a: string | null, b: string | null): boolean => a === null || b === null || a === b
  return part.key === key && agree(part.station, station) && agree(part.tagGroup, tagGroup)
}

function whole(payload: string, fillText: string, tagAtMs: number | null): Heard | MessageFault {
  const bits = /^[0-5]$/.test(fillText) ? readArmour(payload, Number(fillText)) : null
  const message = bits === null ? 'malformed' : decodeMessage(bits)
  return message === 'malformed' ? 'malformed' : { message, tagAtMs }
}
