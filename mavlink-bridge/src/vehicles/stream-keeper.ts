import { heardKey, type Vehicle } from './vehicle.ts'
import { type WantedStream, wantedStreams } from './wanted-streams.ts'

interface Asked {
  readonly atMs: number
  readonly tries: number
  /** The vehicle said that it has no such message. */
  readonly refused: boolean
}

/** What was asked of a vehicle and when. Starts anew when the autopilot restarts. */
export interface StreamKeeper {
  readonly reboots: number
  readonly asked: ReadonlyMap<string, Asked>
  /** No question before this time: a vehicle that answers none must not be flooded. */
  readonly quietUntilMs: number
  /** Questions in a row without any answer. */
  readonly unanswered: number
  readonly accepted: number
  readonly dataStreamsAskedAtMs: number | null
  /** When a rate was last read back, and which of the streams: they take turns. */
  readonly readAtMs: number
  readonly readTurn: number
  /** Another station keeps changing these behind us: how often they were put right. */
  readonly contested: ReadonlyMap<number, number>
  /** Times slower than wanted, for a link with a budget (`slowdownFor`). */
  readonly slowdown: number
}

export const newStreamKeeper = (reboots: number): StreamKeeper => ({
  reboots,
  asked: new Map(),
  quietUntilMs: 0,
  unanswered: 0,
  accepted: 0,
  dataStreamsAskedAtMs: null,
  readAtMs: 0,
  readTurn: 0,
  contested: new Map(),
  slowdown: 1,
})

const STALE_AT_LEAST_MS = 5000
const BETWEEN_TRIES_MS = 5000
const LONGEST_PAUSE_MS = 60_000
/** A vehicle that is not there now is not asked: the question would only fill its radio. */
const HEARTBEAT_FRESH_MS = 2000
/** So many refusals and no consent: an autopilot from before SET_MESSAGE_INTERVAL. */
const OLD_AUTOPILOT_AFTER = 4

/** A rate is read back about so often, one stream after the other. */
const READ_EVERY_MS = 15_000
/** Slower than asked for by more than this share is another rate; autopilots round to their own loop. */
const SLOWER_THAN_ASKED = 1.5
/** Two stations that both insist would fill the link with their quarrel. */
const PUT_RIGHT_AT_MOST = 5

const keyOf = (stream: WantedStream): string => `${stream.comp}/${stream.id}/${stream.streamId}/${stream.periodMs}`

export type StreamStep =
  | { ask: 'interval'; stream: WantedStream }
  /** Reads MESSAGE_INTERVAL: another station may have changed it. */
  | { ask: 'reading'; stream: WantedStream }
  | { ask: 'data-streams' }
  | { ask: 'nothing' }

/** What to ask next. Each stream is asked once at first sight and again when it went stale. */
export function nextAsk(keeper: StreamKeeper, vehicle: Vehicle, nowMs: number): readonly [StreamKeeper, StreamStep] {
  const now =
    keeper.reboots === vehicle.reboots ? keeper : { ...newStreamKeeper(vehicle.reboots), slowdown: keeper.slowdown }
  if (nowMs < now.quietUntilMs || vehicle.highLatency || nowMs - vehicle.lastHeartbeatAtMs > HEARTBEAT_FRESH_MS)
    return [now, { ask: 'nothing' }]
  const wanted = wantedStreams(vehicle, now.slowdown)
  const refused = new Set(wanted.filter((stream) => now.asked.get(keyOf(stream))?.refused === true).map(({ id }) => id))
  for (const stream of wanted) {
    if (stream.insteadOf !== undefined && !refused.has(stream.insteadOf)) continue
    const asked = now.asked.get(keyOf(stream))
    if (asked?.refused === true) continue
    if (asked !== undefined && !isDue(asked, stream, vehicle, nowMs)) continue
    const grown = new Map(now.asked).set(keyOf(stream), { atMs: nowMs, tries: (asked?.tries ?? 0) + 1, refused: false })
    return [
      { ...now, asked: grown },
      { ask: 'interval', stream },
    ]
  }
  const refusals = [...now.asked.values()].filter(({ refused }) => refused).length
  const old = now.accepted === 0 && refusals >= OLD_AUTOPILOT_AFTER
  if (old && nowMs - (now.dataStreamsAskedAtMs ?? -Infinity) > LONGEST_PAUSE_MS)
    return [{ ...now, dataStreamsAskedAtMs: nowMs }, { ask: 'data-streams' }]
  return reading(now, vehicle, nowMs)
}

function reading(keeper: StreamKeeper, vehicle: Vehicle, nowMs: number): readonly [StreamKeeper, StreamStep] {
  const granted = wantedStreams(vehicle, keeper.slowdown).filter(
    (stream) => keeper.asked.get(keyOf(stream))?.refused === false,
  )
  const stream = granted[keeper.readTurn % Math.max(1, granted.length)]
  if (stream === undefined || keeper.accepted === 0 || nowMs - keeper.readAtMs < READ_EVERY_MS)
    return [keeper, { ask: 'nothing' }]
  const first = keeper.readAtMs === 0
  const read = { ...keeper, readAtMs: nowMs, readTurn: keeper.readTurn + (first ? 0 : 1) }
  return first ? [read, { ask: 'nothing' }] : [read, { ask: 'reading', stream }]
}

/** Takes a MESSAGE_INTERVAL: a stream that was switched off or slowed down by somebody else is asked for again. */
export function reported(keeper: StreamKeeper, vehicle: Vehicle, messageId: number, intervalUs: number): StreamKeeper {
  const stream = wantedStreams(vehicle, keeper.slowdown).find(({ id, streamId }) => id === messageId && streamId === 0)
  // 0: it does not know the message, and will not learn it by being asked again.
  if (stream === undefined || intervalUs === 0) return keeper
  if (intervalUs > 0 && intervalUs <= stream.periodMs * 1000 * SLOWER_THAN_ASKED) return keeper
  const times = keeper.contested.get(messageId) ?? 0
  if (times >= PUT_RIGHT_AT_MOST) return keeper
  const asked = new Map(keeper.asked)
  asked.delete(keyOf(stream))
  return { ...keeper, asked, contested: new Map(keeper.contested).set(messageId, times + 1) }
}

function isDue(asked: Asked, stream: WantedStream, vehicle: Vehicle, nowMs: number): boolean {
  // A gimbal speaks in its own name or by its manager; of cameras there may be two that say the same.
  const key = stream.ofCamera ? heardKey(stream.comp, stream.id) : stream.id
  const heardAtMs = Math.max(vehicle.heardAtMs.get(key) ?? 0, asked.atMs)
  const stale = nowMs - heardAtMs > Math.max(STALE_AT_LEAST_MS, 3 * stream.periodMs)
  // Messages that never come although they were granted (no wind sensor, no home yet) are asked for ever more seldom.
  const pauseMs = Math.min(BETWEEN_TRIES_MS * 2 ** (asked.tries - 1), LONGEST_PAUSE_MS)
  return stale && nowMs - asked.atMs >= pauseMs
}

/** Notes how the vehicle took the last question. */
export function answered(
  keeper: StreamKeeper,
  stream: WantedStream,
  answer: 'accepted' | 'refused' | 'silent',
  nowMs: number,
): StreamKeeper {
  if (answer === 'silent') {
    const unanswered = keeper.unanswered + 1
    const pauseMs = Math.min(1000 * 2 ** unanswered, LONGEST_PAUSE_MS)
    // Not answered is not asked: it is the first question again when the vehicle listens.
    const asked = new Map(keeper.asked)
    asked.delete(keyOf(stream))
    return { ...keeper, asked, unanswered, quietUntilMs: nowMs + pauseMs }
  }
  const before = keeper.asked.get(keyOf(stream))
  const asked = new Map(keeper.asked)
  if (before !== undefined) asked.set(keyOf(stream), { ...before, refused: answer === 'refused' })
  const accepted = keeper.accepted + (answer === 'accepted' ? 1 : 0)
  return { ...keeper, asked, unanswered: 0, accepted, quietUntilMs: 0 }
}
