import { describe, expect, it } from 'vitest'
import { NOW_MS } from '../test-kit.ts'
import { CHEN, LIN, WANG, fireTown } from './room-kit.ts'

describe('a checklist', () => {
  const check = (town: ReturnType<typeof fireTown>, itemId: string, as: 'open' | 'done' | 'skipped', reason?: string) =>
    town.give(LIN, {
      type: 'room.check',
      incidentId: town.incidentId,
      itemId,
      as,
      ...(reason === undefined ? {} : { reason }),
    })
  const item = (town: ReturnType<typeof fireTown>, id: string) => town.room().checklist.find((one) => one.id === id)

  it('is ticked with who and when, and opened again without a trace on it', () => {
    const town = fireTown()
    town.pass(5000)
    check(town, 'people', 'done')
    expect(item(town, 'people')).toMatchObject({ state: 'done', by: { name: '值班 Lin' }, atMs: NOW_MS + 5000 })
    expect(check(town, 'people', 'done')).toEqual([])
    check(town, 'people', 'open')
    expect(item(town, 'people')).toMatchObject({ state: 'open', by: null, atMs: null })
  })
  it('has no point skipped without a reason, and none that it does not have', () => {
    const town = fireTown()
    expect(check(town, 'water', 'skipped')).toBe('reason-needed')
    expect(check(town, 'water', 'skipped', ' ')).toBe('reason-needed')
    expect(check(town, 'moon', 'done')).toBe('unknown-checklist-item')
    check(town, 'water', 'skipped', '自带水罐')
    expect(item(town, 'water')).toMatchObject({ state: 'skipped', reason: '自带水罐' })
  })
  it('is for members, and brings in whoever answers for incidents', () => {
    const town = fireTown()
    const tick = { type: 'room.check', incidentId: town.incidentId, itemId: 'people', as: 'done' } as const
    expect(town.give(WANG, tick)).toBe('not-a-member')
    town.give(CHEN, tick)
    expect(town.here()).toContain('seat:chen')
  })
  it('changes with the category: what was done stays, what was open and is not of it goes', () => {
    const town = fireTown()
    check(town, 'people', 'done')
    check(town, 'ambulance', 'done')
    town.give(LIN, {
      type: 'incident.classify',
      incidentId: town.incidentId,
      category: 'medical',
      level: 'urgent',
      reason: '无明火',
    })
    const ids = town.room().checklist.map(({ id, state }) => `${id} ${state}`)
    expect(ids).toContain('ambulance done')
    expect(ids).toContain('aed open')
    expect(ids).toContain('people done')
    expect(ids).not.toContain('water open')
  })
})

describe('a roll-call', () => {
  const call = (town: ReturnType<typeof fireTown>, withinS = 60) =>
    town.give(LIN, { type: 'room.call-roll', incidentId: town.incidentId, withinS })
  const answer = (town: ReturnType<typeof fireTown>, seat = CHEN, forKey?: `unit:${string}`) =>
    town.give(seat, {
      type: 'room.answer-roll',
      incidentId: town.incidentId,
      ...(forKey === undefined ? {} : { forKey }),
    })

  it('is answered by everyone but whoever calls it, and is over with the last answer', () => {
    const town = fireTown()
    expect(call(town)).toBe('nothing-owed')
    town.send('101')
    town.say(CHEN, '在')
    expect(answer(town)).toBe('no-roll-call')
    call(town)
    expect(town.room().rollCall).toMatchObject({ number: 1, dueAtMs: NOW_MS + 60_000 })
    expect(town.room().rollCall!.owed).toEqual(['seat:seat-d', 'unit:101', 'seat:chen'])
    expect(answer(town, WANG)).toBe('not-a-member')
    answer(town)
    town.terminal('101', 'en-route')
    expect(town.room().rollCall).toMatchObject({ endedAtMs: null })
    answer(town, LIN, 'seat:seat-d' as never)
    expect(town.room().rollCall!.endedAtMs).toBe(NOW_MS)
    town.pass(61_000)
    town.tick()
    expect(town.alarms()).toEqual([])
  })
  it('that somebody does not answer in time is an alarm with their names, until they do', () => {
    const town = fireTown()
    town.send('101')
    town.send('102')
    call(town)
    answer(town, LIN, 'seat:seat-d' as never)
    town.pass(60_001)
    town.tick()
    expect(town.log.find(({ type }) => type === 'room.roll-ended')).toMatchObject({ missing: ['unit:101', 'unit:102'] })
    expect(town.alarms()).toMatchObject([{ kind: 'roll-call-unanswered', detail: '#1 普陀-101, 普陀-102' }])
    answer(town, LIN, 'unit:101')
    expect(town.alarms()).toHaveLength(1)
    town.terminal('102', 'text', '在三楼')
    expect(town.alarms()).toEqual([])
  })
  it('called anew ends the alarm about the last one', () => {
    const town = fireTown()
    town.send('101')
    call(town)
    town.pass(60_001)
    town.tick()
    expect(town.alarms()).toHaveLength(1)
    call(town)
    expect(town.alarms()).toEqual([])
    expect(town.room().rollCall).toMatchObject({ number: 2, answers: {} })
  })
  it('does not wait for whoever has left', () => {
    const town = fireTown()
    town.send('101')
    call(town)
    answer(town, LIN, 'seat:seat-d' as never)
    town.give(LIN, { type: 'incident.release', incidentId: town.incidentId, unitId: '101' })
    expect(town.room().rollCall!.endedAtMs).not.toBeNull()
  })
})
