import { type FenceNotice, type FenceOutcome, type FencePlan, type FenceRequest, parseReason } from '@skerry/contract'
import { compareMissions, every, FakeClock, type Losses, NO_LOSS } from '@skerry/mavlink-bridge/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { FENCE } from '../vehicle/mavlink.ts'
import { lift, type SimFleet, simFleet } from './sim-fleet.ts'
import { asRead } from './upload-run.ts'

const LIMIT_MS = 600_000
const place = (eM: number, nM: number) => moved(TEST_HOME, eM, nM) as [number, number]
/** Around both vehicles (they stand 30 m apart), with a square and a circle to stay out of. */
const planAt = (eM = 0): FencePlan => ({
  inside: [place(-150 + eM, -150), place(250, -150), place(250, 250), place(-150 + eM, 250)],
  outside: [
    { ring: [place(100, 100), place(140, 100), place(140, 140), place(100, 140)] },
    { centre: place(-60, 100), radiusM: 25 },
  ],
  rally: [{ at: place(0, 0), heightM: 45 }],
})

let open: SimFleet | null = null
afterEach(() => open?.close())

async function town(droneId: string, losses: Losses = NO_LOSS, seed = 3) {
  const clock = new FakeClock()
  const notices: FenceNotice[] = []
  let holder = 'Li'
  const sim = simFleet({
    clock,
    count: 2,
    losses,
    seed,
    tickMs: 100,
    holder: () => holder,
    notifyFence: (notice) => notices.push(notice),
  })
  open = sim
  const vehicle = sim.vehicles[Number(droneId.slice(-1)) - 1]!
  await clock.advance(8000)
  // Over a bad link it takes a while until the vehicle has told what it can do.
  const tells = () => sim.fences.state(droneId, sim.fleet.member(droneId)!.session).can.fence !== null
  await clock.advanceUntil(tells, LIMIT_MS)
  let ids = 0
  const request = (over: Partial<FenceRequest>): FenceRequest => ({
    transferId: `f${++ids}`,
    droneId,
    ask: 'send',
    plan: planAt(),
    leaseToken: 'lease',
    expiresAtMs: clock.nowMs() + LIMIT_MS,
    ...over,
  })
  async function ask(over: Partial<FenceRequest>): Promise<FenceOutcome | string> {
    const asked = request(over)
    const answer = sim.desk.fence(asked)
    if (!answer.ok) return parseReason(answer.reason)!.code
    const end = (): FenceNotice | undefined =>
      notices.find(({ transferId, outcome }) => transferId === asked.transferId && outcome !== null)
    await clock.advanceUntil(() => end() !== undefined, LIMIT_MS)
    return end()?.outcome ?? 'never ended'
  }
  return {
    ...sim,
    clock,
    notices,
    vehicle,
    request,
    ask,
    hand: (to: string): void => {
      holder = to
      sim.desk.leasesChanged()
    },
    aboard: (type: 1 | 2) => asRead(vehicle.drone.vehicle.transfer.plans[type]),
    shown: () => sim.fences.state(droneId, sim.fleet.member(droneId)!.session),
  }
}

describe.each([
  ['ardupilot', 'main-1'],
  ['px4', 'main-2'],
] as const)('fence and rally points of a vehicle in the manner of %s', (_, droneId) => {
  it('are put in, read back and named, checked again, and taken out', async () => {
    const { ask, aboard, shown, notices } = await town(droneId)
    expect(shown()).toMatchObject({ can: { fence: true, rally: true }, state: 'unknown', id: null })
    const sent = await ask({})
    expect(sent).toMatchObject({ kind: 'verified', rally: true })
    expect([aboard(1).length, aboard(2).length]).toEqual([9, 1])
    expect(aboard(1).map(({ command }) => command)).toEqual([
      ...Array<number>(4).fill(FENCE.inclusionVertex),
      ...Array<number>(4).fill(FENCE.exclusionVertex),
      FENCE.exclusionCircle,
    ])
    expect(notices.find(({ phase }) => phase === 'sending')).toMatchObject({ total: 10, outcome: null })
    const id = typeof sent !== 'string' && sent.kind === 'verified' ? sent.id : ''
    expect(shown()).toMatchObject({ state: 'verified', id })
    expect(await ask({ ask: 'check' })).toEqual(sent)
    expect(await ask({ ask: 'clear', plan: null })).toEqual({ kind: 'none' })
    expect([aboard(1), aboard(2)]).toEqual([[], []])
    expect(shown()).toMatchObject({ state: 'none' })
    expect(await ask({ ask: 'check' })).toEqual({ kind: 'none' })
  })

  it('are taken out each by itself, and what is left is read and compared', async () => {
    const { ask, aboard, shown } = await town(droneId)
    await ask({})
    const rallyGone = { kind: 'differs', detail: expect.stringMatching(/^rally /) as string }
    expect(await ask({ ask: 'clear-rally' })).toEqual(rallyGone)
    expect([aboard(1).length, aboard(2).length]).toEqual([9, 0])
    expect(shown()).toMatchObject({ state: 'differs' })
    expect(await ask({ ask: 'clear-fence' })).toEqual({ kind: 'none' })
    expect([aboard(1), aboard(2)]).toEqual([[], []])
    await ask({})
    const fenceGone = { kind: 'differs', detail: expect.stringMatching(/^fence /) as string }
    expect(await ask({ ask: 'clear-fence' })).toEqual(fenceGone)
    expect([aboard(1).length, aboard(2).length]).toEqual([0, 1])
  })

  it('come through a bad link, or nothing is said of them', async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const sim = await town(droneId, { lost: 0.2, doubled: 0.1, late: 0.1, rttMs: 200 }, seed)
      const before = structuredClone(sim.vehicle.drone.vehicle.transfer.plans[0])
      expect(await sim.ask({})).toMatchObject({ kind: 'verified' })
      expect(sim.aboard(1)).toHaveLength(9)
      expect(compareMissions(asRead(before), asRead(sim.vehicle.drone.vehicle.transfer.plans[0]), 'other')).toEqual([])
      sim.close()
    }
  })

  it('that are not those expected are seen to be others', async () => {
    const { ask, shown } = await town(droneId)
    await ask({})
    expect(await ask({ ask: 'check', plan: planAt(-20) })).toMatchObject({
      kind: 'differs',
      detail: expect.stringMatching(/^fence #0/) as string,
    })
    expect(shown()).toMatchObject({ state: 'differs', id: null })
    expect(await ask({ ask: 'check', plan: null })).toMatchObject({ kind: 'differs' })
  })

  it('are unknown once another station wrote to them, also in the middle of a check, until they are checked again', async () => {
    const sim = await town(droneId)
    const sent = await sim.ask({})
    sim.fences.touched(droneId)
    expect(sim.shown()).toMatchObject({ state: 'unknown', id: null })
    const checking = sim.ask({ ask: 'check' })
    sim.fences.touched(droneId)
    expect(await checking).toEqual({ kind: 'failed', reason: 'fence-touched', aboardUnknown: true })
    expect(sim.shown()).toMatchObject({ state: 'unknown', id: null })
    expect(await sim.ask({ ask: 'check' })).toEqual(sent)
    expect(sim.shown()).toMatchObject({ state: 'verified' })
  })

  it('are changed by nobody without the lease, nor beside another transfer, nor while it is armed', async () => {
    const sim = await town(droneId)
    expect(await sim.ask({ leaseToken: 'old' })).toBe('lease-token-invalid')
    expect(await sim.ask({ plan: null })).toBe('malformed-request')
    const first = sim.request({})
    expect(sim.desk.fence(first).ok).toBe(true)
    // The same request again is answered, and not carried out, again.
    expect(sim.desk.fence(first).ok).toBe(true)
    expect(await sim.ask({})).toBe('transfer-running')
    const plan = { steps: [{ do: 'return' as const }] }
    const upload = { commandId: 'u', droneId, leaseToken: 'lease', expiresAtMs: first.expiresAtMs, plan }
    expect(sim.desk.upload(upload)).toMatchObject({ ok: false, reason: 'transfer-running' })
    await sim.clock.advanceUntil(() => !sim.fences.busy(droneId), LIMIT_MS)
    lift(sim.vehicle, sim.clock.nowMs())
    await sim.clock.advance(8000)
    expect(await sim.ask({})).toBe('fence-while-armed')
    for (const ask of ['clear', 'clear-fence', 'clear-rally'] as const)
      expect(await sim.ask({ ask, plan: null })).toBe('fence-while-armed')
    expect(await sim.ask({ ask: 'check' })).toMatchObject({ kind: 'verified' })
  })

  it('are taken back in the middle: the vehicle is told, nothing more of them goes out, and they can be sent anew', async () => {
    const sim = await town(droneId, { lost: 0, doubled: 0, late: 0, rttMs: 400 })
    const asked = sim.request({})
    sim.desk.fence(asked)
    await sim.clock.advanceUntil(() => sim.notices.some(({ done }) => done > 2), LIMIT_MS)
    const { transferId } = asked
    const cancel = (over = {}) => sim.desk.cancelFence({ transferId, droneId, leaseToken: 'lease', ...over })
    expect(cancel({ leaseToken: 'old' })).toMatchObject({ ok: false, reason: 'lease-token-invalid' })
    expect(cancel({ transferId: 'another' })).toMatchObject({ ok: false, reason: 'no-fence-transfer' })
    expect(cancel()).toEqual({ ok: true, value: null })
    expect(cancel()).toMatchObject({ ok: false, reason: 'no-fence-transfer' })
    await sim.clock.advanceUntil(() => !sim.fences.busy(droneId), LIMIT_MS)
    // PX4 writes it aside: before the last item nothing of it counts.
    const aboardUnknown = droneId === 'main-1'
    expect(sim.notices.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'fence-cancelled', aboardUnknown })
    expect(sim.shown().state).toBe('unknown')
    await sim.clock.advance(1000)
    // ArduPilot does not listen to a cancel, and goes on asking until its own patience ends.
    if (droneId === 'main-2') expect(sim.vehicle.drone.vehicle.transfer.receiving).toBeNull()
    expect(await sim.ask({})).toMatchObject({ kind: 'verified' })
    expect(cancel()).toMatchObject({ ok: false, reason: 'no-fence-transfer' })
  })

  it('are not read to their end where that is taken back, and stay what they were', async () => {
    const sim = await town(droneId, { lost: 0, doubled: 0, late: 0, rttMs: 400 })
    expect(await sim.ask({})).toMatchObject({ kind: 'verified' })
    const { transferId, ...rest } = sim.request({ ask: 'check' })
    sim.desk.fence({ transferId, ...rest })
    await sim.clock.advance(500)
    expect(sim.desk.cancelFence({ transferId, droneId, leaseToken: 'lease' }).ok).toBe(true)
    await sim.clock.advanceUntil(() => !sim.fences.busy(droneId), LIMIT_MS)
    expect(sim.notices.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'fence-cancelled', aboardUnknown: false })
    expect(sim.shown().state).toBe('verified')
  })

  it('are unknown when the lease changes hands in the middle', async () => {
    const sim = await town(droneId, { lost: 0, doubled: 0, late: 0, rttMs: 400 })
    const asked = sim.request({})
    sim.desk.fence(asked)
    await sim.clock.advanceUntil(() => sim.notices.some(({ done }) => done > 2), LIMIT_MS)
    sim.hand('Wang')
    await sim.clock.advanceUntil(() => !sim.fences.busy(droneId), LIMIT_MS)
    expect(sim.notices.at(-1)?.outcome).toMatchObject({ kind: 'failed', reason: 'lease-changed' })
    expect(sim.shown().state).toBe('unknown')
  })
})

it.each([
  ['ArduPilot replaces it item by item: what is aboard is neither of both', 'main-1', false],
  ['PX4 writes it aside: the old one stays whole, and the rally points too', 'main-2', true],
] as const)('of which a transfer broke off in the middle: %s', async (_, droneId, whole) => {
  const sim = await town(droneId, { lost: 0, doubled: 0, late: 0, rttMs: 200 })
  const sent = await sim.ask({})
  const [fence, rally] = [sim.aboard(1), sim.aboard(2)]
  sim.desk.fence(sim.request({ plan: planAt(-40) }))
  const before = sim.notices.length
  await sim.clock.advanceUntil(() => sim.notices.slice(before).some(({ done }) => done > 3), LIMIT_MS)
  sim.hand('Wang')
  await sim.clock.advanceUntil(() => !sim.fences.busy(droneId), LIMIT_MS)
  // Whatever the autopilot did, nobody says that it is known before it was read.
  expect(sim.notices.at(-1)?.outcome).toMatchObject({ kind: 'failed', reason: 'lease-changed' })
  await sim.clock.advance(10_000)
  expect(compareMissions(fence, sim.aboard(1), 'other').length === 0).toBe(whole)
  expect(compareMissions(rally, sim.aboard(2), 'other')).toEqual([])
  const seen = await sim.ask({ ask: 'check' })
  if (whole) expect([seen, sim.shown().state]).toEqual([sent, 'verified'])
  else expect([(seen as FenceOutcome).kind, sim.shown().state]).toEqual(['differs', 'differs'])
})

it('of PX4 is changed as a whole: over a bad link it holds the old fence or the new one at every moment', async () => {
  const plans = [planAt(), planAt(-20), planAt(-60)]
  for (let seed = 1; seed <= 3; seed++) {
    const sim = await town('main-2', { lost: 0.2, doubled: 0.1, late: 0.1, rttMs: 300 }, seed)
    const wholes = plans.map((plan) =>
      JSON.stringify(plan.inside.map(([lng, lat]) => [lat, lng].map((d) => Math.round(d * 1e7)))),
    )
    const held = new Set<string>()
    const watch = every(sim.clock, 50, () => {
      const inside = sim.aboard(1).filter(({ command }) => command === FENCE.inclusionVertex)
      if (inside.length > 0) held.add(JSON.stringify(inside.map(({ x, y }) => [x, y])))
    })
    for (const plan of plans) expect(await sim.ask({ plan })).toMatchObject({ kind: 'verified' })
    watch()
    expect([...held]).toEqual(wholes)
    sim.close()
  }
})

it('without home inside is refused by PX4, in words; what is aboard is known again when it is read', async () => {
  const { ask, shown } = await town('main-2')
  const sent = await ask({})
  const away: FencePlan = { ...planAt(), inside: [place(900, 900), place(1000, 900), place(1000, 1000)] }
  // Refused with the last item it may be there or not: nobody says which before it is read.
  expect(await ask({ plan: away })).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/^mission-error/) as string,
    aboardUnknown: true,
  })
  expect(shown()).toMatchObject({ state: 'unknown', id: null })
  expect(await ask({ ask: 'check' })).toEqual(sent)
  expect(shown()).toMatchObject({ state: 'verified' })
})
