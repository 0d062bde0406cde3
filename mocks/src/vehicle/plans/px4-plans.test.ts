import { describe, expect, it } from 'vitest'
import { moved } from '../../base/flat.ts'
import { Rig, TEST_HOME, type TestItem } from '../bench-rig.ts'
import { CMD, FENCE } from '../mavlink.ts'

const at = moved(TEST_HOME, 50, 50)
const plan: readonly TestItem[] = [
  { command: CMD.NAV_TAKEOFF, at: TEST_HOME, heightM: 20, p: [0, 0, 0, NaN] },
  { command: CMD.NAV_WAYPOINT, at, heightM: 20.1234, p: [0, 0, 0, NaN] },
  { command: CMD.NAV_RETURN_TO_LAUNCH, frame: 2 },
]
const to = { target_system: 1, target_component: 1, mission_type: 0 }
const count = (n: number, mission_type = 0) => ({ ...to, mission_type, count: n, opaque_id: 0 })
const ackOf = (said: { name: string; fields: object }[]) =>
  said.find((s) => s.name === 'MISSION_ACK')?.fields as { type: number; opaque_id: number } | undefined
const rigged = () => new Rig(1, 'px4')

describe('a plan that is uploaded to PX4', () => {
  it('is asked for with the old request once and with the new one after that', () => {
    const rig = rigged()
    expect(rig.upload(plan)).toBe(0)
    expect(rig.of('MISSION_REQUEST').map((r) => r.seq)).toEqual([0])
    expect(rig.of('MISSION_REQUEST_INT').map((r) => r.seq)).toEqual([1, 2])
  })

  it('has an id that the ack, the count and MISSION_CURRENT tell, and that another plan does not have', () => {
    const rig = rigged()
    rig.upload(plan)
    const id = rig.of('MISSION_ACK')[0]!.opaque_id
    expect(id).not.toBe(0)
    rig.tell('MISSION_REQUEST_LIST', to)
    rig.wait(1200)
    expect([rig.of('MISSION_COUNT')[0]!.opaque_id, rig.of('MISSION_CURRENT').at(-1)!.mission_id]).toEqual([id, id])
    rig.tell('MISSION_ACK', { ...to, type: 0, opaque_id: 0 })
    rig.upload(plan.slice(0, 2))
    expect(rig.of('MISSION_ACK').at(-1)!.opaque_id).not.toBe(id)
  })

  it('reads back as it was sent: item 0 is a step, heights are not rounded, NaN stays', () => {
    const rig = rigged()
    rig.upload(plan)
    rig.tell('MISSION_REQUEST_LIST', to)
    for (let seq = 0; seq < 3; seq++) rig.tell('MISSION_REQUEST_INT', { ...to, seq })
    const [first, step] = rig.of('MISSION_ITEM_INT')
    expect(first).toMatchObject({ command: CMD.NAV_TAKEOFF, frame: 6, param4: NaN })
    expect(step!.z).toBe(Math.fround(20.1234))
  })

  it('ignores an item that comes twice, without a word', () => {
    const rig = rigged()
    rig.tell('MISSION_COUNT', count(3))
    rig.sendItem(plan[0]!, 0)
    expect(rig.sendItem(plan[0]!, 0)).toEqual([])
    expect(ackOf(rig.sendItem(plan[1]!, 1))).toBeUndefined()
    expect(ackOf(rig.sendItem(plan[2]!, 2))?.type).toBe(0)
  })

  it('repeats its acceptance with the id when the last item comes again', () => {
    const rig = rigged()
    rig.upload(plan)
    const id = rig.of('MISSION_ACK')[0]!.opaque_id
    expect(ackOf(rig.sendItem(plan[2]!, 2))).toMatchObject({ type: 0, opaque_id: id })
    expect(ackOf(rig.sendItem(plan[1]!, 1))).toBeUndefined()
  })

  it('leaves the old plan where the upload breaks off; asks four times a second and gives up after five', () => {
    const rig = rigged()
    rig.upload(plan)
    rig.tell('MISSION_COUNT', count(2))
    rig.sendItem({ command: CMD.NAV_WAYPOINT, at, heightM: 99 }, 0)
    const asked = rig.of('MISSION_REQUEST_INT').length
    rig.wait(2000)
    expect(rig.of('MISSION_REQUEST_INT').length - asked).toBe(8)
    expect(ackOf(rig.tell('MISSION_COUNT', count(2)))?.type).toBe(1)
    rig.wait(4000)
    expect(rig.drone.vehicle.transfer.receiving).toBe(null)
    expect(rig.drone.vehicle.transfer.plans[0]).toHaveLength(3)
    expect(rig.tell('MISSION_COUNT', count(2))[0]).toMatchObject({ name: 'MISSION_REQUEST', fields: { seq: 0 } })
  })

  it('ends when the station cancels it, and changes the kind of request when the station does not know it', () => {
    const rig = rigged()
    rig.tell('MISSION_COUNT', count(2))
    expect(rig.tell('MISSION_ACK', { ...to, type: 3, opaque_id: 0 })[0]!.name).toBe('MISSION_REQUEST_INT')
    expect(rig.tell('MISSION_ACK', { ...to, type: 3, opaque_id: 0 })[0]!.name).toBe('MISSION_REQUEST')
    rig.tell('MISSION_ACK', { ...to, type: 15, opaque_id: 0 })
    expect(rig.drone.vehicle.transfer.receiving).toBe(null)
  })

  it('is given item by item: a request out of turn ends the download', () => {
    const rig = rigged()
    rig.upload(plan)
    rig.tell('MISSION_REQUEST_LIST', to)
    rig.tell('MISSION_REQUEST_INT', { ...to, seq: 0 })
    expect(rig.tell('MISSION_REQUEST_INT', { ...to, seq: 0 })[0]!.name).toBe('MISSION_ITEM_INT')
    expect(ackOf(rig.tell('MISSION_REQUEST_INT', { ...to, seq: 2 }))?.type).toBe(1)
    expect(rig.tell('MISSION_REQUEST_INT', { ...to, seq: 1 })).toEqual([])
  })
})

describe('a fence of PX4', () => {
  const square = (eM: number): TestItem[] =>
    [
      [-100, -100],
      [100, -100],
      [100, 100],
      [-100, 100],
    ].map(([e, n]) => ({
      command: FENCE.inclusionVertex,
      at: moved(TEST_HOME, e! + eM, n!),
      p: [4, 0, 0, 0] as const,
      frame: 5,
    }))
  const put = (rig: Rig, items: readonly TestItem[]): number | undefined => {
    rig.tell('MISSION_COUNT', count(items.length, 1))
    let last: ReturnType<typeof ackOf>
    for (const [seq, item] of items.entries()) last = ackOf(rig.sendItem(item, seq, undefined, 1))
    return last?.type
  }
  it('is accepted around home, has an id of its own, and is no part of the mission', () => {
    const rig = rigged()
    rig.upload(plan)
    expect(put(rig, square(0))).toBe(0)
    expect(rig.drone.vehicle.transfer.plans[0]).toHaveLength(3)
    rig.wait(1200)
    const current = rig.of('MISSION_CURRENT').at(-1)!
    expect(current.fence_id).not.toBe(0)
    expect(current.fence_id).not.toBe(current.mission_id)
  })
  it('is refused where home is outside, and where a polygon is not whole', () => {
    const rig = rigged()
    expect(put(rig, square(500))).toBe(1)
    expect(put(rig, square(0).slice(0, 3))).toBe(1)
    expect(rig.drone.vehicle.transfer.plans[1]).toEqual([])
  })
})
