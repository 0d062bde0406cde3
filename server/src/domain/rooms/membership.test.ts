import { DEFAULT_DICTIONARY, type DomainEvent } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { declareDictionary } from '../dictionary/dictionary.ts'
import { COORDINATOR, REPORT, SETUP } from '../test-kit.ts'
import { decideIncidentReport } from '../incidents/report.ts'
import { roomFollows, signedOut } from './keep.ts'
import { CHEN, LIN, WANG, fireTown } from './room-kit.ts'

const lastOf = (log: readonly DomainEvent[], type: string) => log.filter((event) => event.type === type).at(-1)

describe('the room of an incident', () => {
  it('opens with it, with the checklist of its category, its desk and whoever took the call', () => {
    const town = fireTown()
    expect(town.room()).toMatchObject({ state: 'open', lastNumber: 0 })
    expect(town.room().checklist.map(({ id }) => id)).toContain('fire-service')
    expect(town.here()).toEqual(['seat:lin', 'desk:dispatcher'])
  })
  it('opens for a call that a feed brought, and not for one that was over before it came', () => {
    const town = fireTown()
    const call = {
      externalId: 'a',
      category: 'fire',
      priority: 'notice' as const,
      position: REPORT.position,
      place: '',
      occurredAtMs: town.nowMs(),
      text: '',
    }
    for (const closed of [undefined, { atMs: town.nowMs(), outcome: '已处置' }]) {
      const report = { ...call, externalId: String(closed?.atMs), ...(closed === undefined ? {} : { closed }) }
      const done = decideIncidentReport(town.picture, report, { nowMs: town.nowMs(), newId: town.newId, feed: '110' })
      if (done.ok) town.apply(done.value)
      town.follow()
      expect(town.picture.room.has(town.only('incident').id)).toBe(closed === undefined)
    }
  })
  it('opens for an incident from before there were rooms', () => {
    const town = fireTown()
    town.picture.room.delete(town.incidentId)
    expect(roomFollows(town.picture, town.incidentId)).toMatchObject([{ type: 'room.opened' }])
  })
  it('has the units that go, and not those that were asked and have said nothing', () => {
    const town = fireTown()
    town.give(LIN, { type: 'incident.offer', incidentId: town.incidentId, unitIds: ['101'] })
    expect(town.here()).not.toContain('unit:101')
    town.terminal('101', 'en-route')
    expect(town.here()).toContain('unit:101')
    town.give(LIN, { type: 'incident.release', incidentId: town.incidentId, unitId: '101' })
    expect(town.here()).not.toContain('unit:101')
    expect(lastOf(town.log, 'room.left')).toMatchObject({ key: 'unit:101', reason: 'rule' })
  })
  it('has the superiors of a critical incident as soon as somebody is sent, and the search’s coordinators and pilots', () => {
    const town = fireTown({ category: 'missing-person', priority: 'critical', subject: REPORT.subject })
    expect(town.here()).not.toContain('desk:coordinator')
    town.send('101')
    expect(town.here()).toContain('desk:coordinator')
    expect(town.member('desk:coordinator').rule).toBe('superiors')
    town.give(LIN, { type: 'incident.release', incidentId: town.incidentId, unitId: '101' })
    expect(town.here()).not.toContain('desk:coordinator')
    town.see('main-1')
    town.give(CHEN, { type: 'search.open', incidentId: town.incidentId, setup: SETUP })
    expect(town.member('desk:coordinator')).toMatchObject({ leftAtMs: null, rule: 'search-coordinators' })
    expect(town.here()).toContain('seat:chen') // opened the search
    const searchId = town.only('search').id
    town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 50 })
    town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
    const taskId = town.only('task').id
    town.give(COORDINATOR, { type: 'task.offer', taskId })
    expect(town.here()).not.toContain('seat:wang')
    town.give(WANG, { type: 'task.accept', taskId })
    expect(town.here()).toContain('seat:wang')
  })
  it('is joined by whoever takes a hand in the incident, once, and left when their last workplace is', () => {
    const town = fireTown()
    town.give(CHEN, { type: 'incident.note', incidentId: town.incidentId, text: '家属在场' })
    town.give(CHEN, { type: 'incident.note', incidentId: town.incidentId, text: '另有一人' })
    expect(town.log.filter((event) => event.type === 'room.joined' && event.key === 'seat:chen')).toHaveLength(1)
    town.apply(signedOut(town.picture, 'chen'))
    expect(town.here()).toEqual(['seat:lin', 'desk:dispatcher'])
    expect(signedOut(town.picture, 'chen')).toEqual([])
  })
  it('takes nobody out whom a rule brings, and whoever else with a reason', () => {
    const town = fireTown()
    town.send('101')
    const remove = { type: 'room.remove', incidentId: town.incidentId, reason: '已无关' } as const
    expect(town.give(LIN, { ...remove, key: 'unit:101' })).toBe('held-by-rule')
    expect(town.give(LIN, { ...remove, key: 'unit:103' })).toBe('not-a-member')
    town.say(CHEN, '我看着')
    town.give(LIN, { ...remove, key: 'seat:chen' })
    expect(lastOf(town.log, 'room.left')).toMatchObject({ reason: 'removed', text: '已无关' })
  })
  it('goes by the rules of the agency, from the moment they are declared', () => {
    const town = fireTown()
    const own = [{ ...DEFAULT_DICTIONARY.roomRules[1]!, id: 'only-units' }]
    town.apply(declareDictionary(town.picture, { ...DEFAULT_DICTIONARY, roomRules: own }))
    town.send('102')
    town.give(CHEN, { type: 'incident.note', incidentId: town.incidentId, text: '不自动加入' })
    expect(town.here()).toEqual(['unit:102'])
  })
  it('closes with the incident, is written no more, and leaves the live picture after its time', () => {
    const town = fireTown()
    town.say(LIN, '收到', true)
    town.give(LIN, { type: 'incident.close', incidentId: town.incidentId, outcome: '扑灭' })
    expect(town.room()).toMatchObject({ state: 'closed', unacknowledged: [] })
    expect(town.here()).toEqual([])
    expect(town.say(LIN, '还有')).toBe('room-closed')
    town.pass(24 * 3_600_000)
    town.tick()
    expect(town.picture.room.size).toBe(1)
    town.pass(1)
    town.tick()
    expect([town.picture.room.size, town.picture.member.size, town.picture.message.size]).toEqual([0, 0, 0])
  })
})
