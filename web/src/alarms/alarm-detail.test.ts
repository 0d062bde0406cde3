import { expect, it } from 'vitest'
import { createWords } from '../i18n/i18n.ts'
import { alarmDetail } from './alarm-detail.ts'

const english = createWords('en')
const t: Parameters<typeof alarmDetail>[1] = (key, named) => english.global.t(key, named ?? {})

it('says in words why an upload failed', () => {
  expect(alarmDetail({ kind: 'upload-failed', detail: '#3 main-1: mission-invalid-value: #2 z' }, t)).toBe(
    '#3 main-1: the aircraft does not accept a value of the plan (#2 z)',
  )
})
it('leaves the addresses, names and numbers of other alarms as they are', () => {
  expect(alarmDetail({ kind: 'duplicate-system-id', detail: 'main-1: 10.0.0.2:14550' }, t)).toBe(
    'main-1: 10.0.0.2:14550',
  )
  expect(alarmDetail({ kind: 'upload-failed', detail: '#3 main-1' }, t)).toBe('#3 main-1')
})
it('says how close two drones are predicted to come, and that a height is not known', () => {
  expect(alarmDetail({ kind: 'predicted-conflict', detail: '12 5' }, t)).toBe('closest: 12 m across, 5 m in height')
  expect(alarmDetail({ kind: 'predicted-conflict', detail: '12 ?' }, t)).toBe('closest: 12 m across, height unknown')
})
it('says in words which alarm of a vehicle terminal it is, and leaves a code that it does not know', () => {
  expect(alarmDetail({ kind: 'terminal-alarm', detail: '危运-3 · route-deviation' }, t)).toBe('危运-3 · off its route')
  expect(alarmDetail({ kind: 'terminal-alarm', detail: '危运-3 · bit-40' }, t)).toBe('危运-3 · bit-40')
})
