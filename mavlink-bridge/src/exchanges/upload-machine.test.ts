import { describe, expect, it } from 'vitest'
import {
  nextUpload,
  startUpload,
  type UploadEvent,
  type UploadPolicy,
  type UploadSend,
  type UploadState,
} from './upload-machine.ts'

const policy = (dialect: UploadPolicy['dialect']): UploadPolicy => ({
  count: 3,
  dialect,
  quietMs: 1500,
  maxTries: 6,
  giveUpMs: dialect === 'px4' ? 6000 : 9000,
  debounceMs: 100,
  maxAnswers: 40,
})

/** Feeds events, each at its time, and keeps what was sent. `quiet` events come when the machine asked for them. */
function play(p: UploadPolicy, events: UploadEvent[], untilMs = 0): { state: UploadState; sent: UploadSend[] } {
  let [state, ...sent] = startUpload(0, p)
  const feed = (event: UploadEvent): void => {
    const [to, ...out] = nextUpload(state, event, p)
    state = to
    sent = [...sent, ...out]
  }
  for (const event of events) {
    const atMs = 'atMs' in event ? event.atMs : 0
    while (state.at !== 'ended' && state.quietAtMs < atMs) feed({ type: 'quiet', atMs: state.quietAtMs })
    feed(event)
  }
  while (state.at !== 'ended' && state.quietAtMs <= untilMs) feed({ type: 'quiet', atMs: state.quietAtMs })
  return { state, sent }
}
const asked = (seq: number, atMs: number): UploadEvent => ({ type: 'asked', seq, atMs })
const acked = (result: number, atMs: number): UploadEvent => ({ type: 'acked', result, atMs })
const items = (sent: UploadSend[]): number[] => sent.flatMap((out) => (out.send === 'item' ? [out.seq] : []))
const outcome = (state: UploadState) => (state.at === 'ended' ? state.outcome : state.at)

describe.each(['ardupilot', 'px4'] as const)('an upload to %s', (dialect) => {
  const p = policy(dialect)
  it('is accepted after the last item only', () => {
    const all = [asked(0, 10), asked(1, 20), asked(2, 30)]
    expect(outcome(play(p, [...all, acked(0, 40)]).state)).toEqual({ kind: 'accepted' })
  })
  it('goes on when only the first count was lost', () => {
    const { state, sent } = play(p, [asked(0, 1600), asked(1, 1610), asked(2, 1620), acked(0, 1630)])
    expect(outcome(state)).toEqual({ kind: 'accepted' })
    expect(sent.filter((out) => out.send === 'count')).toHaveLength(2)
  })
  it('gives up on counts that nobody answers', () => {
    const { state, sent } = play(p, [], 60_000)
    expect(outcome(state)).toEqual({ kind: 'silent', during: 'counting' })
    expect(sent).toHaveLength(6)
  })
  it('repeats the item that was asked for, and gives up no sooner than the vehicle does', () => {
    const { state } = play(p, [asked(0, 10)], p.giveUpMs)
    expect(state.at).toBe('sending')
    expect(outcome(play(p, [asked(0, 10)], p.giveUpMs + 10).state)).toEqual({ kind: 'silent', during: 'sending' })
    const { sent } = play(p, [asked(0, 10)], 60_000)
    expect(new Set(items(sent))).toEqual(new Set([0]))
    expect(items(sent).length).toBe(1 + Math.ceil(p.giveUpMs / p.quietMs) - 1)
  })
  it('sends exactly what is asked for, also out of order, and nothing beyond the plan', () => {
    expect(items(play(p, [asked(1, 10), asked(0, 20), asked(7, 30), asked(1, 40), asked(2, 50)]).sent)).toEqual([
      1, 0, 1, 2,
    ])
  })
  it('does not answer the echo of a request, and answers its repeat', () => {
    expect(items(play(p, [asked(0, 10), asked(0, 60), asked(0, 260)]).sent)).toEqual([0, 0])
  })
  it('does not take an acceptance before the last item for anything, and goes on', () => {
    const early = [asked(0, 10), acked(0, 20), asked(1, 30), asked(2, 40)]
    expect(play(p, early).state.at).toBe('closing')
    expect(outcome(play(p, [...early, acked(0, 50)]).state)).toEqual({ kind: 'accepted' })
  })
  it('does not take an acceptance out of the blue for anything', () => {
    expect(play(p, [acked(0, 10)]).state.at).toBe('counting')
  })
  it('ends refused, with the item, on an error', () => {
    expect(outcome(play(p, [acked(14, 10)]).state)).toMatchObject({ kind: 'refused', result: 14, seq: null })
    expect(outcome(play(p, [asked(0, 10), asked(1, 20), acked(5, 30)]).state)).toEqual({
      kind: 'refused',
      result: 5,
      seq: 1,
      complete: false,
    })
  })
  it('repeats the last item when the final ack does not come, and then leaves it to reading back', () => {
    const { state, sent } = play(p, [asked(0, 10), asked(1, 20), asked(2, 30)], 60_000)
    expect(outcome(state)).toEqual({ kind: 'unconfirmed' })
    expect(items(sent)).toEqual([0, 1, 2, 2, 2, 2, 2, 2])
  })
  it('tells the vehicle when it is cancelled', () => {
    const { state, sent } = play(p, [asked(0, 10), { type: 'cancelled' }])
    expect(outcome(state)).toEqual({ kind: 'cancelled', complete: false })
    expect(sent.at(-1)).toEqual({ send: 'cancel' })
  })
})

it('ends a vehicle that asks for the same item for ever, instead of playing ping-pong with it', () => {
  const p = policy('px4')
  const again = Array.from({ length: 60 }, (_, i) => asked(1, 20 + i * 250))
  const { state, sent } = play(p, [asked(0, 10), ...again])
  expect(outcome(state)).toEqual({ kind: 'silent', during: 'sending' })
  expect(items(sent).filter((seq) => seq === 1)).toHaveLength(p.maxAnswers)
})

it('says that a cancelled upload may be complete once the last item was on its way', () => {
  const all = [asked(0, 10), asked(1, 20), asked(2, 30)]
  expect(outcome(play(policy('px4'), [...all, { type: 'cancelled' }]).state)).toEqual({
    kind: 'cancelled',
    complete: true,
  })
})

it('goes on after INVALID_SEQUENCE on ArduPilot, which says it to a second copy of an item', () => {
  const events = [asked(0, 10), asked(1, 20), acked(13, 30), asked(2, 40), acked(0, 50)]
  expect(outcome(play(policy('ardupilot'), events).state)).toEqual({ kind: 'accepted' })
  expect(outcome(play(policy('px4'), events).state)).toMatchObject({ kind: 'refused', result: 13, seq: 1 })
})

it('goes on after an ERROR of PX4 when it asks on, which says it to a second copy of a count, and ends when it does not', () => {
  const events = [asked(0, 10), asked(1, 20), acked(1, 30)]
  const on = [...events, asked(2, 40), acked(0, 50)]
  expect(outcome(play(policy('px4'), on).state)).toEqual({ kind: 'accepted' })
  expect(outcome(play(policy('px4'), events, 3000).state)).toMatchObject({ kind: 'refused', result: 1, seq: 1 })
  expect(outcome(play(policy('ardupilot'), on).state)).toMatchObject({ kind: 'refused', result: 1, seq: 1 })
})

it('takes the ERROR to a repeated last item for what it is on ArduPilot: perhaps done', () => {
  const events = [asked(0, 10), asked(1, 20), asked(2, 30), acked(1, 1600)]
  expect(outcome(play(policy('ardupilot'), events).state)).toEqual({ kind: 'unconfirmed' })
})
