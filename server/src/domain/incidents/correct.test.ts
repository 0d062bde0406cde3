import type { IncidentChange } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { DISPATCHER, HOME, NOW_MS, at, world } from '../test-kit.ts'
import { decideRoster } from '../units/roster.ts'
import { decideAlert } from './alert.ts'
import { decideDistress, type DistressCall } from './distress.ts'
import { decideNotice } from './notice.ts'

const UNITS = ['u1', 'u2'].map((id) => ({
  id,
  callSign: id,
  agency: '公安',
  kind: 'car' as const,
  skills: [],
  onDuty: true,
}))
const CALL = {
  externalId: 'A-1',
  category: 'traffic' as const,
  priority: 'warning' as const,
  position: HOME,
  place: '普陀',
  occurredAtMs: NOW_MS,
  text: '两车追尾',
}

/** An incident of a call centre. */
function town() {
  const t = world()
  const roster = decideRoster(t.picture, UNITS)
  if (roster.ok) t.apply(roster.value)
  const tell = (notice: typeof CALL | IncidentChange) => {
    const done = decideNotice(t.picture, notice, { nowMs: t.nowMs(), newId: t.newId, feed: '110' })
    if (done.ok) t.apply(done.value.events)
    return done.ok ? done.value.outcome : done.error.code
  }
  tell(CALL)
  const incidentId = t.only('incident').id
  return {
    ...t,
    tell,
    incidentId,
    correct: (changes: { position?: [number, number]; place?: string; text?: string }) =>
      t.give(DISPATCHER, { type: 'incident.correct', incidentId, ...changes }),
  }
}

describe('a correction by a seat', () => {
  it('changes the place, its name and the text, and keeps on record what stood there', () => {
    const t = town()
    t.correct({ position: at(900, 0), place: '定海', text: '三车追尾' })
    expect(t.only('incident')).toMatchObject({ position: at(900, 0), place: '定海', text: '三车追尾' })
    expect(t.log.findLast(({ type }) => type === 'incident.corrected')).toMatchObject({
      before: { position: HOME, place: '普陀', text: '两车追尾' },
    })
  })
  it('is one of what is different alone, and none where nothing is', () => {
    const t = town()
    t.correct({ position: HOME, place: '定海' })
    expect(t.log.findLast(({ type }) => type === 'incident.corrected')).toMatchObject({
      changes: { place: '定海' },
      before: { place: '普陀' },
    })
    expect(t.correct({ position: HOME, place: '定海', text: '两车追尾' })).toEqual([])
  })
  it('sends those who are on their way to the right place, and nobody who was sent somewhere of his own', () => {
    const t = town()
    t.give(DISPATCHER, { type: 'incident.offer', incidentId: t.incidentId, unitIds: ['u1'] })
    t.apply([
      {
        type: 'incident.assigned',
        incidentId: t.incidentId,
        unitId: 'u2',
        assignment: { incidentId: t.incidentId, destination: at(50, 50), candidateId: null, note: '#1 后山' },
      },
    ])
    t.correct({ position: at(900, 0), text: '三车追尾' })
    expect(t.picture.unit.get('u1')!.assignment).toMatchObject({ destination: at(900, 0), note: '三车追尾' })
    expect(t.picture.unit.get('u2')!.assignment).toMatchObject({ destination: at(50, 50), note: '#1 后山' })
  })
  it('is not taken back by its source, which is heard all the same when it says something new', () => {
    const t = town()
    t.correct({ position: at(900, 0) })
    expect(t.tell(CALL)).toBe('same')
    expect(t.tell({ externalId: 'A-1', position: at(0, 400), text: '三车' })).toBe('updated')
    expect(t.only('incident')).toMatchObject({ position: at(900, 0), text: '三车' })
    const said = t.log.findLast(({ type }) => type === 'incident.updated')
    expect(said).toMatchObject({ changes: { text: '三车' }, kept: { position: at(0, 400) } })
    expect(t.tell({ externalId: 'A-1', position: at(0, 400) })).toBe('same')
  })
  it('of a public warning is not taken back by its next message either', () => {
    const t = world()
    const tell = (identifier: string, sentMs: number, place: string) => {
      const { externalId: _id, ...report } = { ...CALL, place }
      const alert = { identifier, sentMs } as Parameters<typeof decideAlert>[1]['alert']
      const notice = { kind: 'update' as const, message: identifier, references: ['w1'], report, alert, note: null }
      const done = decideAlert(t.picture, notice, { nowMs: t.nowMs(), newId: t.newId, feed: 'cap' })
      if (done.ok) t.apply(done.value.events)
    }
    tell('w1', NOW_MS + 1, '普陀')
    t.give(DISPATCHER, { type: 'incident.correct', incidentId: t.only('incident').id, place: '定海' })
    tell('w2', NOW_MS + 2, '舟山')
    expect(t.only('incident').place).toBe('定海')
    expect(t.log.at(-1)).toMatchObject({ type: 'incident.updated', kept: { place: '舟山' } })
  })
  it('comes too late for a closed incident', () => {
    const t = town()
    t.give(DISPATCHER, { type: 'incident.close', incidentId: t.incidentId, outcome: '已处理' })
    expect(t.correct({ place: '定海' })).toBe('incident-closed')
  })
})

describe('a beacon that drifts', () => {
  const sea = () => {
    const t = world()
    const hear = (eastM: number, over: Partial<DistressCall> = {}) => {
      const call: DistressCall = {
        caller: 'ais-970123456',
        subject: { kind: 'vessel', id: '970123456' },
        category: 'vessel-distress',
        position: at(eastM, 0),
        place: '',
        text: 'SART',
        atMs: t.nowMs(),
        ...over,
      }
      const events = decideDistress(t.picture, call, { nowMs: t.nowMs(), newId: t.newId, feed: 'ais' })
      t.apply(events)
      return events.map(({ type }) => type)
    }
    hear(0)
    t.pass(60_000)
    return { ...t, hear }
  }
  it('takes its incident with it, more than a hundred metres at a time', () => {
    const t = sea()
    expect(t.hear(90)).toEqual([])
    expect(t.hear(150)).toEqual(['incident.updated'])
    expect(t.only('incident').position).toEqual(at(150, 0))
    expect(t.only('alarm').kind).toBe('distress-signal')
  })
  it('moves it once a minute at most, however fast it goes', () => {
    const t = sea()
    t.hear(150)
    t.pass(59_000)
    expect(t.hear(400)).toEqual([])
    t.pass(1000)
    expect(t.hear(400)).toEqual(['incident.updated'])
  })
  it('does not move what a person has corrected, what is over, or what it does not know', () => {
    const t = sea()
    expect(t.hear(150, { position: null })).toEqual([])
    t.give(DISPATCHER, { type: 'incident.correct', incidentId: t.only('incident').id, position: at(0, 500) })
    expect(t.hear(900)).toEqual([])
    const over = sea()
    over.give(DISPATCHER, { type: 'incident.close', incidentId: over.only('incident').id, outcome: '已救起' })
    expect(over.hear(900)).toEqual([])
  })
})
