import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { type BeatTo, startHeartbeat } from './heartbeat.ts'

function setUp() {
  const clock = new FakeClock()
  const beats: { to: BeatTo; atMs: number }[] = []
  const changes: boolean[] = []
  let alive = true
  const fromMs = clock.nowMs()
  const stop = startHeartbeat({
    clock,
    isAlive: () => alive,
    send: (to) => void beats.push({ to, atMs: clock.nowMs() - fromMs }),
    onChange: (beating) => void changes.push(beating),
  })
  return { clock, beats, changes, stop, become: (now: boolean): void => void (alive = now) }
}

it('beats twice a second, and every other time on links with room only', async () => {
  const { clock, beats } = setUp()
  await clock.advance(2000)
  expect(beats).toEqual([
    { to: 'all', atMs: 500 },
    { to: 'roomy', atMs: 1000 },
    { to: 'all', atMs: 1500 },
    { to: 'roomy', atMs: 2000 },
  ])
})

it('says nothing to anybody from the moment on that nobody is there', async () => {
  const { clock, beats, changes, become } = setUp()
  await clock.advance(1000)
  become(false)
  await clock.advance(60_000)
  expect([beats.length, changes]).toEqual([2, [true, false]])
})

it('does not beat at all before anybody was there', async () => {
  const { clock, beats, changes, become } = setUp()
  become(false)
  await clock.advance(60_000)
  expect([beats, changes]).toEqual([[], []])
})

it('reaches everybody with its first beat after a silence, whichever turn it was', async () => {
  const { clock, beats, become } = setUp()
  await clock.advance(500)
  become(false)
  await clock.advance(500)
  become(true)
  await clock.advance(500)
  expect(beats.map(({ to }) => to)).toEqual(['all', 'all'])
})

it('ends with its timer', async () => {
  const { clock, beats, stop } = setUp()
  stop()
  await clock.advance(5000)
  expect([beats, clock.waiting]).toEqual([[], 0])
})
