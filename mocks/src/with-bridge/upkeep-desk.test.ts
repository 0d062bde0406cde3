import {
  type DroneParam,
  parseReason,
  type UpkeepNotice,
  type UpkeepOutcome,
  type UpkeepRequest,
  type UploadRequest,
} from '@skerry/contract'
import { FakeClock, type Losses, NO_LOSS } from '@skerry/mavlink-bridge/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { paramValue } from '../vehicle/params.ts'
import { lift, type SimFleet, simFleet } from './sim-fleet.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { CMD, type Heard, type Saying } from '../vehicle/mavlink.ts'
import { asRead } from './upload-run.ts'

const LIMIT_MS = 600_000
const PLAN = {
  steps: [
    { do: 'takeoff', heightM: 40 },
    { do: 'fly-to', position: moved(TEST_HOME, 50, 50) as [number, number], heightM: 40 },
    { do: 'return' },
  ],
} satisfies UploadRequest['plan']
/** A reboot that no link can lose. */
function restart(target_system: number): Heard {
  const rest = { param2: 0, param3: 0, param4: 0, param5: 0, param6: 0, param7: 0, confirmation: 0 }
  const fields = { target_system, target_component: 1, command: CMD.PREFLIGHT_REBOOT_SHUTDOWN, param1: 1, ...rest }
  return { sys: 255, comp: 190, message: { name: 'COMMAND_LONG', fields } } as unknown as Heard
}

let open: SimFleet | null = null
afterEach(() => open?.close())

async function town(droneId: string, { losses = NO_LOSS, seed = 3, setsWhileArmed = false } = {}) {
  const clock = new FakeClock()
  const notices: UpkeepNotice[] = []
  let holder = 'Li'
  let lets: (said: Saying) => boolean = () => true
  const sim = simFleet({
    clock,
    count: 2,
    losses: losses as Losses,
    seed,
    tickMs: 100,
    setsWhileArmed,
    holder: () => holder,
    lets: (_vehicle, said) => lets(said),
    notifyUpkeep: (notice) => notices.push(notice),
  })
  open = sim
  const vehicle = sim.vehicles[Number(droneId.slice(-1)) - 1]!
  await clock.advance(8000)
  const session = () => sim.fleet.member(droneId)!.session
  await clock.advanceUntil(() => session().vehicle().capabilities !== null, LIMIT_MS)
  let ids = 0
  const request = (ask: UpkeepRequest['ask'], over: Partial<UpkeepRequest> = {}): UpkeepRequest => ({
    jobId: `j${++ids}`,
    droneId,
    ask,
    leaseToken: 'lease',
    expiresAtMs: clock.nowMs() + LIMIT_MS,
    ...over,
  })
  const endOf = (jobId: string) => notices.find((notice) => notice.jobId === jobId && notice.outcome !== null)?.outcome
  async function ask(what: UpkeepRequest['ask'], over?: Partial<UpkeepRequest>): Promise<UpkeepOutcome | string> {
    const asked = request(what, over)
    const answer = sim.desk.upkeep(asked)
    if (!answer.ok) return parseReason(answer.reason)!.code
    await clock.advanceUntil(() => endOf(asked.jobId) !== undefined, LIMIT_MS)
    return endOf(asked.jobId) ?? 'never ended'
  }
  async function upload(): Promise<void> {
    const common = { commandId: `u${++ids}`, droneId, leaseToken: 'lease', plan: PLAN }
    expect(sim.desk.upload({ ...common, expiresAtMs: clock.nowMs() + LIMIT_MS }).ok).toBe(true)
    await clock.advanceUntil(() => sim.plans.state(droneId, session()).state === 'verified', LIMIT_MS)
  }
  return {
    ...sim,
    clock,
    notices,
    vehicle,
    request,
    endOf,
    ask,
    upload,
    hand: (to: string): void => {
      holder = to
      sim.desk.leasesChanged()
    },
    /** From now on only those words of the vehicles come through. */
    letOnly: (which: (said: Saying) => boolean): void => void (lets = which),
    told: (jobId: string): DroneParam[] => notices.flatMap((one) => (one.jobId === jobId ? one.params : [])),
    holds: (name: string) => paramValue(vehicle.drone.vehicle.params, name),
    mission: () => asRead(vehicle.drone.vehicle.transfer.plans[0]),
    shown: () => sim.upkeep.state(droneId, session()),
    plan: () => sim.plans.state(droneId, session()).state,
  }
}

describe.each([
  ['ardupilot', 'main-1', { name: 'FS_GCS_ENABLE', was: 1, to: 0 }, { name: 'FS_GCS_TIMEOUT', was: 5 }],
  ['px4', 'main-2', { name: 'NAV_DLL_ACT', was: 2, to: 3 }, { name: 'BAT_LOW_THR', was: Math.fround(0.22) }],
] as const)('parameters of a vehicle in the manner of %s', (_, droneId, one, float) => {
  it('are all read with their types, in several notices, and count until it starts anew', async () => {
    const { ask, told, shown, vehicle, clock } = await town(droneId)
    expect(shown()).toEqual({ setsWhileArmed: false, paramsOf: null })
    const { params } = vehicle.drone.vehicle
    expect(await ask({ do: 'read-params' })).toEqual({ kind: 'listed', count: Object.keys(params).length })
    const read = told('j1')
    expect(read.map(({ name }) => name).toSorted()).toEqual(Object.keys(params).toSorted())
    for (const { name, value, type } of read)
      expect({ name, value, type }).toEqual({ name, value: Math.fround(params[name]!.value), type: params[name]!.type })
    expect(shown().paramsOf).toBe('j1')
    vehicle.drone.hears(restart(vehicle.systemId), clock.nowMs())
    await clock.advanceUntil(() => shown().paramsOf === null, 60_000)
    expect(shown().paramsOf).toBeNull()
  })

  it('are set, and what the vehicle tells afterwards is the result', async () => {
    const { ask, holds } = await town(droneId)
    const { name, was, to } = one
    expect(await ask({ do: 'set-param', name, value: to, was })).toEqual({ kind: 'holds', value: to })
    expect(holds(name)).toBe(to)
    expect(await ask({ do: 'read-param', name })).toEqual({ kind: 'holds', value: to })
    expect(await ask({ do: 'set-param', name: float.name, value: 7.1, was: float.was })).toEqual({
      kind: 'holds',
      value: Math.fround(7.1),
    })
  })

  it('are not set where the vehicle holds another value than its pilot saw', async () => {
    const { ask, holds, notices } = await town(droneId)
    const { name, was, to } = one
    expect(await ask({ do: 'set-param', name, value: to, was: was + 1 })).toEqual({
      kind: 'failed',
      reason: `param-changed-meanwhile: ${was}`,
      unknown: false,
    })
    expect(holds(name)).toBe(was)
    expect(notices.at(-2)?.params).toMatchObject([{ name, value: was }])
  })

  it('are not set to what is no value of their type, nor under a name that the vehicle does not have', async () => {
    const { ask, holds } = await town(droneId)
    const { name, was } = one
    for (const value of [0.5, 2 ** 40])
      expect(await ask({ do: 'set-param', name, value, was })).toEqual({
        kind: 'failed',
        reason: 'param-value-unfit',
        unknown: false,
      })
    expect(holds(name)).toBe(was)
    const none = await ask({ do: 'set-param', name: 'NO_SUCH_NAME', value: 1, was: 1 })
    expect(none).toMatchObject({ kind: 'failed', unknown: false })
  })

  it('are not set while it is armed, unless the policy says so; reading goes on', async () => {
    const { name, was, to } = one
    for (const setsWhileArmed of [false, true]) {
      const sim = await town(droneId, { setsWhileArmed })
      lift(sim.vehicle, sim.clock.nowMs())
      await sim.clock.advance(5000)
      const set = await sim.ask({ do: 'set-param', name, value: to, was })
      expect(set).toEqual(setsWhileArmed ? { kind: 'holds', value: to } : 'param-while-armed')
      expect(sim.holds(name)).toBe(setsWhileArmed ? to : was)
      expect(await sim.ask({ do: 'read-params' })).toMatchObject({ kind: 'listed' })
      sim.close()
    }
  })

  it('come through a bad link, or nothing is said of them', async () => {
    const { name, was, to } = one
    for (let seed = 1; seed <= 4; seed++) {
      const losses = { lost: 0.2, doubled: 0.1, late: 0.1, rttMs: 200 }
      const sim = await town(droneId, { losses, seed })
      const count = Object.keys(sim.vehicle.drone.vehicle.params).length
      expect(await sim.ask({ do: 'read-params' })).toEqual({ kind: 'listed', count })
      expect(await sim.ask({ do: 'set-param', name, value: to, was })).toEqual({ kind: 'holds', value: to })
      expect(sim.holds(name)).toBe(to)
      sim.close()
    }
  })

  it('that it does not answer about are unknown after a set, and not after a question', async () => {
    const { name, was, to } = one
    const sim = await town(droneId)
    let heard = 0
    sim.letOnly((said) => said.name !== 'PARAM_VALUE' || heard++ === 0)
    expect(await sim.ask({ do: 'set-param', name, value: to, was })).toEqual({
      kind: 'failed',
      reason: 'param-no-answer',
      unknown: true,
    })
    expect(sim.holds(name)).toBe(to)
    const nothing = { kind: 'failed', reason: 'param-no-answer', unknown: false }
    expect(await sim.ask({ do: 'read-param', name })).toEqual(nothing)
    expect(await sim.ask({ do: 'set-param', name, value: was, was: to })).toEqual(nothing)
    expect(sim.holds(name)).toBe(to)
  })

  it('need the lease, and its end ends what is going on', async () => {
    const sim = await town(droneId)
    expect(await sim.ask({ do: 'read-params' }, { leaseToken: 'other' })).toBe('lease-token-invalid')
    const asked = sim.request({ do: 'read-params' })
    expect(sim.desk.upkeep(asked)).toEqual({ ok: true, value: null })
    expect(await sim.ask({ do: 'read-params' })).toBe('upkeep-running')
    sim.hand('Wang')
    await sim.clock.advance(100)
    expect(sim.endOf(asked.jobId)).toEqual({ kind: 'failed', reason: 'lease-changed', unknown: false })
  })

  it('can be taken back while they are read, and make room for an upload', async () => {
    const sim = await town(droneId)
    const first = sim.request({ do: 'read-params' })
    sim.desk.upkeep(first)
    const cancel = (over = {}) => sim.desk.cancelUpkeep({ jobId: first.jobId, droneId, leaseToken: 'lease', ...over })
    expect(cancel({ leaseToken: 'other' })).toMatchObject({ reason: 'lease-token-invalid' })
    expect(cancel({ jobId: 'another' })).toMatchObject({ reason: 'no-upkeep-running' })
    expect(cancel()).toEqual({ ok: true, value: null })
    await sim.clock.advance(100)
    expect(sim.endOf(first.jobId)).toEqual({ kind: 'failed', reason: 'upkeep-cancelled', unknown: false })
    expect(sim.shown().paramsOf).toBeNull()
    const second = sim.request({ do: 'read-params' })
    sim.desk.upkeep(second)
    await sim.upload()
    expect(sim.endOf(second.jobId)).toEqual({ kind: 'failed', reason: 'made-room', unknown: false })
  })
})

describe.each([
  ['ardupilot', 'main-1'],
  ['px4', 'main-2'],
] as const)('the mission of a vehicle in the manner of %s', (_, droneId) => {
  it('is taken out, and the plan is none because it was read', async () => {
    const sim = await town(droneId)
    await sim.upload()
    expect(sim.mission().length).toBeGreaterThan(1)
    expect(await sim.ask({ do: 'clear-mission' })).toEqual({ kind: 'empty' })
    // ArduPilot's home stays.
    expect(sim.mission().length).toBeLessThanOrEqual(1)
    expect(sim.plan()).toBe('none')
    await sim.clock.advance(10_000)
    expect(sim.plan()).toBe('none')
  })

  it('is not taken out while it is armed, nor beside an order or a transfer', async () => {
    const sim = await town(droneId)
    await sim.upload()
    const clearing = sim.request({ do: 'clear-mission' })
    sim.desk.upkeep(clearing)
    const common = { commandId: 'u', droneId, leaseToken: 'lease', plan: PLAN }
    expect(sim.desk.upload({ ...common, expiresAtMs: Infinity })).toMatchObject({ reason: 'transfer-running' })
    await sim.clock.advanceUntil(() => sim.endOf(clearing.jobId) !== undefined, LIMIT_MS)
    await sim.upload()
    const before = sim.mission()
    lift(sim.vehicle, sim.clock.nowMs())
    await sim.clock.advance(3000)
    expect(await sim.ask({ do: 'clear-mission' })).toBe('mission-in-use')
    expect(sim.mission()).toEqual(before)
  })

  it('is unknown where the vehicle falls silent in the middle', async () => {
    const sim = await town(droneId)
    await sim.upload()
    const asked = sim.request({ do: 'clear-mission' })
    expect(sim.desk.upkeep(asked).ok).toBe(true)
    sim.vehicle.silent = true
    await sim.clock.advanceUntil(() => sim.endOf(asked.jobId) !== undefined, LIMIT_MS)
    expect(sim.endOf(asked.jobId)).toMatchObject({ kind: 'failed', unknown: true })
    expect(sim.plan()).toBe('unknown')
  })
})
