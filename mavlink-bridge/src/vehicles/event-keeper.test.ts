import { expect, it } from 'vitest'
import { NO_REPORT, observeReport } from './arming-report.ts'
import { type AutopilotEvent, type EventHeard, NEW_EVENT_KEEPER, nextEvents } from './event-keeper.ts'
import { eventId, eventWords } from './event-words.ts'

const event = (sequence: number, id = 1, severity = 6, modes = 0): AutopilotEvent => {
  const args = new Uint8Array(40)
  new DataView(args.buffer).setUint32(0, modes, true)
  return { sequence, id, atMs: 0, severity, args }
}

/** Feeds events, and says what came out and what was asked for. */
function play(heard: readonly (EventHeard | number)[]) {
  let keeper = NEW_EVENT_KEEPER
  const out: number[] = []
  const asked: string[] = []
  for (const [i, one] of heard.entries()) {
    const step = nextEvents(keeper, typeof one === 'number' ? { type: 'event', event: event(one) } : one, i)
    keeper = step.keeper
    out.push(...step.out.map(({ sequence }) => sequence))
    if (step.ask !== null) asked.push(`${step.ask.first}..${step.ask.last}`)
  }
  return { out, asked }
}

it('hands events out in order, each once, and asks for what is missing', () => {
  expect(play([5, 6, 6, 9, 7, 8, 10])).toEqual({ out: [5, 6, 7, 8, 9, 10], asked: ['7..8'] })
})

it('notices by the announced number that the newest event never came', () => {
  expect(play([5, { type: 'current', sequence: 6, reset: false }, 6])).toEqual({ out: [5, 6], asked: ['6..6'] })
})

it('goes on over the end of the 16-bit numbers', () => {
  expect(play([65_534, 65_535, 1, 0])).toEqual({ out: [65_534, 65_535, 0, 1], asked: ['0..0'] })
})

it('passes over what the autopilot no longer has', () => {
  expect(play([5, 9, { type: 'gone', oldest: 9 }])).toEqual({ out: [5, 9], asked: ['6..8'] })
})

it('asks five times, a second apart, and then goes on without', () => {
  const ticks = Array.from({ length: 60 }, (_, i): EventHeard => ({ type: 'tick', atMs: i * 200 }))
  const { out, asked } = play([5, 7, ...ticks])
  expect(asked).toEqual(Array.from({ length: 5 }, () => '6..6'))
  expect(out).toEqual([5, 7])
})

it('begins anew with an autopilot that begins anew', () => {
  expect(play([500, { type: 'current', sequence: 0, reset: true }, 1, 2]).out).toEqual([500, 1, 2])
})

it('computes the numbers that a real PX4 sent', () => {
  // From the recorded flight, beside the texts that came with them.
  expect(eventId('commander_armed_by')).toBe(26_266_355)
  expect(eventId('commander_landing_detected')).toBe(26_622_124)
  expect(eventWords(16_962_474)).toBe('RTL: land at destination')
  expect(eventWords(1)).toBeNull()
})

it('takes for reasons what hinders a plan, and only from a report that is whole', () => {
  const summary = event(1, eventId('commander_arming_check_summary'), 8)
  const end = event(9, eventId('commander_health_summary'), 8)
  const gps = event(2, eventId('check_estimator_gps_fix_too_low'), 3, 0xffff_ffff)
  const offboard = event(3, eventId('check_modes_offboard_signal'), 3, 1 << 14)
  const warning = event(4, eventId('check_modes_manual_control'), 4, 0xffff_ffff)
  const unnamed = event(5, 0x0112_3456, 2, 8)
  const half = [summary, gps, offboard, warning, unnamed].reduce(observeReport, NO_REPORT)
  expect(half.reasons).toEqual([])
  const whole = observeReport(half, end)
  expect(whole.reasons).toEqual(['GPS fix too low', `check ${0x0112_3456} (see the autopilot's documentation)`])
  expect([summary, end].reduce(observeReport, whole).reasons).toEqual([])
})
