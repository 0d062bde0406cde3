import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { ScriptedPx4 } from '../testing/scripted-px4.ts'
import { isMessage } from '../wire/decode.ts'
import { answerTimesync } from './answer-timesync.ts'

const STAMP = 123_456_789n

function setUp() {
  const clock = new FakeClock()
  const px4 = new ScriptedPx4(clock)
  let ours = true
  const stop = answerTimesync(px4.session, clock, () => ours)
  const answers = () => px4.heard.flatMap((message) => (isMessage(message, 'TIMESYNC') ? [message.fields] : []))
  return { clock, px4, stop, answers, give: (now: boolean): void => void (ours = now) }
}

it('tells the vehicle our time, and its own stamp back', () => {
  const { clock, px4, answers } = setUp()
  px4.say('TIMESYNC', { tc1: 0n, ts1: STAMP })
  px4.say('TIMESYNC', { tc1: 0n, ts1: STAMP, target_system: 255, target_component: 190 })
  const answer = { tc1: BigInt(clock.nowMs()) * 1_000_000n, ts1: STAMP, target_system: 1, target_component: 1 }
  expect(answers()).toEqual([answer, answer])
})

it('answers no answer, and no question to another station', () => {
  const { px4, answers } = setUp()
  px4.say('TIMESYNC', { tc1: 7n, ts1: STAMP })
  px4.say('TIMESYNC', { tc1: 0n, ts1: STAMP, target_system: 254, target_component: 190 })
  expect(answers()).toEqual([])
})

it('is silent while its commands are not ours, and after its end', () => {
  const { px4, answers, stop, give } = setUp()
  give(false)
  px4.say('TIMESYNC', { tc1: 0n, ts1: STAMP })
  give(true)
  stop()
  px4.say('TIMESYNC', { tc1: 0n, ts1: STAMP })
  expect(answers()).toEqual([])
})
