import { describe, expect, it } from 'vitest'
import { moved } from '../../base/flat.ts'
import { Rig, TEST_HOME, type TestItem } from '../bench-rig.ts'
import { CMD } from '../mavlink.ts'

const at = moved(TEST_HOME, 50, 50)
const plan: readonly TestItem[] = [
  { command: CMD.NAV_WAYPOINT, at: [100, 10], frame: 0, heightM: 900 },
  { command: CMD.NAV_TAKEOFF, heightM: 20 },
  { command: CMD.NAV_WAYPOINT, at, heightM: 20.1234, p: [0, 0, 0, 77] },
  { command: CMD.NAV_RETURN_TO_LAUNCH, frame: 2 },
]
const to = { target_system: 1, target_component: 1, mission_type: 0 }
const count = (n: number) => ({ ...to, count: n, opaque_id: 0 })
const ackType = (said: { name: string; fields: object }[]) =>
  (said.find((s) => s.name === 'MISSION_ACK')?.fields as { type: number } | undefined)?.type

describe('a plan that is uploaded', () => {
  it('is asked for with the old request, item by item, and acknowledged once', () => {
    const rig = new Rig()
    expect(rig.upload(plan)).toBe(0)
    expect(rig.of('MISSION_REQUEST').map((r) => r.seq)).toEqual([0, 1, 2, 3])
    expect(rig.of('MISSION_REQUEST_INT')).toEqual([])
    expect(rig.of('MISSION_ACK')).toHaveLength(1)
    expect(rig.texts()).toContain('Flight plan received')
  })

  it('reads back with home as item 0, frames of the autopilot and heights in whole centimetres', () => {
    const rig = new Rig()
    rig.upload(plan)
    rig.tell('MISSION_REQUEST_LIST', to)
    for (let seq = 0; seq < 4; seq++) rig.tell('MISSION_REQUEST_INT', { ...to, seq })
    expect(rig.of('MISSION_COUNT')[0]!.count).toBe(4)
    const [home, , step, last] = rig.of('MISSION_ITEM_INT')
    expect(home).toMatchObject({ x: Math.round(TEST_HOME[1] * 1e7), y: Math.round(TEST_HOME[0] * 1e7), frame: 0 })
    expect(step).toMatchObject({ frame: 3, x: Math.round(at[1] * 1e7), y: Math.round(at[0] * 1e7), param4: 0 })
    expect(step!.z).toBeCloseTo(20.12, 5)
    expect(last).toMatchObject({ frame: 0, command: 20, x: 0, y: 0 })
  })

  it('answers an item that comes twice with INVALID_SEQUENCE, and goes on', () => {
    const rig = new Rig()
    rig.tell('MISSION_COUNT', count(4))
    rig.sendItem(plan[0]!, 0)
    expect(ackType(rig.sendItem(plan[0]!, 0))).toBe(13)
    for (let seq = 1; seq < 3; seq++) rig.sendItem(plan[seq]!, seq)
    expect(ackType(rig.sendItem(plan[3]!, 3))).toBe(0)
  })

  it('asks again after a second of silence and gives up after eight; what was sent stays in the plan', () => {
    const rig = new Rig()
    rig.upload(plan)
    rig.tell('MISSION_COUNT', count(3))
    rig.sendItem({ command: CMD.NAV_WAYPOINT, at, heightM: 99 }, 0)
    rig.sendItem({ command: CMD.NAV_WAYPOINT, at, heightM: 55 }, 1)
    const asked = rig.of('MISSION_REQUEST').length
    rig.wait(3500)
    expect(rig.of('MISSION_REQUEST').length - asked).toBe(3)
    rig.wait(5000)
    expect(rig.of('MISSION_ACK').at(-1)!.type).toBe(15)
    const heights = rig.drone.vehicle.transfer.plans[0].map((item) => Math.round(item.z))
    expect(heights).toEqual([99, 55, 20])
  })

  it('answers the last item with ERROR when it is sent again after the end', () => {
    const rig = new Rig()
    rig.upload(plan)
    expect(ackType(rig.sendItem(plan[3]!, 3))).toBe(1)
  })

  it('denies a second station and a download while it receives', () => {
    const rig = new Rig()
    rig.tell('MISSION_COUNT', count(4))
    expect(ackType(rig.tell('MISSION_COUNT', count(2), { sys: 254, comp: 190 }))).toBe(14)
    expect(ackType(rig.tell('MISSION_REQUEST_LIST', to))).toBe(14)
    expect(rig.tell('MISSION_COUNT', count(4))[0]).toMatchObject({ name: 'MISSION_REQUEST', fields: { seq: 0 } })
  })

  it('ends at a step that it cannot fly and says which way it is wrong', () => {
    const rig = new Rig()
    rig.tell('MISSION_COUNT', count(2))
    rig.sendItem(plan[0]!, 0)
    expect(ackType(rig.sendItem({ command: CMD.NAV_WAYPOINT, at: [300, 10], heightM: 5 }, 1))).toBe(11)
    expect(rig.drone.vehicle.transfer.receiving).toBe(null)
    expect(ackType(rig.tell('MISSION_COUNT', count(800)))).toBe(4)
  })

  it('is not cleared while it is being flown', () => {
    const rig = new Rig()
    rig.upload(plan)
    rig.takeOff(20)
    rig.command(CMD.DO_SET_MODE, [1, 3])
    expect(ackType(rig.tell('MISSION_CLEAR_ALL', to))).toBe(1)
    rig.command(CMD.DO_SET_MODE, [1, 5])
    expect(ackType(rig.tell('MISSION_CLEAR_ALL', to))).toBe(0)
    expect(rig.drone.vehicle.transfer.plans[0]).toEqual([])
  })
})
