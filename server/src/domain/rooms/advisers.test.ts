import { describe, expect, it } from 'vitest'
import type { Seat } from '@skerry/contract'
import { NOW_MS } from '../test-kit.ts'
import { decideGuest, guestEntered } from './advisers.ts'
import { mayRead } from './members.ts'
import { CHEN, LIN, WANG, fireTown } from './room-kit.ts'

const DOCTOR: Seat = { id: 'seat-dr', role: 'adviser', name: '值班医生', account: 'dr' }
const UNIT: Seat = { id: 'seat-u', role: 'unit', name: '普陀-101 车载', account: 'u101', unitId: '101' }

function town() {
  const fire = fireTown()
  fire.staff.set('dr', { name: DOCTOR.name, role: 'adviser' })
  const invite = (minutes = 60, account = 'dr', adviser = 'doctor') =>
    fire.give(LIN, { type: 'room.invite', incidentId: fire.incidentId, account, adviser, minutes })
  const guest = (mayWrite: boolean, id = 'g1') => {
    const asked = { id, label: '民安救援队', mayWrite, minutes: 30 }
    const done = decideGuest(fire.picture, fire.incidentId, asked, { nowMs: fire.nowMs() })
    if (done.ok) fire.apply(done.value)
    return { id, role: 'guest', name: asked.label } satisfies Seat
  }
  return { ...fire, invite, guest }
}

describe('an adviser', () => {
  it('is brought in for a time, takes part, and goes when it is over', () => {
    const fire = town()
    expect(fire.say(DOCTOR, '有什么可以帮忙')).toBe('not-a-member')
    fire.invite(30)
    expect(fire.member('seat:dr')).toMatchObject({ kind: 'adviser', adviser: 'doctor', untilMs: NOW_MS + 1_800_000 })
    fire.say(DOCTOR, '先看呼吸')
    expect(fire.message(1).from).toEqual({ key: 'seat:dr', name: '值班医生' })
    expect(
      fire.give(DOCTOR, { type: 'room.check', incidentId: fire.incidentId, itemId: 'people', as: 'done' }),
    ).not.toBe('not-a-member')
    fire.pass(1_800_000 - 1)
    fire.tick()
    expect(fire.here()).toContain('seat:dr')
    fire.pass(1)
    fire.tick()
    expect(fire.here()).not.toContain('seat:dr')
    expect(fire.say(DOCTOR, '还有一点')).toBe('not-a-member')
    expect(fire.log.at(-1)).toMatchObject({ type: 'room.left', key: 'seat:dr', reason: 'time-over' })
  })
  it('may be given more time, or sent away', () => {
    const fire = town()
    fire.invite(10)
    fire.pass(300_000)
    fire.invite(10)
    expect(fire.member('seat:dr').untilMs).toBe(NOW_MS + 900_000)
    fire.give(LIN, { type: 'room.remove', incidentId: fire.incidentId, key: 'seat:dr', reason: '已谢谢' })
    expect(fire.here()).not.toContain('seat:dr')
  })
  it('is somebody of the staff, for something that the dictionary knows', () => {
    const fire = town()
    expect(fire.invite(10, 'nobody')).toBe('unknown-account')
    expect(fire.invite(10, 'dr', 'astrologer')).toBe('unknown-adviser')
    fire.staff.set('lin', { name: LIN.name, role: 'dispatcher' })
    expect(fire.invite(10, 'lin')).toEqual([]) // in the room by what she does: her stay has no end
    expect(fire.member('seat:lin')).toMatchObject({ kind: 'seat', untilMs: null })
  })
})

describe('a guest', () => {
  it('writes only where it may, and answers a roll-call only once it has come', () => {
    const fire = town()
    const [reads, writes] = [fire.guest(false, 'g1'), fire.guest(true, 'g2')]
    expect(fire.say(reads, '看到了')).toBe('not-a-member')
    fire.say(writes, '两艘艇已出发')
    expect(fire.message(1).from).toEqual({ key: 'guest:g2', name: '民安救援队' })
    const roll = () => {
      fire.give(LIN, { type: 'room.call-roll', incidentId: fire.incidentId, withinS: 60 })
      return fire.room().rollCall?.owed ?? []
    }
    fire.say(CHEN, '在')
    expect(roll()).not.toContain('guest:g2')
    fire.apply(guestEntered(fire.picture, fire.incidentId, writes))
    fire.apply(guestEntered(fire.picture, fire.incidentId, reads))
    expect(guestEntered(fire.picture, fire.incidentId, writes)).toEqual([])
    expect(roll().toSorted()).toEqual(['guest:g2', 'seat:chen'])
    expect(fire.give(writes, { type: 'room.answer-roll', incidentId: fire.incidentId })).not.toBeTypeOf('string')
  })
  it('has receipts of its own also where it only reads', () => {
    const fire = town()
    const reads = fire.guest(false)
    fire.say(LIN, '请知悉')
    fire.give(reads, { type: 'room.receive', incidentId: fire.incidentId, deliveredTo: 1, readTo: 1 })
    expect(fire.member('guest:g1').read).toMatchObject([{ to: 1, name: '民安救援队' }])
  })
  it('is gone after its time, with the room, and when it is shown out', () => {
    const fire = town()
    const seat = fire.guest(true)
    expect(mayRead(fire.picture, fire.incidentId, seat)).toBe(true)
    fire.pass(1_800_000)
    fire.tick()
    expect(mayRead(fire.picture, fire.incidentId, seat)).toBe(false)
    const other = fire.guest(true, 'g2')
    fire.give(LIN, { type: 'incident.close', incidentId: fire.incidentId, outcome: '扑灭' })
    expect(mayRead(fire.picture, fire.incidentId, other)).toBe(false)
  })
})

describe('a unit’s own seat', () => {
  it('is its unit: it speaks under the call sign, answers for it and reports for it', () => {
    const fire = town()
    expect(fire.say(UNIT, '在路上')).toBe('not-a-member')
    fire.send('101')
    fire.say(UNIT, '在路上')
    expect(fire.message(1).from).toEqual({ key: 'unit:101', name: '普陀-101' })
    fire.give(UNIT, { type: 'unit.report', incidentId: fire.incidentId, kind: 'on-scene' })
    expect(fire.only('incident').state).toBe('on-scene')
    expect(fire.give(WANG, { type: 'unit.report', incidentId: fire.incidentId, kind: 'on-scene' })).toBe('no-unit-seat')
    expect(
      fire.give({ ...UNIT, unitId: '102' }, { type: 'unit.report', incidentId: fire.incidentId, kind: 'on-scene' }),
    ).toBe('unit-not-assigned')
  })
  it('reads its room while it is in it, and after the close what it was in', () => {
    const fire = town()
    const reads = () => mayRead(fire.picture, fire.incidentId, UNIT)
    expect(reads()).toBe(false)
    fire.send('101')
    expect(reads()).toBe(true)
    fire.give(LIN, { type: 'incident.release', incidentId: fire.incidentId, unitId: '101' })
    expect(reads()).toBe(false)
    fire.send('101')
    fire.give(LIN, { type: 'incident.close', incidentId: fire.incidentId, outcome: '扑灭' })
    expect(reads()).toBe(true)
  })
})
