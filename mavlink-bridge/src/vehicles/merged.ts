import { type DecodedMessage, isMessage } from '../wire/decode.ts'
import type { Frame } from '../wire/frame.ts'
import { alternate, type Alternation, isAlternating, noAlternation } from './alternation.ts'
import type { Vehicle } from './vehicle.ts'

/**
 * Two vehicles with one id behind one address (one serial radio, a router that forwards both) look like one that jumps.
 * What gives them away: sequence numbers in two runs, a start that jumps to and fro, places further apart than flown in
 * the time between, heartbeats of two kinds or two states in turn, two numbers of autopilots.
 */
export interface MergeWatch {
  readonly seqs: Alternation<SeqRun>
  readonly starts: Alternation<number>
  readonly places: Alternation<readonly [number, number]>
  readonly kinds: Alternation<string>
  readonly states: Alternation<string>
  readonly beats: readonly { readonly name: string; readonly atMs: number }[]
  /** Frames of this second and of the one before. */
  readonly rate: { readonly fromMs: number; readonly now: number; readonly last: number }
  readonly uid: string | null
  /** Until then nobody's orders may reach that id. */
  readonly untilMs: number
}
interface SeqRun {
  readonly seq: number
  /** When its sender started, by its own clock; null while it has not said. */
  readonly startedAtMs: number | null
}

/** As long as two addresses are kept apart after one of them fell silent. */
const LOCKED_MS = 60_000
/** Further apart than one sender's messages come late. */
const SAME_START_MS = 3000
/** Two channels of one autopilot tell one start. */
const SAME_CLOCK_MS = 500
/** Further apart than a second of late frames, at the rate below which numbers are looked at: beyond, clocks abound. */
const SEQ_APART = 48
const SLOW_FRAMES_PER_S = 40
const SAME_PLACE_M = 100
const FASTEST_MPS = 60
const METRES_PER_DEGREE = 111_320
/** A vehicle beats once a second; two beat six times in three seconds. */
const BEATS_OF_TWO = 6
const BEATS_MS = 3100

export const newMergeWatch = (): MergeWatch => ({
  seqs: noAlternation,
  starts: noAlternation,
  places: noAlternation,
  kinds: noAlternation,
  states: noAlternation,
  beats: [],
  rate: { fromMs: 0, now: 0, last: 0 },
  uid: null,
  untilMs: -Infinity,
})

/** One more frame of the autopilot. */
export interface MergeHeard {
  readonly frame: Pick<Frame, 'seq'>
  readonly message: DecodedMessage
  readonly atMs: number
  /** What was known of the vehicle before this frame, and with it. */
  readonly before: Vehicle
  readonly after: Vehicle
  /** Whether its number is that of one way: the copies of several declared links have several. */
  readonly numbered: boolean
}

/** After one more frame; `untilMs` says how long nobody's orders may reach that id. */
export function watchMerge(watch: MergeWatch, heard: MergeHeard): MergeWatch {
  const { frame, message, atMs, before, after, numbered } = heard
  const rate = rateAt(watch.rate, atMs)
  const bootMs = bootMsOf(message)
  const startedAtMs = bootMs === null ? null : atMs - bootMs
  let next: MergeWatch = { ...watch, rate }
  if (startedAtMs !== null) next = { ...next, starts: alternate(next.starts, startedAtMs, atMs, startsApart) }
  const place = after.positions.at(-1)
  if (place !== undefined && place !== before.positions.at(-1))
    next = { ...next, places: alternate(next.places, place.lngLat, atMs, placesApart) }
  if (numbered && Math.max(rate.now, rate.last) <= SLOW_FRAMES_PER_S)
    next = { ...next, seqs: numberedAlike(next.seqs, { seq: frame.seq, startedAtMs }, atMs) }
  if (message.name === 'HEARTBEAT') next = heardBeat(next, frame.seq, after, atMs)
  const otherUid = after.uid !== null && next.uid !== null && after.uid !== next.uid
  if (after.uid !== null && after.uid !== next.uid) next = { ...next, uid: after.uid }
  return otherUid || isTwo(next) ? { ...next, untilMs: atMs + LOCKED_MS } : next
}

function heardBeat(watch: MergeWatch, seq: number, { autopilot, mavType, customMode, armed }: Vehicle, atMs: number) {
  const lately = watch.beats.filter((one) => atMs - one.atMs < BEATS_MS).slice(-BEATS_OF_TWO)
  const state = `${customMode}/${armed}`
  // A second copy of a heartbeat has its number, and says the same.
  const name = `${seq}/${state}`
  const beats = lately.some((one) => one.name === name) ? lately : [...lately, { name, atMs }]
  const kinds = alternate(watch.kinds, `${autopilot}/${mavType}`, atMs, differ)
  return { ...watch, beats, kinds, states: alternate(watch.states, state, atMs, differ) }
}
function rateAt({ fromMs, now, last }: MergeWatch['rate'], atMs: number): MergeWatch['rate'] {
  if (atMs - fromMs < 1000) return { fromMs, now: now + 1, last }
  return { fromMs: atMs, now: 1, last: atMs - fromMs < 2000 ? now : 0 }
}
function bootMsOf(message: DecodedMessage): number | null {
  if (isMessage(message, 'SYSTEM_TIME') || isMessage(message, 'ATTITUDE') || isMessage(message, 'GLOBAL_POSITION_INT'))
    return message.fields.time_boot_ms
  return null
}
const differ = (run: string, value: string): number => (run === value ? 0 : 2)
const startsApart = (run: number, value: number): number => Math.abs(run - value) / SAME_START_MS

function placesApart(a: readonly [number, number], b: readonly [number, number], elapsedMs: number): number {
  const east = (a[0] - b[0]) * METRES_PER_DEGREE * Math.cos((a[1] * Math.PI) / 180)
  const north = (a[1] - b[1]) * METRES_PER_DEGREE
  return Math.hypot(east, north) / (SAME_PLACE_M + (elapsedMs / 1000) * FASTEST_MPS)
}
const seqsApart = (run: SeqRun, value: SeqRun): number => {
  const ahead = (value.seq - run.seq) & 0xff
  return Math.min(ahead, 256 - ahead) / SEQ_APART
}
/** The clock of a run is kept while it goes on. */
function numberedAlike(seqs: Alternation<SeqRun>, heard: SeqRun, atMs: number): Alternation<SeqRun> {
  const next = alternate(seqs, heard, atMs, seqsApart)
  const went = seqs.runs.find((run) => !next.runs.includes(run) && seqsApart(run.value, heard) <= 1)
  if (heard.startedAtMs !== null || went === undefined) return next
  const value = { ...heard, startedAtMs: went.value.startedAtMs }
  return { ...next, runs: [...next.runs.slice(0, -1), { value, atMs }] }
}

function isTwo({ seqs, starts, places, kinds, states, beats }: MergeWatch): boolean {
  if (isAlternating(starts) || isAlternating(kinds)) return true
  // A pilot's hand, and a receiver that has lost its way, may jump to and fro as well: they do not beat twice as often.
  if ((isAlternating(places) || isAlternating(states)) && beats.length >= BEATS_OF_TWO) return true
  if (!isAlternating(seqs)) return false
  // One autopilot over two channels numbers each of them by itself, and has one clock.
  const clocks = seqs.runs.map(({ value }) => value.startedAtMs)
  const [a, b] = clocks
  return !(typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= SAME_CLOCK_MS)
}
