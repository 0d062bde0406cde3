import type { FlightOrder } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createCommandDesk } from '../exchanges/command-desk.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { createRandom } from '../testing/random.ts'
import { copterInAir, heartbeat } from '../testing/vehicles.ts'
import { observeHeartbeat } from '../vehicles/observe.ts'
import { offeredMode } from '../vehicles/standard-modes.ts'
import { heardKey, type Vehicle } from '../vehicles/vehicle.ts'
import { isMessage } from '../wire/decode.ts'
import { runOrder } from './order-runner.ts'
import { orderSteps } from './order-steps.ts'

const BRAKE = 17
const AUTO = 3
const RTL = 6

function setUp(vehicleNow: (nowMs: number) => Vehicle) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, { lost: 0, doubled: 0, late: 0, rttMs: 20 })
  let vehicle = vehicleNow(clock.nowMs())
  const watchers = new Set<(vehicle: Vehicle) => void>()
  const texts = new Set<(text: string) => void>()
  const notices: string[] = []
  const ports = {
    clock,
    port: link.port,
    desk: createCommandDesk(link.port, clock),
    vehicle: () => vehicle,
    watch: (seen: (vehicle: Vehicle) => void) => {
      watchers.add(seen)
      return () => watchers.delete(seen)
    },
    texts: (said: (text: string) => void) => {
      texts.add(said)
      return () => texts.delete(said)
    },
  }
  return {
    clock,
    link,
    notices,
    watchers,
    /** Telemetry: a change of what is known, told to whoever watches. */
    show(change: (vehicle: Vehicle, nowMs: number) => Vehicle): void {
      vehicle = change(vehicle, clock.nowMs())
      for (const seen of watchers) seen(vehicle)
    },
    /** A heartbeat with this mode. */
    beat(mode: number, armed = true): void {
      this.show((now, nowMs) => observeHeartbeat(now, { sys: 1, comp: 1 }, heartbeat(mode, { armed }), nowMs))
    },
    say: (text: string): void => {
      for (const said of texts) said(text)
    },
    ack: (command: number, result: number): void =>
      link.say('COMMAND_ACK', {
        command,
        result,
        progress: 255,
        result_param2: 0,
        target_system: 255,
        target_component: 190,
      }),
    commands: () => link.sent.flatMap((message) => (isMessage(message, 'COMMAND_LONG') ? [message.fields] : [])),
    give(order: FlightOrder, expiresInMs = 60_000) {
      const steps = orderSteps(order, vehicle, 60, clock.nowMs())
      if (!steps.ok) throw new Error(steps.error.code)
      const safety = order === 'hold' || order === 'return' || order === 'land'
      return runOrder({ steps: steps.value, safety, expiresAtMs: clock.nowMs() + expiresInMs }, ports, (notice) =>
        notices.push(notice.reason === null ? notice.state : `${notice.state}: ${notice.reason}`),
      )
    },
  }
}
/** The vehicle's heartbeats go on in a mode for some seconds. */
async function beatFor(rig: ReturnType<typeof setUp>, seconds: number, mode: number, armed = true): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await rig.clock.advance(1000)
    rig.beat(mode, armed)
  }
}
const inAuto = (nowMs: number): Vehicle => copterInAir(AUTO, nowMs)

describe('hold', () => {
  it('is not effective by a heartbeat that was on its way before the order reached the aircraft', async () => {
    const rig = setUp(inAuto)
    const ping = rig.give('hold')
    await rig.clock.advance(480)
    rig.ack(176, 0)
    await rig.clock.advance(20)
    rig.beat(BRAKE)
    expect((await ping.ended).state).toBe('effective') // an answer after 490 ms: 245 ms one way
    await rig.clock.advance(1000)
    const order = rig.give('hold')
    await rig.clock.advance(240)
    rig.beat(BRAKE)
    await rig.clock.advance(5)
    let state = ''
    void order.ended.then((outcome) => (state = outcome.state))
    await rig.clock.advance(100)
    expect(state).toBe('')
    rig.beat(BRAKE)
    await rig.clock.advance(10)
    expect(state).toBe('effective')
  })

  it('is acknowledged first and effective only when a heartbeat shows it', async () => {
    const rig = setUp(inAuto)
    const order = rig.give('hold')
    await rig.clock.advance(50)
    rig.ack(176, 0)
    await rig.clock.advance(50)
    expect(rig.notices).toEqual(['sent', 'acked'])
    rig.beat(AUTO)
    await rig.clock.advance(500)
    expect(rig.notices).toEqual(['sent', 'acked'])
    rig.beat(BRAKE)
    expect(await order.ended).toEqual({ state: 'effective', reason: null })
    expect(rig.commands()).toMatchObject([{ command: 176, param1: 1, param2: BRAKE }])
    expect([rig.clock.waiting, rig.watchers.size, rig.link.listeners.size]).toEqual([0, 0, 0])
  })

  it('is told again and again to a vehicle that agrees and does nothing, and ends honestly', async () => {
    const rig = setUp(inAuto)
    const order = rig.give('hold', 20_000)
    for (let i = 0; i < 30; i++) {
      rig.ack(176, 0)
      await beatFor(rig, 1, AUTO)
    }
    expect((await order.ended).state).toBe('not-effective')
    expect(rig.commands().length).toBeGreaterThan(3)
  })

  it('is tried in guided mode where there is no BRAKE, and that counts only while it stands still', async () => {
    const rig = setUp(inAuto)
    const order = rig.give('hold')
    rig.ack(176, 3)
    await rig.clock.advance(50)
    expect(rig.commands().at(-1)).toMatchObject({ command: 176, param2: 4 })
    rig.show((now) => ({ ...now, groundSpeedMps: 6 }))
    await beatFor(rig, 1, 4)
    expect(rig.notices).not.toContain('effective')
    rig.show((now) => ({ ...now, groundSpeedMps: 0.2 }))
    expect((await order.ended).state).toBe('effective')
  })
})

describe('return', () => {
  it('keeps trying over a dead link and says so after five seconds', async () => {
    const rig = setUp(inAuto)
    const order = rig.give('return', 30_000)
    await beatFor(rig, 6, AUTO)
    expect(rig.notices).toEqual(['sent', 'sent: still-trying'])
    await rig.clock.advance(25_000)
    expect((await order.ended).state).toBe('unknown')
    expect(rig.commands().every(({ command }) => command === 20)).toBe(true)
    expect(rig.commands().length).toBeGreaterThan(15)
  })

  it('is effective without any ack when telemetry shows it', async () => {
    const rig = setUp(inAuto)
    const order = rig.give('return')
    await beatFor(rig, 1, RTL)
    expect((await order.ended).state).toBe('effective')
    const sent = rig.commands().length
    await rig.clock.advance(10_000)
    expect(rig.commands()).toHaveLength(sent)
  })

  it('is not effective by a heartbeat that is older than it', async () => {
    const rig = setUp((nowMs) => copterInAir(RTL, nowMs))
    rig.give('return')
    rig.show((now) => now)
    await rig.clock.advance(100)
    expect(rig.notices).toEqual(['sent'])
  })
})

describe('arm and start on ArduCopter', () => {
  const onPad = (nowMs: number): Vehicle => ({
    ...observeHeartbeat(null, { sys: 1, comp: 1 }, heartbeat(0, { armed: false, status: 3 }), nowMs),
    positions: [
      { atMs: nowMs, lngLat: [122, 30], altAmslM: 10, heightAboveTakeoffM: 0, velocityMps: [0, 0, 0], headingDeg: 0 },
    ],
  })
  const height = (metres: number) => (now: Vehicle, nowMs: number) => ({
    ...now,
    positions: now.positions.map((position) => ({ ...position, atMs: nowMs, heightAboveTakeoffM: metres })),
  })

  it('goes guided, arms, climbs, and flies the plan, each when the one before is seen', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start', 15_000)
    await beatFor(rig, 1, 4, false)
    await beatFor(rig, 1, 4, true)
    for (let metres = 0; metres <= 50; metres += 2) {
      rig.show(height(metres))
      await beatFor(rig, 1, 4, true)
      if (metres === 2) rig.ack(22, 0)
    }
    expect(rig.commands().some(({ command }) => command === 300)).toBe(false)
    rig.show(height(55))
    await rig.clock.advance(50)
    rig.ack(300, 0)
    await beatFor(rig, 1, AUTO)
    expect((await order.ended).state).toBe('effective')
    expect([...new Set(rig.commands().map(({ command }) => command))]).toEqual([176, 400, 22, 300])
    expect(rig.commands().find(({ command }) => command === 22)?.param7).toBe(60)
    expect(rig.notices).toContain('in-progress: next-step@take-off: 60 m')
  })

  it('is refused with the words of the autopilot, which come as a text after the ack', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start')
    await beatFor(rig, 1, 4, false)
    rig.ack(400, 4)
    await rig.clock.advance(100)
    rig.say('Arm: Need Position Estimate')
    await rig.clock.advance(600)
    expect(await order.ended).toEqual({
      state: 'refused',
      reason: 'command-failed@arm: Arm: Need Position Estimate',
    })
    expect(rig.commands().filter(({ command }) => command === 400)).toHaveLength(1)
  })

  it('stops where another hand changes the mode during the climb', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start')
    await beatFor(rig, 1, 4, false)
    await beatFor(rig, 1, 4, true)
    rig.ack(22, 0)
    await beatFor(rig, 2, 4, true)
    await beatFor(rig, 1, RTL, true)
    expect(await order.ended).toMatchObject({
      state: 'not-effective',
      reason: 'mode-changed@take-off: RTL',
    })
    await rig.clock.advance(10_000)
    expect(rig.commands().some(({ command }) => command === 300)).toBe(false)
  })

  it('does not go on when the link was lost meanwhile', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start')
    await beatFor(rig, 1, 4, false)
    await beatFor(rig, 1, 4, true)
    await rig.clock.advance(4000)
    expect(await order.ended).toEqual({ state: 'unknown', reason: 'link-lost-meanwhile@take-off' })
    rig.show(height(60))
    await beatFor(rig, 5, 4, true)
    expect(rig.commands().some(({ command }) => command === 300)).toBe(false)
  })

  /** On its pad, through all steps, up to the height of its plan. */
  async function climbed(rig: ReturnType<typeof setUp>): Promise<void> {
    await beatFor(rig, 1, 4, false)
    await beatFor(rig, 1, 4, true)
    rig.ack(22, 0)
    await rig.clock.advance(600)
    rig.show(height(60))
    await rig.clock.advance(50)
  }
  /** How often it was told to fly its plan: by MISSION_START, and by mode. */
  const starts = (rig: ReturnType<typeof setUp>): number[] => [
    rig.commands().filter(({ command }) => command === 300).length,
    rig.commands().filter(({ command, param2 }) => command === 176 && param2 === AUTO).length,
  ]

  it('goes on while its motion is seen and only heartbeats are missing, until its mode is a guess', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start', 15_000)
    await climbed(rig)
    const POSITION = 33
    const fly = async (seconds: number): Promise<void> => {
      for (let i = 0; i < seconds; i++) {
        await rig.clock.advance(1000)
        rig.show((now, nowMs) => ({
          ...now,
          heardAtMs: new Map([[heardKey(now.autopilotComp, POSITION), nowMs]]),
        }))
      }
    }
    await fly(6)
    expect(rig.notices.some((notice) => notice.includes('link-lost'))).toBe(false)
    await fly(6)
    expect(await order.ended).toEqual({ state: 'unknown', reason: 'link-lost-meanwhile@fly-plan' })
  })

  it('is told nothing again while nobody sees its mode: its pilot may have taken it over by stick', async () => {
    const rig = setUp(onPad)
    void rig.give('arm-and-start', 30_000)
    await climbed(rig)
    await beatFor(rig, 3, 4, true)
    await rig.clock.advance(2050)
    const told = starts(rig)
    await rig.clock.advance(1400)
    expect(starts(rig)).toEqual(told)
    rig.beat(4)
    await beatFor(rig, 2, 4, true)
    expect(starts(rig)[1]).toBeGreaterThan(told[1]!)
  })

  it('is told to start its plan for two seconds, then to go over to it for as long as the order had', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start', 15_000)
    await climbed(rig)
    await beatFor(rig, 14, 4, true)
    const [started, set = 0] = starts(rig)
    expect(started).toBe(3)
    expect(set).toBeGreaterThan(8)
    await beatFor(rig, 16, 4, true)
    expect(await order.ended).toEqual({ state: 'unknown', reason: 'no-answer@fly-plan' })
    const last = starts(rig)
    await beatFor(rig, 10, 4, true)
    expect(starts(rig)).toEqual(last)
  })

  it('is not told to fly its plan again once another hand has changed its mode', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start', 15_000)
    await climbed(rig)
    await beatFor(rig, 3, 4, true)
    const LOITER = 5
    await beatFor(rig, 1, LOITER, true)
    const told = starts(rig)
    expect(await order.ended).toMatchObject({ state: 'not-effective', reason: 'mode-changed@fly-plan: LOITER' })
    await beatFor(rig, 10, LOITER, true)
    expect(starts(rig)).toEqual(told)
  })

  it('gives way to a safety order at once', async () => {
    const rig = setUp(onPad)
    const order = rig.give('arm-and-start')
    await rig.clock.advance(100)
    order.supersede()
    expect(await order.ended).toMatchObject({ state: 'not-effective', reason: 'superseded' })
    const sent = rig.commands().length
    await rig.clock.advance(5000)
    expect(rig.commands()).toHaveLength(sent)
  })
})

describe('a safety order after one that was retried by another way', () => {
  it('is effective only when nothing of the earlier one can come any more, and is told until then', async () => {
    const rig = setUp(inAuto)
    Object.assign(rig.link.port, { otherWays: () => 1 })
    const first = rig.give('return')
    await rig.clock.advance(600) // the second telling went by the other way, which may take three seconds
    first.supersede()
    const hold = rig.give('hold')
    let state = ''
    void hold.ended.then((outcome) => (state = outcome.state))
    rig.ack(176, 0)
    await beatFor(rig, 2, BRAKE)
    expect(state).toBe('')
    // The return arrives late, and undoes the hold: it is told again.
    const told = rig.commands().length
    await beatFor(rig, 4, RTL)
    expect(rig.commands().length).toBeGreaterThan(told)
    rig.ack(176, 0)
    await beatFor(rig, 1, BRAKE)
    expect(state).toBe('effective')
  })
})

describe('an autopilot whose mode numbers nobody here knows', () => {
  const OTHER = 4
  const unknown = (modes: readonly (readonly [custom: number, standard: number, properties?: number])[]) => {
    const offeredModes = new Map(
      modes.map(([custom, standard, properties = 0]) => [custom, offeredMode(`M${custom}`, standard, properties)]),
    )
    return (nowMs: number): Vehicle =>
      observeHeartbeat(
        { ...copterInAir(1, nowMs), offeredModes },
        { sys: 1, comp: 1 },
        heartbeat(1, { armed: true, autopilot: OTHER }),
        nowMs,
      )
  }
  it('is brought home by the standard mode that it offers, and that counts when its heartbeat shows it', async () => {
    const rig = setUp(
      unknown([
        [1, 0],
        [9, 5],
      ]),
    )
    const order = rig.give('return')
    rig.ack(262, 0)
    await rig.clock.advance(600)
    expect(rig.notices).toEqual(['sent', 'acked'])
    rig.show((now, nowMs) =>
      observeHeartbeat(now, { sys: 1, comp: 1 }, heartbeat(9, { armed: true, autopilot: OTHER }), nowMs),
    )
    expect((await order.ended).state).toBe('effective')
    expect(rig.commands()).toMatchObject([{ command: 262, param1: 5 }])
  })
})

describe('an order that makes no sense now', () => {
  it.each([
    ['resume', 'not-armed', false],
    ['start-in-air', 'not-in-air', false],
    ['arm-and-start', 'drone-in-air', true],
  ] as const)('%s is not possible: %s', (order, code, armed) => {
    const vehicle = { ...copterInAir(AUTO, 0), armed }
    expect(orderSteps(order, vehicle, 60, 0)).toEqual({ ok: false, error: { kind: 'not-possible', code } })
  })
})
