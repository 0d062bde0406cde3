import type { DomainEvent, TimelineLine } from '@skerry/contract'
import { expect, it } from 'vitest'
import { createWords } from '../i18n/i18n.ts'
import type { Translate } from '../i18n/words.ts'
import { emptyPicture } from '../stores/apply-changes.ts'
import { actorText, timelineText } from './timeline-text.ts'

const english = createWords('en')
const t: Translate = (key, named) => english.global.t(key, named ?? {})
const names = {
  ...emptyPicture(),
  unit: new Map([['u1', { callSign: 'PT-101' }]]),
  task: new Map([['t1', { number: 4 }]]),
} as unknown as Parameters<typeof timelineText>[1]
const say = (event: unknown): string => timelineText(event as DomainEvent, names, t, 'en')

it('says what happened with the names people use', () => {
  expect(say({ type: 'incident.assigned', incidentId: 'i', unitId: 'u1', assignment: {} })).toBe('PT-101 sent')
  expect(say({ type: 'task.refused', taskId: 't1', reason: 'wind' })).toBe('Task 4 refused: wind')
  expect(say({ type: 'search.map-changed', searchId: 's', pos: 0.2314, restOfWorld: 0 })).toBe(
    'Map updated, POS so far 23.1 %',
  )
})
it('says what a candidate did to the map, and an assumption', () => {
  const change = { number: 2, kind: 'candidate-raised', about: '3', movedShare: 0.0631 }
  const moved = { type: 'search.map-changed', searchId: 's', pos: 0.2, restOfWorld: 0 }
  expect(say({ ...moved, change: { ...change, probability: { before: null, after: 0.064 } } })).toBe(
    'Candidate 3 entered the map (– → 6.4 % the person): 6.3 % of the probability moved',
  )
  expect(say({ ...moved, change: { ...change, kind: 'sighting-added' } })).toBe(
    'Sighting or clue 3 entered: 6.3 % of the probability moved',
  )
})
it('says reasons in words, and keeps those that a person typed', () => {
  const failed = { type: 'task.start-failed', taskId: 't1', reason: 'command-failed@arm: Arm: Leaning' }
  expect(say(failed)).toBe(
    'Task 4 could not start: Arming: the aircraft could not do it (it does not stand level: put it level and try again (“Arm: Leaning”))',
  )
  expect(say({ type: 'task.withdrawn', taskId: 't1', reason: 'fog is coming' })).toBe('Task 4 withdrawn: fog is coming')
})
it('says what a take-off did not wait for, and why', () => {
  const behind = { taskId: 't9', number: 9, droneId: 'main-2' }
  const despiteWait = { wait: { kind: 'apart', untilMs: 5, behind }, reason: 'it is far away' }
  expect(say({ type: 'task.starting', taskId: 't1', commandId: 'c', despiteWait })).toBe(
    'Task 4 took off without waiting for main-2: it is far away',
  )
  expect(say({ type: 'task.starting', taskId: 't1', commandId: 'c' })).toContain('Task 4')
})
it('says why an alarm ended that did not end by itself', () => {
  expect(say({ type: 'alarm.cleared', alarmId: 'a9' })).toBe('Alarm cleared: a9')
  expect(say({ type: 'alarm.cleared', alarmId: 'a9', because: 'off-duty' })).toBe(
    'Alarm cleared: a9 · the unit went off duty',
  )
})
it('names a category and a level as the agency does', () => {
  const event = {
    type: 'incident.classified',
    category: 'crowd',
    level: 'urgent',
    priority: 'warning',
    reason: 'it grows',
  }
  expect(say(event)).toBe('Now Urgent, Crowd: it grows')
})
it('falls back to the id of what it does not know', () => {
  expect(say({ type: 'task.done', taskId: 't9' })).toBe('Task t9 done')
})
it('adds what a unit said to what it reported', () => {
  const report = { unitId: 'u1', incidentId: 'i', atMs: 0, kind: 'on-scene', text: 'two people' }
  expect(say({ type: 'unit.reported', report })).toBe('PT-101 reports: on scene · two people')
})
it('says that a desk heard a report by radio', () => {
  const report = { unitId: 'u1', incidentId: 'i', atMs: 0, kind: 'feedback', text: 'fire is out' }
  expect(say({ type: 'unit.reported', report, byRadio: true })).toBe('PT-101 by radio: feedback · fire is out')
})
it('says what stood there before a correction, and what a source holds against one', () => {
  const [changes, before] = [
    { position: [122.2, 30], text: 'three cars' },
    { position: [122.1, 30], text: 'two cars' },
  ]
  expect(say({ type: 'incident.corrected', incidentId: 'i', changes, before })).toBe(
    'Corrected: position 30.00000 N 122.10000 E → 30.00000 N 122.20000 E · text “two cars” → “three cars”',
  )
  const updated = { changes: { place: 'Putuo' }, kept: { text: 'four cars' }, sourceAtMs: null }
  expect(say({ type: 'incident.updated', incidentId: 'i', ...updated })).toBe(
    'Its source changed: place · text said to be “four cars” (the correction holds)',
  )
})
it('names who did it', () => {
  const line = (actor: unknown): TimelineLine => ({ actor }) as TimelineLine
  expect(actorText(line({ kind: 'seat', seat: { name: 'Li', role: 'pilot' } }), t)).toBe('Li (Pilot)')
  expect(actorText(line({ kind: 'bridge', bridge: 'main' }), t)).toBe('main')
})
