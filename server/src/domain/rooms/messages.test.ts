import { describe, expect, it } from 'vitest'
import { DISPATCHER, NOW_MS, PILOT } from '../test-kit.ts'
import { CHEN, LIN, WANG, fireTown } from './room-kit.ts'

describe('messages', () => {
  it('have numbers without gaps, and the name of whoever speaks', () => {
    const town = fireTown()
    town.say(LIN, '一号楼')
    town.say(CHEN, '收到')
    expect([town.message(1), town.message(2)]).toMatchObject([
      { number: 1, text: '一号楼', from: { key: 'seat:lin', name: '值班 Lin' } },
      { number: 2, from: { key: 'seat:chen', name: '协调 Chen' } },
    ])
    expect(town.room().lastNumber).toBe(2)
  })
  it('are not for those who are not in the room and do not answer for incidents', () => {
    const town = fireTown()
    expect(town.say(WANG, '我也说一句')).toBe('not-a-member')
    expect(town.give(WANG, { type: 'room.receive', incidentId: town.incidentId, deliveredTo: 1, readTo: 1 })).toBe(
      'not-a-member',
    )
    expect(town.give(PILOT, { type: 'room.say', incidentId: 'none', text: 'x', urgent: false })).toBe('unknown-room')
  })
  it('come from a unit’s own terminal, as what it reports', () => {
    const town = fireTown()
    town.send('101')
    town.terminal('101', 'on-scene', '浓烟，二楼有人')
    expect(town.message(1)).toMatchObject({ from: { key: 'unit:101', name: '普陀-101' }, text: '浓烟，二楼有人' })
  })
})

describe('receipts', () => {
  const receive = (town: ReturnType<typeof fireTown>, seat = LIN, deliveredTo = 9, readTo = 0) =>
    town.give(seat, { type: 'room.receive', incidentId: town.incidentId, deliveredTo, readTo })

  it('are kept per member with their time: delivered, then read, never back', () => {
    const town = fireTown()
    town.say(CHEN, '一')
    town.say(CHEN, '二')
    town.pass(1000)
    receive(town, LIN, 2, 1)
    expect(town.member('seat:lin')).toMatchObject({
      delivered: [{ to: 2, atMs: NOW_MS + 1000, name: '值班 Lin' }],
      read: [{ to: 1, atMs: NOW_MS + 1000 }],
    })
    town.pass(1000)
    expect(receive(town, LIN, 1, 1)).toEqual([])
    receive(town, LIN, 2, 2)
    expect(town.member('seat:lin').read.map(({ to }) => to)).toEqual([1, 2])
  })
  it('count for the desk too: one who sits there has it for all', () => {
    const town = fireTown()
    town.say(CHEN, '一')
    receive(town, DISPATCHER, 1, 1)
    expect(town.member('desk:dispatcher').read).toMatchObject([{ to: 1, name: '调度员' }])
    expect(town.member('seat:lin').read).toEqual([])
  })
  it('go no further than what was said, and what was read was delivered', () => {
    const town = fireTown()
    town.say(CHEN, '一')
    receive(town, LIN, 0, 99)
    expect(town.member('seat:lin')).toMatchObject({ delivered: [{ to: 1 }], read: [{ to: 1 }] })
  })
  it('are there again for whoever comes back into the room', () => {
    const town = fireTown()
    town.send('101')
    town.say(LIN, '一')
    town.apply([
      { type: 'room.received', incidentId: town.incidentId, key: 'unit:101', name: '101', deliveredTo: 1, readTo: 1 },
    ])
    town.give(LIN, { type: 'incident.release', incidentId: town.incidentId, unitId: '101' })
    town.send('101')
    expect(town.member('unit:101').read).toMatchObject([{ to: 1 }])
  })
})

describe('an urgent message', () => {
  const acknowledge = (town: ReturnType<typeof fireTown>, seat = LIN, forKey?: `unit:${string}`) =>
    town.give(seat, {
      type: 'room.acknowledge',
      incidentId: town.incidentId,
      number: 1,
      ...(forKey === undefined ? {} : { forKey }),
    })

  it('is owed by everyone who is there but its author and their desk', () => {
    const town = fireTown()
    town.send('101')
    town.say(CHEN, '撤出', true)
    expect(town.message(1).owed).toEqual(['seat:lin', 'desk:dispatcher', 'seat:seat-d', 'unit:101'])
    expect(town.room().unacknowledged).toEqual([1])
  })
  it('is settled when all have acknowledged it, by hand or by radio, with who entered it', () => {
    const town = fireTown()
    town.send('101')
    town.say(CHEN, '撤出', true)
    acknowledge(town, LIN)
    acknowledge(town, DISPATCHER)
    expect(town.message(1).acknowledged['desk:dispatcher']).toMatchObject({ by: { name: '值班 Lin' }, byRadio: false })
    expect(acknowledge(town, CHEN)).toBe('nothing-owed')
    expect(acknowledge(town, WANG, 'unit:101')).toBe('not-a-member')
    acknowledge(town, LIN, 'unit:101')
    expect(town.message(1).acknowledged['unit:101']).toMatchObject({ by: { name: '值班 Lin' }, byRadio: true })
    expect(town.room().unacknowledged).toEqual([])
  })
  it('raises an alarm that names those who are missing, and ends with the last of them, or when they leave', () => {
    const town = fireTown()
    town.send('101')
    town.say(LIN, '撤出', true)
    acknowledge(town, DISPATCHER)
    town.pass(120_000)
    town.tick()
    expect(town.alarms()).toEqual([])
    town.pass(1)
    town.tick()
    expect(town.alarms()).toMatchObject([
      { kind: 'message-unacknowledged', priority: 'warning', key: '1', detail: '#1 普陀-101' },
    ])
    town.give(LIN, { type: 'incident.release', incidentId: town.incidentId, unitId: '101' })
    town.tick()
    expect([town.room().unacknowledged, town.alarms()]).toEqual([[], []])
  })
  it('whose room closes asks nobody any more', () => {
    const town = fireTown()
    town.say(CHEN, '撤出', true)
    town.pass(200_000)
    town.tick()
    expect(town.alarms()).toHaveLength(1)
    town.give(LIN, { type: 'incident.close', incidentId: town.incidentId, outcome: '扑灭' })
    expect(town.alarms()).toEqual([])
  })
})
