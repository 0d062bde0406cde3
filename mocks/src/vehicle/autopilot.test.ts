import { describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { Rig, TEST_HOME, type TestItem } from './bench-rig.ts'
import { CMD, MSG } from './mavlink.ts'

const AUTO = 3
const GUIDED = 4
const plan: readonly TestItem[] = [
  { command: CMD.NAV_WAYPOINT, at: TEST_HOME, frame: 0 },
  { command: CMD.NAV_TAKEOFF, heightM: 30 },
  { command: CMD.DO_CHANGE_SPEED, p: [1, 8, -1, 0], frame: 2 },
  { command: CMD.NAV_WAYPOINT, at: moved(TEST_HOME, 0, 120), heightM: 30 },
  { command: CMD.NAV_WAYPOINT, at: moved(TEST_HOME, 60, 120), heightM: 30 },
  { command: CMD.NAV_RETURN_TO_LAUNCH, frame: 2 },
]
const inMode = (rig: Rig, mode: string) => rig.drone.vehicle.mode === mode

describe('an ArduCopter that was just switched on', () => {
  it('sends heartbeats, time synchronisation and texts, and nothing else until it is asked', () => {
    const rig = new Rig()
    rig.wait(15_000)
    const kinds = new Set(rig.said.map((s) => `${s.comp} ${s.name}`))
    expect([...kinds].toSorted()).toEqual(['1 HEARTBEAT', '1 STATUSTEXT', '1 TIMESYNC', '100 HEARTBEAT'])
    expect(rig.of('HEARTBEAT').length).toBeGreaterThanOrEqual(28)
  })

  it('refuses to arm while it boots, with the reason in a text only, though its pre-arm bit is already healthy', () => {
    const rig = new Rig()
    rig.wait(4000)
    rig.command(CMD.REQUEST_MESSAGE, [MSG.SYS_STATUS])
    expect(rig.of('SYS_STATUS')[0]!.onboard_control_sensors_health & 0x10000000).not.toBe(0)
    expect(rig.result(CMD.COMPONENT_ARM_DISARM, [1])).toBe(4)
    expect(rig.texts()).toContain('Arm: Need Position Estimate')
    rig.wait(2500)
    expect(rig.result(CMD.COMPONENT_ARM_DISARM, [1])).toBe(0)
  })

  it('sends a message at the interval that was asked for, wall clock, also when the world runs ten times as fast', () => {
    const rig = new Rig()
    rig.command(CMD.SET_MESSAGE_INTERVAL, [MSG.ATTITUDE, 200_000])
    rig.wait(10_000, 10)
    expect(rig.of('ATTITUDE').length).toBeGreaterThanOrEqual(49)
    expect(rig.of('ATTITUDE').length).toBeLessThanOrEqual(52)
  })

  it('answers unknown commands with UNSUPPORTED and says nothing to a command for another system', () => {
    const rig = new Rig()
    expect(rig.result(31_999)).toBe(3)
    const to = { target_system: 9, target_component: 1, confirmation: 0, command: 400 }
    const params = { param1: 1, param2: 0, param3: 0, param4: 0, param5: 0, param6: 0, param7: 0 }
    expect(rig.tell('COMMAND_LONG', { ...to, ...params })).toEqual([])
  })

  it('gives integer parameters as their value in the float, and knows the old names', () => {
    const rig = new Rig()
    rig.tell('PARAM_REQUEST_READ', {
      target_system: 1,
      target_component: 1,
      param_id: 'SYSID_THISMAV',
      param_index: -1,
    })
    expect(rig.of('PARAM_VALUE')[0]).toMatchObject({ param_id: 'MAV_SYSID', param_value: 1, param_type: 4 })
    rig.tell('PARAM_REQUEST_LIST', { target_system: 1, target_component: 1 })
    rig.wait(2000)
    const indexes = rig
      .of('PARAM_VALUE')
      .slice(1)
      .map((p) => p.param_index)
    expect(indexes).toEqual(Array.from({ length: indexes.length }, (_, i) => i))
    expect(indexes.length).toBe(rig.of('PARAM_VALUE')[0]!.param_count)
  })
})

describe('a flight', () => {
  it('takes off in GUIDED, flies its plan in AUTO, comes home, lands and disarms', () => {
    const rig = new Rig()
    expect(rig.upload(plan)).toBe(0)
    rig.takeOff(30)
    expect(rig.result(CMD.DO_SET_MODE, [1, AUTO])).toBe(0)
    expect(rig.result(CMD.MISSION_START)).toBe(0)
    rig.until(() => rig.drone.vehicle.run.current === 4, 60_000)
    expect(Math.hypot(rig.drone.vehicle.flight.veMps, rig.drone.vehicle.flight.vnMps)).toBeLessThan(8.6)
    rig.until(() => rig.drone.vehicle.run.current === 5, 60_000)
    // A return that a plan asks for keeps the mode AUTO, as on the real thing.
    expect(inMode(rig, 'AUTO')).toBe(true)
    rig.until(() => !rig.drone.vehicle.armed, 200_000)
    const { flight, onGround } = rig.drone.vehicle
    expect(onGround).toBe(true)
    expect(Math.hypot(flight.eM, flight.nM)).toBeLessThan(2)
    expect(rig.of('MISSION_ITEM_REACHED').map((m) => m.seq)).toEqual([1, 3, 4])
  })

  it('does not fly a plan that takes off from the ground until someone says MISSION_START', () => {
    const rig = new Rig()
    rig.upload(plan)
    rig.wait(7000)
    rig.command(CMD.DO_SET_MODE, [1, GUIDED])
    rig.command(CMD.COMPONENT_ARM_DISARM, [1])
    rig.command(CMD.DO_SET_MODE, [1, AUTO])
    rig.wait(3000)
    expect(rig.drone.vehicle.onGround).toBe(true)
    expect(rig.result(CMD.MISSION_START, [1])).toBe(2)
    expect(rig.result(CMD.MISSION_START)).toBe(0)
    rig.wait(5000)
    expect(rig.drone.vehicle.flight.upM).toBeGreaterThan(2)
  })

  it('does not arm by MISSION_START, and refuses AUTO without a plan', () => {
    const rig = new Rig()
    rig.wait(7000)
    expect(rig.result(CMD.MISSION_START)).toBe(4)
    rig.upload(plan)
    expect(rig.result(CMD.MISSION_START)).toBe(0)
    expect(rig.drone.vehicle.armed).toBe(false)
  })

  it('holds in LOITER, goes on with the same step in AUTO, and starts anew when its current item is set', () => {
    const rig = new Rig()
    rig.upload(plan)
    rig.takeOff(30)
    rig.command(CMD.DO_SET_MODE, [1, AUTO])
    rig.until(() => rig.drone.vehicle.run.current === 4, 60_000)
    expect(rig.result(CMD.NAV_LOITER_UNLIM)).toBe(0)
    rig.wait(8000)
    const { veMps, vnMps } = rig.drone.vehicle.flight
    expect(Math.hypot(veMps, vnMps)).toBeLessThan(0.5)
    rig.command(CMD.DO_SET_MODE, [1, AUTO])
    expect(rig.drone.vehicle.run.current).toBe(4)
    rig.tell('MISSION_SET_CURRENT', { target_system: 1, target_component: 1, seq: 3 })
    expect(rig.of('MISSION_CURRENT').at(-1)!.seq).toBe(3)
  })

  it('refuses to disarm in the air without force', () => {
    const rig = new Rig()
    rig.takeOff(20)
    expect(rig.result(CMD.COMPONENT_ARM_DISARM, [0])).toBe(4)
    expect(rig.drone.vehicle.armed).toBe(true)
  })

  it('disarms by itself when it was armed and nobody took off for ten seconds of wall time', () => {
    const rig = new Rig()
    rig.wait(7000)
    rig.command(CMD.COMPONENT_ARM_DISARM, [1])
    rig.wait(9000, 10)
    expect(rig.drone.vehicle.armed).toBe(true)
    rig.wait(1500, 10)
    expect(rig.drone.vehicle.armed).toBe(false)
  })
})

describe('failsafes', () => {
  it('returns five seconds after the heartbeat of its own ground station stopped, wall clock', () => {
    const rig = new Rig()
    rig.takeOff(30)
    rig.heartbeats = false
    rig.beat(255)
    rig.wait(4900, 10)
    expect(inMode(rig, 'GUIDED')).toBe(true)
    rig.wait(200, 10)
    expect(inMode(rig, 'RTL')).toBe(true)
    expect(rig.texts()).toContain('GCS Failsafe - RTL')
    rig.until(() => !rig.drone.vehicle.armed, 60_000, 10)
  })

  it('does not take the heartbeat of another station for its own', () => {
    const rig = new Rig()
    rig.takeOff(30)
    rig.heartbeats = false
    for (let s = 0; s < 7; s++) {
      rig.beat(252)
      rig.wait(1000)
    }
    expect(inMode(rig, 'RTL')).toBe(true)
  })

  it('never fails safe over a ground station that it has not heard yet', () => {
    const rig = new Rig()
    rig.heartbeats = false
    rig.takeOff(20)
    rig.wait(8000)
    expect(inMode(rig, 'GUIDED')).toBe(true)
  })

  it('returns when the battery is low', () => {
    const rig = new Rig()
    rig.takeOff(30)
    // A hover of 25 minutes empties the battery; 22 % are left after about 19.
    rig.until(() => inMode(rig, 'RTL'), 1_400_000, 4)
    expect(rig.drone.vehicle.battery.share).toBeGreaterThan(0.19)
    expect(rig.drone.vehicle.battery.share).toBeLessThan(0.23)
    expect(rig.texts()).toContain('Battery Failsafe - RTL')
  })

  it('lands where it is when the battery is critical', () => {
    const rig = new Rig()
    const off = { target_system: 1, target_component: 1, param_id: 'BATT_FS_LOW_ACT', param_value: 0, param_type: 2 }
    rig.tell('PARAM_SET', off)
    rig.takeOff(30)
    rig.until(() => inMode(rig, 'LAND'), 1_600_000, 4)
    expect(rig.drone.vehicle.battery.share).toBeLessThan(0.11)
    rig.until(() => !rig.drone.vehicle.armed, 120_000)
  })
})

it('says the same words for the same seed, and others for another', () => {
  const words = (seed: number): string => {
    const rig = new Rig(seed)
    rig.command(CMD.SET_MESSAGE_INTERVAL, [MSG.CAMERA_THERMAL_RANGE, 500_000, 1], 100)
    rig.command(CMD.SET_MESSAGE_INTERVAL, [MSG.GLOBAL_POSITION_INT, 500_000])
    rig.takeOff(20)
    return JSON.stringify(rig.said, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  }
  expect(words(5)).toBe(words(5))
  expect(words(5)).not.toBe(words(6))
})
