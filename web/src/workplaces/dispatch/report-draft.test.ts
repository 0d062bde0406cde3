import type { Incident } from '@skerry/contract'
import { Command, DEFAULT_DICTIONARY } from '@skerry/contract'
import { expect, it } from 'vitest'
import { positionText } from '../../format/distance.ts'
import { fromFieldTime, newForm, toFieldTime, toReport as toReportOf, type ReportForm } from './report-draft.ts'

const NOW = Date.UTC(2026, 10, 22, 6, 0) // 14:00 in China
const toReport = (form: ReportForm, nowMs: number) => toReportOf(form, nowMs, DEFAULT_DICTIONARY)
const filled = (change: Partial<ReportForm> = {}): ReportForm => ({
  ...newForm(NOW, null, positionText, DEFAULT_DICTIONARY),
  position: '30.00000 N 122.39000 E',
  subjectCategory: 'dementia',
  description: 'grey jacket',
  ...change,
})

it('shows and reads times on a 24 h China clock', () => {
  expect(toFieldTime(NOW)).toBe('2026-11-22 14:00')
  expect(fromFieldTime('2026-11-22 14:00', NOW)).toBe(NOW)
})
it('takes a bare clock time as the last time it was so', () => {
  expect(fromFieldTime('9:30', NOW)).toBe(NOW - 4.5 * 3600e3)
  expect(fromFieldTime('23:00', NOW)).toBe(NOW - 15 * 3600e3)
  expect(fromFieldTime('25:00', NOW)).toBeNull()
  expect(fromFieldTime('soon', NOW)).toBeNull()
})
it('makes a command that the contract takes, with the subject at the last known place', () => {
  const report = toReport(filled({ lastKnownAt: '11:30', place: ' 普陀山 ' }), NOW)
  expect(report.ok).toBe(true)
  if (!report.ok) return
  const parsed = Command.parse({ ...report.draft, id: '3f0e7c5a-0000-4000-8000-000000000001' })
  expect(parsed).toMatchObject({
    place: '普陀山',
    position: [122.39, 30],
    subject: { category: 'dementia', lastKnownPosition: [122.39, 30], lastKnownAtMs: NOW - 2.5 * 3600e3 },
  })
})
it('sends no subject for anything but a missing person', () => {
  const report = toReport(filled({ category: 'fire', subjectCategory: '', description: '', lastKnownAt: '' }), NOW)
  expect(report).toMatchObject({ ok: true, draft: { category: 'fire', subject: null } })
})
it('sends the level that was chosen with its priority', () => {
  const report = toReport(filled({ category: 'help', level: 'enquiry' }), NOW)
  expect(report).toMatchObject({ ok: true, draft: { category: 'help', level: 'enquiry', priority: 'notice' } })
})
it('says what is missing, one thing at a time', () => {
  const fault = (change: Partial<ReportForm>): unknown => {
    const report = toReport(filled(change), NOW)
    return report.ok ? null : report.fault
  }
  expect(fault({ position: '' })).toBe('no-position')
  expect(fault({ lastKnownAt: 'x' })).toBe('no-time')
  expect(fault({ occurredAt: '2026-11-22 14:05' })).toBe('time-ahead')
  expect(fault({ occurredAt: '1970-01-01 08:00' })).toBe('occurred-long-ago')
  expect(fault({ lastKnownAt: '2025-11-22 09:00' })).toBe('last-known-long-ago')
  expect(fault({ subjectCategory: '' })).toBe('no-subject-category')
  expect(fault({ description: '  ' })).toBe('no-description')
})
it('takes place, time and words over from the call it came from', () => {
  const from = {
    position: [122.1, 30.1],
    place: '定海',
    text: 'call',
    occurredAtMs: NOW - 60_000,
  } as unknown as Incident
  expect(newForm(NOW, from, positionText, DEFAULT_DICTIONARY)).toMatchObject({
    position: '30.10000 N 122.10000 E',
    place: '定海',
    lastKnownAt: '2026-11-22 13:59',
    occurredAt: '2026-11-22 14:00',
  })
})
