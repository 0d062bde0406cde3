import { describe, expect, it } from 'vitest'
import { toMission } from '../plan/to-mission.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import { compareMissions } from '../plan/compare.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { type Losses, NO_LOSS } from '../testing/lossy-link.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { PlanStore } from '../testing/plan-store.ts'
import { createRandom } from '../testing/random.ts'
import { isMessage } from '../wire/decode.ts'
import { putPlan } from './put-plan.ts'

type Manner = 'ardupilot' | 'px4'

function planOf(points: number, manner: Manner): readonly MissionItem[] {
  const flyTo = Array.from({ length: points }, (_, i) => ({
    do: 'fly-to' as const,
    position: [122.1 + i * 1e-4, 30 + (i % 7) * 1e-4] as [number, number],
    heightM: 60.37,
  }))
  const plan = { steps: [{ do: 'takeoff' as const, heightM: 60 }, ...flyTo, { do: 'return' as const }] }
  const mission = toMission(plan, manner, { lngLat: [122.1, 30], altAmslM: 12 })
  if (!mission.ok) throw new Error(mission.error.kind)
  return mission.value
}

async function put(manner: Manner, points: number, losses: Losses, seed = 1) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(seed).next, losses)
  const store = new PlanStore(manner, clock, link.say)
  link.attach((message) => store.hear(message))
  const items = planOf(points, manner)
  const policy = { dialect: manner, rttMs: losses.rttMs, expiresAtMs: clock.nowMs() + 600_000 }
  const outcome = putPlan(items, policy, { port: link.port, clock, comp: 1 }, () => undefined)
  await clock.advance(1_200_000)
  return { outcome: await outcome, items, store, link, clock }
}

describe.each(['ardupilot', 'px4'] as const)('a plan for %s', (manner) => {
  it('with an item that no message can carry is refused before the vehicle hears a word', async () => {
    const clock = new FakeClock()
    const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
    const items = planOf(5, manner).map((item, i) => (i === 3 ? { ...item, z: 1e39 } : item))
    const policy = { dialect: manner, rttMs: 20, expiresAtMs: clock.nowMs() + 600_000 }
    const outcome = await putPlan(items, policy, { port: link.port, clock, comp: 1 }, () => undefined)
    const detail = '#3 MISSION_ITEM_INT.z: must be a finite float, not 1e+39'
    expect(outcome).toEqual({
      ok: false,
      error: { kind: 'refused', code: 'mission-invalid-value', detail, planUnknown: false },
    })
    expect(link.sent).toEqual([])
    expect(link.listeners.size).toBe(0)
  })

  it('is in the vehicle when it is said to be, over a good link', async () => {
    const { outcome, items, store, link } = await put(manner, 20, NO_LOSS)
    expect(outcome.ok).toBe(true)
    expect(compareMissions(items, store.items, manner)).toEqual([])
    expect(link.listeners.size).toBe(0)
    expect(link.sent.filter((message) => isMessage(message, 'MISSION_COUNT'))).toHaveLength(1)
  })

  it('is never said to be there when it is not: 10, 20 and 30 percent loss, doubled, late, slow', async () => {
    const counts = { confirmed: 0, honest: 0 }
    for (let seed = 1; seed <= 24; seed++) {
      const lost = [0.1, 0.2, 0.3][seed % 3] ?? 0.1
      const rttMs = [50, 200, 800][(seed >> 2) % 3] ?? 50
      const { outcome, items, store } = await put(manner, 30, { lost, doubled: 0.05, late: 0.05, rttMs }, seed)
      const there = compareMissions(items, store.items, manner).length === 0
      if (outcome.ok) expect(there).toBe(true)
      counts[outcome.ok ? 'confirmed' : 'honest']++
    }
    expect(counts.confirmed).toBeGreaterThanOrEqual(23)
  })

  it('is proved by reading back when the final ack never comes', async () => {
    const clock = new FakeClock()
    const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
    const store = new PlanStore(manner, clock, (name, fields) => {
      if (name !== 'MISSION_ACK') link.say(name, fields)
    })
    link.attach((message) => store.hear(message))
    const items = planOf(5, manner)
    const policy = { dialect: manner, rttMs: 20, expiresAtMs: clock.nowMs() + 600_000 }
    const outcome = putPlan(items, policy, { port: link.port, clock, comp: 1 }, () => undefined)
    await clock.advance(60_000)
    expect((await outcome).ok).toBe(true)
    expect(compareMissions(items, store.items, manner)).toEqual([])
  })
})

it('tells an upload that a vehicle changed from the one that was sent', async () => {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
  const store = new PlanStore('ardupilot', clock, link.say)
  link.attach((message) => {
    // A storage that loses the height of item 3.
    if (isMessage(message, 'MISSION_ITEM_INT') && message.fields.seq === 3)
      store.hear({ name: message.name, fields: { ...message.fields, z: 10 } })
    else store.hear(message)
  })
  const policy = { dialect: 'ardupilot', rttMs: 20, expiresAtMs: clock.nowMs() + 600_000 } as const
  const outcome = putPlan(planOf(5, 'ardupilot'), policy, { port: link.port, clock, comp: 1 }, () => undefined)
  await clock.advance(120_000)
  expect(await outcome).toMatchObject({
    ok: false,
    error: { kind: 'differs', code: 'read-back-differs', detail: '#3 z 60.37 m → 10 m', planUnknown: true },
  })
})

it('gives up on a silent vehicle after six counts, with the plan in it unknown where it is changed in place', async () => {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
  const policy = { dialect: 'ardupilot', rttMs: 20, expiresAtMs: clock.nowMs() + 600_000 } as const
  const outcome = putPlan(planOf(5, 'ardupilot'), policy, { port: link.port, clock, comp: 1 }, () => undefined)
  await clock.advance(6 * 1500)
  expect(await outcome).toMatchObject({
    ok: false,
    error: { kind: 'silent', code: 'upload-not-begun', planUnknown: true },
  })
  expect(link.sent).toHaveLength(6)
  expect(clock.waiting).toBe(0)
})

it('names the item that was refused', async () => {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
  link.attach((message) => {
    const to = { target_system: 255, target_component: 190, mission_type: 0 }
    if (isMessage(message, 'MISSION_COUNT')) link.say('MISSION_REQUEST', { ...to, seq: 0 })
    if (isMessage(message, 'MISSION_ITEM_INT') && message.fields.seq < 2)
      link.say('MISSION_REQUEST', { ...to, seq: message.fields.seq + 1 })
    else if (isMessage(message, 'MISSION_ITEM_INT')) link.say('MISSION_ACK', { ...to, type: 12 })
  })
  const policy = { dialect: 'ardupilot', rttMs: 20, expiresAtMs: clock.nowMs() + 600_000 } as const
  const outcome = putPlan(planOf(5, 'ardupilot'), policy, { port: link.port, clock, comp: 1 }, () => undefined)
  await clock.advance(5000)
  expect(await outcome).toEqual({
    ok: false,
    error: { kind: 'refused', code: 'mission-invalid-value', detail: '#2 z', planUnknown: true },
  })
})

it('says not a word more when it is ended between two attempts', async () => {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
  const target = { target_system: 255, target_component: 190, mission_type: 0 }
  link.attach((message) => {
    if (isMessage(message, 'MISSION_COUNT')) link.say('MISSION_ACK', { ...target, type: 1 }) // busy
  })
  const stopper = new AbortController()
  const policy = { dialect: 'px4' as const, rttMs: 20, expiresAtMs: clock.nowMs() + 600_000 }
  const ports = { port: link.port, clock, comp: 1, signal: stopper.signal }
  const outcome = putPlan(planOf(5, 'px4'), policy, ports, () => undefined)
  await clock.advance(1000)
  expect(link.sent).toHaveLength(1)
  stopper.abort()
  await clock.advance(60_000)
  expect(await outcome).toMatchObject({ ok: false, error: { kind: 'cancelled', planUnknown: false } })
  expect(link.sent).toHaveLength(1)
})
