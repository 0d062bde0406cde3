import { ACCEPTED, type Dialect, DENIED, ERROR, INVALID_SEQUENCE } from './mission-result.ts'

export interface UploadPolicy {
  /** Items to send, at least 1. */
  readonly count: number
  readonly dialect: Dialect
  /** Silence before something is sent again. */
  readonly quietMs: number
  /** Sends of the count, and of the last item, in total. */
  readonly maxTries: number
  /** The vehicle ends a transfer by itself after this silence; earlier than that we do not give up. */
  readonly giveUpMs: number
  /** The same request again within one round trip is an echo of the first, not a new wish. */
  readonly debounceMs: number
  /** Answers to one request in a row: two sides that insist on different messages would go on for ever. */
  readonly maxAnswers: number
}

export type UploadOutcome =
  | { readonly kind: 'accepted' }
  /** Everything was sent and it may well be there, but the vehicle's word for it is missing: read it back. */
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'refused'; readonly result: number; readonly seq: number | null; readonly complete: boolean }
  | { readonly kind: 'silent'; readonly during: 'counting' | 'sending' }
  /** `complete`: the last item was on its way, so the vehicle may have all of it. */
  | { readonly kind: 'cancelled'; readonly complete: boolean }

interface Timed {
  readonly quietAtMs: number
}
export type UploadState =
  /** MISSION_COUNT sent, nothing requested yet. */
  | ({ readonly at: 'counting'; readonly tries: number } & Timed)
  /** Item `seq` is the last one sent. */
  | ({
      readonly at: 'sending'
      readonly seq: number
      readonly highest: number
      readonly sentAtMs: number
      readonly askedAtMs: number
      /** Answers to this request in a row. */
      readonly answers: number
      /** PX4 said ERROR: a second copy of our count brings that too, and then it goes on asking. */
      readonly doubted: boolean
    } & Timed)
  /** The last item was sent; `repeats` of it were our own idea. */
  | ({ readonly at: 'closing'; readonly sentAtMs: number; readonly repeats: number } & Timed)
  | { readonly at: 'ended'; readonly outcome: UploadOutcome }

export type UploadEvent =
  | { readonly type: 'asked'; readonly seq: number; readonly atMs: number }
  | { readonly type: 'acked'; readonly result: number; readonly atMs: number }
  | { readonly type: 'quiet'; readonly atMs: number }
  | { readonly type: 'cancelled' }
export type UploadSend =
  | { readonly send: 'count' }
  | { readonly send: 'item'; readonly seq: number }
  | { readonly send: 'cancel' }
type Step = readonly [UploadState, ...UploadSend[]]

export const startUpload = (nowMs: number, p: UploadPolicy): Step => [
  { at: 'counting', tries: 1, quietAtMs: nowMs + p.quietMs },
  { send: 'count' },
]

/** One step. Getting the same state object back means "not for us". */
export function nextUpload(s: UploadState, e: UploadEvent, p: UploadPolicy): Step {
  if (s.at === 'ended') return [s]
  switch (e.type) {
    case 'asked':
      return asked(s, e.seq, e.atMs, p)
    case 'acked':
      return [acked(s, e.result, p)]
    case 'quiet':
      return e.atMs < s.quietAtMs ? [s] : quiet(s, e.atMs, p)
    case 'cancelled':
      return [ended({ kind: 'cancelled', complete: s.at === 'closing' }), { send: 'cancel' }]
  }
}

type Open = Exclude<UploadState, { at: 'ended' }>

function asked(s: Open, seq: number, nowMs: number, p: UploadPolicy): Step {
  if (seq >= p.count) return [s] // left over from an earlier, longer plan
  const last = s.at === 'sending' ? s.seq : s.at === 'closing' ? p.count - 1 : null
  // ArduPilot answers an item that it has with an error while the transfer goes on.
  if (s.at !== 'counting' && seq === last && nowMs - s.sentAtMs < p.debounceMs) return [s]
  const send = { send: 'item', seq } as const
  const quietAtMs = nowMs + p.quietMs
  if (seq === p.count - 1) return [{ at: 'closing', sentAtMs: nowMs, repeats: 0, quietAtMs }, send]
  if (s.at === 'closing') return [s, send] // an old request, late: answered, and no step back
  const highest = s.at === 'sending' ? Math.max(s.highest, seq) : seq
  const answers = s.at === 'sending' && s.seq === seq ? s.answers + 1 : 1
  if (answers > p.maxAnswers) return [ended({ kind: 'silent', during: 'sending' }), { send: 'cancel' }]
  return [{ at: 'sending', seq, highest, answers, doubted: false, sentAtMs: nowMs, askedAtMs: nowMs, quietAtMs }, send]
}

function acked(s: Open, result: number, p: UploadPolicy): UploadState {
  if (result === ACCEPTED) {
    // Before the last item it is the echo of an earlier transfer, or a mistake: the vehicle goes on asking.
    return s.at === 'closing' ? ended({ kind: 'accepted' }) : s
  }
  if (result === INVALID_SEQUENCE && p.dialect === 'ardupilot') return s
  // Done already and given the last item again, ArduPilot says ERROR: it may just as well have stored everything. The
  // second copy may be the link's as well as ours.
  const twice = s.at === 'closing' && (s.repeats > 0 || p.dialect === 'ardupilot')
  if (twice && (result === ERROR || (s.repeats > 0 && result === DENIED))) return ended({ kind: 'unconfirmed' })
  if (s.at === 'sending' && result === ERROR && p.dialect === 'px4') return { ...s, doubted: true }
  const seq = s.at === 'sending' ? s.seq : s.at === 'closing' ? p.count - 1 : null
  return ended({ kind: 'refused', result, seq, complete: s.at === 'closing' })
}

function quiet(s: Open, nowMs: number, p: UploadPolicy): Step {
  const quietAtMs = nowMs + p.quietMs
  switch (s.at) {
    case 'counting':
      if (s.tries >= p.maxTries) return [ended({ kind: 'silent', during: 'counting' })]
      return [{ ...s, tries: s.tries + 1, quietAtMs }, { send: 'count' }]
    case 'sending':
      if (s.doubted) return [ended({ kind: 'refused', result: ERROR, seq: s.seq, complete: false })]
      // PX4 is free for the next try at once when it is told; ArduPilot frees itself.
      if (nowMs - s.askedAtMs >= p.giveUpMs) return [ended({ kind: 'silent', during: 'sending' }), { send: 'cancel' }]
      // The vehicle asks again by itself, but gives up when nothing comes. A second copy is harmless where we know the
      // manners: ArduPilot answers it with INVALID_SEQUENCE and goes on, PX4 ignores it.
      return [
        { ...s, sentAtMs: nowMs, quietAtMs: Math.min(quietAtMs, s.askedAtMs + p.giveUpMs) },
        ...(p.dialect === 'other' ? [] : [{ send: 'item', seq: s.seq } as const]),
      ]
    case 'closing':
      if (s.repeats + 1 >= p.maxTries) return [ended({ kind: 'unconfirmed' })]
      return [
        { ...s, repeats: s.repeats + 1, sentAtMs: nowMs, quietAtMs },
        { send: 'item', seq: p.count - 1 },
      ]
  }
}

const ended = (outcome: UploadOutcome): UploadState => ({ at: 'ended', outcome })
