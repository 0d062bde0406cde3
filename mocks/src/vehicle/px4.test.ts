import { decodeParam, encodeParam } from '@skerry/mavlink-bridge'
import { describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { Rig, TEST_HOME, type TestItem } from './bench-rig.ts'
import { CMD, MSG } from './mavlink.ts'

const MISSION = 0x0404_0000
const HOLD = 0x0304_0000
const RETURN = 0x0504_0000
const plan: readonly TestItem[] = [
  { command: CMD.NAV_TAKEOFF, at: TEST_HOME, heightM: 30, p: [0, 0, 0, NaN] },
  { command: CMD.NAV_WAYPOINT, at: moved(TEST_HOME, 0, 120), heightM: 30, p: [0, 0, 0, NaN] },
  { command: CMD.NAV_RETURN_TO_LAUNCH, frame: 2 },
]
/** As the autopilot says it; the camera has heartbeats of its own. */
const customMode = (rig: Rig): number =>
  rig.said.reduce((mode, s) => (s.name === 'HEARTBEAT' && s.comp === 1 ? s.fields.custom_mode : mode), -1)
const ready = (): Rig => {
  const rig = new Rig(1, 'px4')
  rig.upload(plan)
  rig.wait(7000)
  return rig
}
/** In the air, flying its plan. */
const flying = (): Rig => {
  const rig = ready()
  rig.command(CMD.MISSION_START, [0, 0])
  rig.until(() => rig.drone.vehicle.run.current === 1, 60_000)
  return rig
}

describe('a PX4 that was just switched on', () => {
  it('sends without being asked, and says what it is', () => {
    const rig = new Rig(1, 'px4')
    rig.wait(3000)
    const kinds = new Set(rig.said.map((said) => said.name))
    for (const name of ['ATTITUDE', 'GLOBAL_POSITION_INT', 'SYS_STATUS', 'HOME_POSITION', 'CURRENT_EVENT_SEQUENCE'])
      expect(kinds).toContain(name)
    const beat = rig.said.find((said) => said.name === 'HEARTBEAT' && said.comp === 1)
    expect(beat?.fields).toMatchObject({ autopilot: 12, custom_mode: HOLD })
    rig.command(CMD.REQUEST_MESSAGE, [MSG.AUTOPILOT_VERSION])
    expect(Number(rig.of('AUTOPILOT_VERSION')[0]!.capabilities) & (16 | 131_072)).toBe(16)
  })

  it('goes back to its own rate for an interval of 0, and stops for -1', () => {
    const rig = new Rig(1, 'px4')
    const perSecond = (intervalUs: number): number => {
      rig.command(CMD.SET_MESSAGE_INTERVAL, [MSG.ATTITUDE, intervalUs])
      const before = rig.of('ATTITUDE').length
      rig.wait(2000)
      return (rig.of('ATTITUDE').length - before) / 2
    }
    expect(perSecond(-1)).toBe(0)
    expect(perSecond(500_000)).toBeLessThan(3)
    expect(perSecond(0)).toBeGreaterThan(15)
  })

  it('rejects arming for now while it boots, with a text that ends in a tab and an event beside it', () => {
    const rig = new Rig(1, 'px4')
    expect(rig.result(CMD.COMPONENT_ARM_DISARM, [1])).toBe(1)
    expect(rig.texts().at(-1)).toBe('Arming denied: Resolve system health failures first'.slice(50) + '\t')
    expect(rig.of('EVENT')).toHaveLength(1)
    rig.wait(7000)
    expect(rig.result(CMD.COMPONENT_ARM_DISARM, [1])).toBe(0)
  })

  it('numbers its events without gaps and says a missed one again', () => {
    const rig = ready()
    rig.command(CMD.COMPONENT_ARM_DISARM, [1])
    rig.command(CMD.COMPONENT_ARM_DISARM, [0])
    const sequences = rig.of('EVENT').map((event) => event.sequence)
    expect(sequences).toEqual(sequences.map((_, i) => i + 1))
    const ask = { target_system: 1, target_component: 1, first_sequence: 2, last_sequence: 2 }
    expect(rig.tell('REQUEST_EVENT', ask)).toMatchObject([{ name: 'EVENT', fields: { sequence: 2 } }])
    const never = rig.tell('REQUEST_EVENT', { ...ask, first_sequence: 900, last_sequence: 900 })
    expect(never).toMatchObject([{ name: 'RESPONSE_EVENT_ERROR', fields: { sequence: 900 } }])
  })

  it('gives integers as their bytes, begins its list with a checksum, and takes bytes', () => {
    const rig = new Rig(1, 'px4')
    const to = { target_system: 1, target_component: 1 }
    rig.tell('PARAM_REQUEST_READ', { ...to, param_id: 'COM_DL_LOSS_T', param_index: -1 })
    const [value] = rig.of('PARAM_VALUE')
    expect(decodeParam(value!.param_value as Uint8Array, value!.param_type, 'bytewise')).toBe(10)
    const set = { ...to, param_id: 'COM_DL_LOSS_T', param_type: 6, param_value: encodeParam(20, 6, 'bytewise') }
    const float = new DataView(set.param_value.buffer).getFloat32(0, true)
    rig.tell('PARAM_SET', { ...set, param_value: float })
    expect(rig.drone.vehicle.params['COM_DL_LOSS_T']!.value).toBe(20)
    const [hash] = rig.tell('PARAM_REQUEST_LIST', to)
    expect(hash).toMatchObject({ name: 'PARAM_VALUE', fields: { param_id: '_HASH_CHECK', param_index: 65_535 } })
  })
})

describe('a flight of a PX4', () => {
  it('arms and starts by MISSION_START, returns in the mode for it, lands and disarms', () => {
    const rig = ready()
    expect(rig.result(CMD.MISSION_START, [NaN, NaN])).toBe(2)
    expect(rig.result(CMD.MISSION_START, [0, 0])).toBe(0)
    expect(rig.drone.vehicle.armed).toBe(true)
    rig.wait(1500)
    expect(customMode(rig)).toBe(MISSION)
    rig.until(() => rig.drone.vehicle.mode === 'RTL', 90_000)
    rig.wait(1500)
    expect(customMode(rig)).toBe(RETURN)
    const chunks = rig.of('STATUSTEXT').filter((text) => (text.id ?? 0) > 0)
    const said = chunks.map(({ text }) => text).join('')
    expect(said).toContain('RTL: start return at 30 m (30 m above destination)\t')
    expect(chunks.map(({ chunk_seq }) => chunk_seq)).toEqual([0, 1])
    rig.until(() => !rig.drone.vehicle.armed, 120_000)
    expect(rig.of('MISSION_ITEM_REACHED').map(({ seq }) => seq)).toEqual([0, 1])
  })

  it('rejects MISSION_START for now while it cannot arm, and without a plan', () => {
    const rig = new Rig(1, 'px4')
    expect(rig.result(CMD.MISSION_START, [0, 0])).toBe(1)
    rig.wait(7000)
    expect(rig.result(CMD.MISSION_START, [0, 0])).toBe(1)
    rig.upload(plan)
    expect(rig.result(CMD.MISSION_START, [0, 0])).toBe(0)
  })

  it('takes off to an altitude above the sea, then holds by itself', () => {
    const rig = ready()
    expect(rig.result(CMD.NAV_TAKEOFF, [0, 0, 0, NaN, NaN, NaN, 25])).toBe(0)
    expect(rig.drone.vehicle.onGround).toBe(true)
    rig.command(CMD.COMPONENT_ARM_DISARM, [1])
    rig.until(() => rig.drone.vehicle.mode === 'LOITER', 60_000)
    expect(rig.drone.vehicle.flight.upM).toBeGreaterThan(23.5)
  })

  it('holds by its mode; pausing by 193 is nothing that it knows', () => {
    const rig = flying()
    expect(rig.result(CMD.DO_PAUSE_CONTINUE, [0])).toBe(3)
    expect(rig.result(CMD.DO_SET_MODE, [1, 4, 3])).toBe(0)
    rig.wait(1500)
    expect(customMode(rig)).toBe(HOLD)
  })

  it('refuses to disarm in the air with "not now", and obeys with force', () => {
    const rig = flying()
    expect(rig.result(CMD.COMPONENT_ARM_DISARM, [0])).toBe(1)
    expect(rig.result(CMD.COMPONENT_ARM_DISARM, [0, 21_196])).toBe(0)
  })

  it('returns ten seconds after the last heartbeat of any ground station', () => {
    const rig = flying()
    rig.heartbeats = false
    for (let s = 0; s < 12; s++) {
      rig.beat(200)
      rig.wait(1000)
    }
    expect(rig.drone.vehicle.mode).toBe('AUTO')
    rig.wait(9000, 0.1)
    expect(rig.drone.vehicle.mode).toBe('AUTO')
    rig.wait(2000, 0.1)
    expect(rig.drone.vehicle.mode).toBe('RTL')
  })
})
