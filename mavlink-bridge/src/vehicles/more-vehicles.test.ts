import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { isMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { encodeParam } from '../wire/param-value.ts'
import { createSequence } from '../wire/sequence.ts'
import { createFleet } from './fleet.ts'
import { statusOf } from './status.ts'

const PX4_HOLD = (4 << 16) | (3 << 24)

function setUp() {
  const clock = new FakeClock()
  const link = fakeLink()
  const fleet = createFleet({ bridgeId: 'main', link, clock, onMember: () => undefined })
  const nextSeq = createSequence()
  const say = <N extends TypedName>(name: N, fields: EncodeFields<N>, comp = 1): void => {
    for (const frame of framesOfDatagram(encode(name, fields, { seq: nextSeq(), sys: 1, comp })))
      fleet.hear({ peer: 'a', frame, atMs: clock.nowMs() })
  }
  const status = () => {
    const session = fleet.member('main-1')?.session
    if (session === undefined) throw new Error('not heard')
    const context = { droneId: 'main-1', remote: '', lossShare: null, duplicateId: false, footprint: null }
    return statusOf(session.vehicle(), { ...context, plan: { state: 'unknown', planId: null } }, clock.nowMs())
  }
  /** Lets the bridge ask for so many seconds, the vehicle beating. */
  async function live(seconds: number, beat: EncodeFields<'HEARTBEAT'>, answer?: () => void): Promise<void> {
    for (let i = 0; i < seconds * 4; i++) {
      if (i % 4 === 0) say('HEARTBEAT', beat)
      fleet.tick()
      answer?.()
      await clock.advance(250)
    }
  }
  const commands = () =>
    link.sent.flatMap(({ message }) => (isMessage(message, 'COMMAND_LONG') ? [message.fields] : []))
  const paramsAsked = () =>
    link.sent.flatMap(({ message }) => (isMessage(message, 'PARAM_REQUEST_READ') ? [message.fields.param_id] : []))
  let answered = 0
  /** Says yes to streams and no to questions, as an autopilot that has little to tell. */
  const answer = (): void => {
    for (const { command, param1 } of commands().slice(answered)) {
      answered++
      say('COMMAND_ACK', { command, result: command === 512 ? 3 : 0, target_system: 255, target_component: 190 })
      if (command === 510) say('MESSAGE_INTERVAL', { message_id: param1, interval_us: 5_000_000 })
    }
  }
  return { clock, link, fleet, say, status, live, commands, paramsAsked, answer }
}

const summary = {
  timestamp: 0,
  latitude: 300_000_000,
  longitude: 1_221_000_000,
  custom_mode: (5 << 8) | 4,
  altitude: 90,
  target_altitude: 0,
  target_distance: 0,
  wp_num: 3,
  failure_flags: 0,
  type: 22,
  autopilot: 12,
  heading: 45,
  target_heading: 0,
  throttle: 0,
  airspeed: 0,
  airspeed_sp: 0,
  groundspeed: 100,
  windspeed: 25,
  wind_heading: 45,
  eph: 0,
  epv: 0,
  temperature_air: 0,
  climb_rate: -10,
  battery: 61,
  custom0: 0,
  custom1: 0,
  custom2: 0,
}

describe('a vehicle on a satellite link', () => {
  it('is known by its summary alone, and what the summary does not say stays unknown', () => {
    const { say, status } = setUp()
    say('HIGH_LATENCY2', summary)
    expect(status()).toMatchObject({
      vehicle: 'vtol',
      autopilot: 'px4',
      mode: { name: 'RTL', kind: 'return' },
      armed: null,
      landed: null,
      headingDeg: 90,
      groundSpeedMps: 20,
      climbMps: -1,
      battery: { remainingShare: 0.61, voltageV: null },
      wind: { fromDeg: 270, speedMps: 5 },
      position: { lngLat: [122.1, 30], altAmslM: 90, heightAboveTakeoffM: null },
      mission: { current: 3 },
      readiness: { canArm: null },
    })
  })

  it('is live for a minute of silence, lost after two, and never asked for streams', async () => {
    const { clock, fleet, link, say, status } = setUp()
    say('HIGH_LATENCY2', summary)
    for (let i = 0; i < 50; i++) {
      fleet.tick()
      await clock.advance(1000)
    }
    expect(status().link).toMatchObject({ state: 'live', highLatency: true, escalated: false })
    expect(link.sent).toEqual([])
    await clock.advance(71_000)
    expect(status().link).toMatchObject({ state: 'lost', escalated: true })
  })

  it('is an ordinary vehicle again with its next heartbeat', () => {
    const { say, status } = setUp()
    say('HIGH_LATENCY2', summary)
    say('HEARTBEAT', heartbeat(PX4_HOLD, { autopilot: 12, type: 22 }))
    expect(status()).toMatchObject({ armed: true, mode: { kind: 'hold' }, link: { highLatency: false } })
  })
})

describe('what a vehicle does when something fails', () => {
  it('is asked of an ArduPlane by its own names', async () => {
    const { live, paramsAsked, answer } = setUp()
    await live(40, heartbeat(10, { type: 1 }), answer)
    expect(new Set(paramsAsked())).toEqual(
      new Set([
        'FS_LONG_TIMEOUT',
        'FS_GCS_ENABL',
        'FS_LONG_ACTN',
        'MAV_GCS_SYSID',
        'SYSID_MYGCS',
        'BATT_FS_LOW_ACT',
        'THR_FAILSAFE',
        'FENCE_ENABLE',
      ]),
    )
  })

  it('is shown: on, off, not told yet, and not there', async () => {
    const { say, status, live, paramsAsked, answer } = setUp()
    const beat = heartbeat(PX4_HOLD, { autopilot: 12, type: 2 })
    await live(20, beat, answer)
    const bytewise = (id: string, value: number) =>
      say('PARAM_VALUE', {
        param_id: id,
        param_value: encodeParam(value, 6, 'bytewise'),
        param_type: 6,
        param_count: 900,
        param_index: 7,
      })
    bytewise('NAV_DLL_ACT', 2)
    bytewise('COM_LOW_BAT_ACT', 0)
    say('PARAM_ERROR', { param_index: -1, target_system: 255, target_component: 190, param_id: 'GF_ACTION', error: 1 })
    expect(status().guards).toEqual([
      { guards: 'link', name: 'NAV_DLL_ACT', value: 2, state: 'on' },
      { guards: 'link', name: 'COM_DLL_EXCEPT', value: null, state: 'unread' },
      { guards: 'battery', name: 'COM_LOW_BAT_ACT', value: 0, state: 'off' },
      { guards: 'radio', name: 'NAV_RCL_ACT', value: null, state: 'unread' },
      { guards: 'fence', name: 'GF_ACTION', value: null, state: 'absent' },
    ])
    const before = paramsAsked().length
    await live(70, beat, answer)
    expect(paramsAsked().slice(0, before)).toContain('GF_ACTION')
    expect(paramsAsked().slice(before)).toContain('NAV_RCL_ACT')
    expect(paramsAsked().slice(before)).not.toContain('GF_ACTION')
  })

  it('is off in a plane that notices a lost radio control and does nothing about it', () => {
    const { say, status } = setUp()
    say('HEARTBEAT', heartbeat(10, { type: 1 }))
    const radio = (value: number) => {
      say('PARAM_VALUE', {
        param_id: 'THR_FAILSAFE',
        param_value: value,
        param_type: 2,
        param_count: 9,
        param_index: 7,
      })
      return status().guards?.find(({ guards }) => guards === 'radio')?.state
    }
    expect([radio(0), radio(1), radio(2)]).toEqual(['off', 'on', 'off'])
  })

  it('is shown by the word of the autopilot alone: equipment has parameters of the same names', () => {
    const { say, status } = setUp()
    say('HEARTBEAT', heartbeat(PX4_HOLD, { autopilot: 12, type: 2 }))
    const fields = { param_id: 'NAV_DLL_ACT', param_type: 6, param_count: 900, param_index: 7 }
    const link = () => status().guards?.find(({ name }) => name === 'NAV_DLL_ACT')
    const companion = 191
    say('PARAM_VALUE', { ...fields, param_value: encodeParam(2, 6, 'bytewise') }, companion)
    const { param_id } = fields
    const none = { param_index: -1, target_system: 255, target_component: 190, param_id, error: 1 }
    say('PARAM_ERROR', none, companion)
    expect(link()).toMatchObject({ state: 'unread' })
    say('PARAM_VALUE', { ...fields, param_value: encodeParam(0, 6, 'bytewise') })
    expect(link()).toMatchObject({ state: 'off' })
    say('PARAM_VALUE', { ...fields, param_value: encodeParam(2, 6, 'bytewise') }, companion)
    expect(link()).toMatchObject({ state: 'off' })
  })

  it('counts down to it with the time read from the aircraft, and escalates after ten seconds', async () => {
    const { clock, say, status } = setUp()
    say('HEARTBEAT', heartbeat(3))
    const real = (id: string, value: number) =>
      say('PARAM_VALUE', { param_id: id, param_value: value, param_type: 9, param_count: 1300, param_index: 7 })
    real('FS_GCS_TIMEOUT', 12)
    real('FS_GCS_ENABLE', 1)
    real('FS_OPTIONS', 16)
    real('MAV_GCS_SYSID', 255)
    await clock.advance(4000)
    expect(status().link).toMatchObject({ state: 'lost', failsafeInS: 8, failsafeAssumed: false, escalated: false })
    await clock.advance(7000)
    expect(status().link).toMatchObject({ failsafeInS: 1, escalated: true })
  })
})

describe('modes that a vehicle offers by itself', () => {
  it('give words and meaning to numbers that no table knows', () => {
    const { say, status } = setUp()
    say('HEARTBEAT', heartbeat(77, { autopilot: 4 }))
    expect(status().mode).toBeNull()
    const one = { properties: 0, number_modes: 2, mode_index: 1 }
    say('AVAILABLE_MODES', { ...one, custom_mode: 77, standard_mode: 5, mode_name: 'Come home' })
    expect(status().mode).toEqual({ name: 'Come home', kind: 'return' })
    say('HEARTBEAT', heartbeat(78, { autopilot: 4 }))
    expect(status().mode).toBeNull()
  })

  it('are asked for one by one where they were lost, and not for ever', async () => {
    const { live, say, commands } = setUp()
    const beat = heartbeat(77, { autopilot: 4 })
    const asked = (): number[] =>
      commands().flatMap(({ command, param1, param2 }) => (command === 512 && param1 === 435 ? [param2] : []))
    let answered = 0
    /** Tells the first of three when asked for all, and the second when asked for that one. */
    const tell = (): void => {
      for (const { command, param1, param2 } of commands().slice(answered)) {
        answered++
        say('COMMAND_ACK', { command, result: command === 512 ? 0 : 3, target_system: 255, target_component: 190 })
        const index = param2 === 0 ? 1 : param2
        if (command !== 512 || param1 !== 435 || index === 3) continue
        const mode = { number_modes: 3, mode_index: index, standard_mode: 0, custom_mode: index, properties: 0 }
        say('AVAILABLE_MODES', { ...mode, mode_name: `M${index}` })
      }
    }
    await live(600, beat, tell)
    expect(asked()).toEqual([0, 2, 3, 3, 3])
  })

  it('are not asked for one by one while the list still comes, nor for ever where the vehicle refuses one', async () => {
    const { live, say, commands } = setUp()
    const beat = heartbeat(77, { autopilot: 4 })
    const asked = (): number[] =>
      commands().flatMap(({ command, param1, param2 }) => (command === 512 && param1 === 435 ? [param2] : []))
    let answered = 0
    /** Takes the question for the list and refuses all others. */
    const answer = (): void => {
      for (const { command, param1, param2 } of commands().slice(answered)) {
        answered++
        const takes = command === 512 && param1 === 435 && param2 === 0
        say('COMMAND_ACK', { command, result: takes ? 0 : 3, target_system: 255, target_component: 190 })
      }
    }
    await live(10, beat, answer)
    expect(asked()).toContain(0)
    const before = asked().length
    for (let index = 1; index <= 4; index++) {
      const mode = { number_modes: 5, mode_index: index, standard_mode: 0, custom_mode: index, properties: 0 }
      say('AVAILABLE_MODES', { ...mode, mode_name: `M${index}` })
      await live(2, beat, answer)
    }
    expect(asked().length).toBe(before)
    await live(900, beat, answer)
    expect(asked().slice(before)).toEqual([5, 5, 5])
  })

  it('are asked for anew once their list has changed, and what is offered no more is forgotten', async () => {
    const { live, say, status, commands } = setUp()
    const beat = heartbeat(77, { autopilot: 4 })
    let [answered, name] = [0, 'Come home']
    const answer = (): void => {
      for (const { command, param1 } of commands().slice(answered)) {
        answered++
        const takes = command === 512 && param1 === 435
        say('COMMAND_ACK', { command, result: takes ? 0 : 3, target_system: 255, target_component: 190 })
        if (!takes || name === '') continue
        const mode = { number_modes: 1, mode_index: 1, properties: 0, standard_mode: 5, custom_mode: 77 }
        say('AVAILABLE_MODES', { ...mode, mode_name: name })
      }
    }
    const asked = (): number => commands().filter(({ command, param1 }) => command === 512 && param1 === 435).length
    await live(10, beat, answer)
    expect(status().mode).toEqual({ name: 'Come home', kind: 'return' })
    const before = asked()
    say('AVAILABLE_MODES_MONITOR', { seq: 4 })
    say('AVAILABLE_MODES_MONITOR', { seq: 4 })
    await live(10, beat, answer)
    expect(asked()).toBe(before)
    name = 'Home by sea'
    say('AVAILABLE_MODES_MONITOR', { seq: 5 })
    expect(status().mode).toBeNull()
    await live(30, beat, answer)
    expect(asked()).toBeGreaterThan(before)
    expect(status().mode).toEqual({ name: 'Home by sea', kind: 'return' })
  })

  it('do not replace what the tables know: an order waits for those', () => {
    const { say, status } = setUp()
    say('HEARTBEAT', heartbeat(5))
    const one = { properties: 0, number_modes: 2, mode_index: 1 }
    say('AVAILABLE_MODES', { ...one, custom_mode: 5, standard_mode: 0, mode_name: 'Loiter' })
    expect(status().mode).toEqual({ name: 'LOITER', kind: 'hold' })
  })
})

describe('streams that another station slowed down', () => {
  it('are read back now and then and asked for again, but not in an endless quarrel', async () => {
    const { live, commands, answer } = setUp()
    const beat = heartbeat(5)
    await live(20, beat, answer)
    const askedFor33 = (): number => commands().filter(({ command, param1 }) => command === 511 && param1 === 33).length
    const first = askedFor33()
    await live(900, beat, answer)
    expect(commands().some(({ command, param1 }) => command === 510 && param1 === 33)).toBe(true)
    expect(askedFor33()).toBeGreaterThan(first)
    await live(900, beat, answer)
    const settled = commands().filter(({ command }) => command === 510).length
    expect(settled).toBeLessThan(130)
  })
})

describe('the newer battery message', () => {
  const battery = {
    voltage: NaN,
    current: NaN,
    capacity_consumed: NaN,
    capacity_remaining: NaN,
    status_flags: 0,
    temperature: 32_767,
    id: 0,
    percent_remaining: 255,
  }

  it('is read alone: what it does not say is unknown, not zero', () => {
    const { say, status } = setUp()
    say('HEARTBEAT', heartbeat(5))
    say('BATTERY_STATUS_V2', battery)
    expect(status().battery).toBeNull()
    say('BATTERY_STATUS_V2', { ...battery, percent_remaining: 0 })
    expect(status().battery).toMatchObject({ voltageV: null, remainingShare: 0, remainingS: null })
    say('BATTERY_STATUS_V2', { ...battery, voltage: 23.5 })
    expect(status().battery).toMatchObject({ voltageV: 23.5, remainingShare: null, remainingS: null })
  })

  it('leaves the time left, which only the older one tells, and counts the weakest battery', () => {
    const { say, status } = setUp()
    say('HEARTBEAT', heartbeat(5))
    say('BATTERY_STATUS', {
      current_consumed: -1,
      energy_consumed: -1,
      temperature: 32_767,
      voltages: [24_000, ...Array.from({ length: 9 }, () => 65_535)],
      current_battery: -1,
      id: 0,
      battery_function: 0,
      type: 0,
      battery_remaining: 80,
      time_remaining: 900,
    })
    say('BATTERY_STATUS_V2', { ...battery, id: 1, voltage: 3, percent_remaining: 90 })
    expect(status().battery).toMatchObject({ voltageV: 24, remainingShare: 0.8, remainingS: 900 })
    say('BATTERY_STATUS_V2', { ...battery, voltage: 23.5, percent_remaining: 79 })
    expect(status().battery).toMatchObject({ voltageV: 23.5, remainingShare: 0.79, remainingS: 900 })
  })
})

it('says which station is in control, where the vehicle tells', () => {
  const { say, status } = setUp()
  say('HEARTBEAT', heartbeat(5))
  expect(status().control).toBeUndefined()
  say('CONTROL_STATUS', { flags: 2, gcs_main: 254, gcs_secondary: [255, 0, 0, 0, 0, 0, 0, 0, 0, 0] })
  expect(status().control).toEqual({ main: 254, others: [255], takeoverAllowed: true, ours: true, asked: null })
})

it('tells a rover on the ground, a flying plane in the air, and an unsure one unknown', () => {
  const { say, status } = setUp()
  say('HEARTBEAT', heartbeat(10, { type: 10 }))
  expect(status()).toMatchObject({ landed: 'on-ground', mode: { name: 'AUTO' }, vehicle: 'rover' })
  say('HEARTBEAT', heartbeat(10, { type: 1, status: 4 }))
  expect(status()).toMatchObject({ landed: 'in-air', vehicle: 'fixed-wing' })
  say('HEARTBEAT', heartbeat(10, { type: 1, status: 5 }))
  expect(status().landed).toBeNull()
})
