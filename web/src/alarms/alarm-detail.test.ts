import { expect, it } from 'vitest'
import { createWords } from '../i18n/i18n.ts'
import { alarmDetail } from './alarm-detail.ts'

const english = createWords('en')
const t: Parameters<typeof alarmDetail>[2] = (key, named) => english.global.t(key, named ?? {})

it('says in words why an upload failed', () => {
  expect(alarmDetail({ kind: 'upload-failed', detail: '#3 main-1: mission-invalid-value: #2 z' }, 'en', t)).toBe(
    '#3 main-1: the aircraft does not accept a value of the plan (#2 z)',
  )
})
it('leaves the addresses, names and numbers of other alarms as they are', () => {
  expect(alarmDetail({ kind: 'duplicate-system-id', detail: 'main-1: 10.0.0.2:14550' }, 'en', t)).toBe(
    'main-1: 10.0.0.2:14550',
  )
  expect(alarmDetail({ kind: 'upload-failed', detail: '#3 main-1' }, 'en', t)).toBe('#3 main-1')
})
it('says how close two drones are predicted to come, and that a height is not known', () => {
  expect(alarmDetail({ kind: 'predicted-conflict', detail: '12 5' }, 'en', t)).toBe(
    'closest: 12 m across, 5 m in height',
  )
  expect(alarmDetail({ kind: 'predicted-conflict', detail: '12 ?' }, 'en', t)).toBe(
    'closest: 12 m across, height unknown',
  )
})
it('says in words which alarm of a vehicle terminal it is, and leaves a code that it does not know', () => {
  expect(alarmDetail({ kind: 'terminal-alarm', detail: '危运-3 · route-deviation' }, 'en', t)).toBe(
    '危运-3 · off its route',
  )
  expect(alarmDetail({ kind: 'terminal-alarm', detail: '危运-3 · bit-40' }, 'en', t)).toBe('危运-3 · bit-40')
})
it('says who sent a safety text, to whom, and what it says', () => {
  expect(alarmDetail({ kind: 'safety-text', detail: 'HAI YUN 7|412345678||ENGINE FAILED' }, 'en', t)).toBe(
    'HAI YUN 7 · MMSI 412345678 to all ships: “ENGINE FAILED”',
  )
  const detail = '|412345678|002470052|NEED TUG'
  expect(alarmDetail({ kind: 'safety-text', detail }, 'en', t)).toBe('MMSI 412345678 to MMSI 002470052: “NEED TUG”')
  const chinese = createWords('zh')
  expect(alarmDetail({ kind: 'safety-text', detail }, 'zh', (key, named) => chinese.global.t(key, named ?? {}))).toBe(
    'MMSI 412345678 致 MMSI 002470052：“NEED TUG”',
  )
  expect(alarmDetail({ kind: 'safety-text', detail: '▇▇▇' }, 'en', t)).toBe('▇▇▇')
})
it('names a checkpoint in the language of the screen, and says by how much a surge stands out', () => {
  const surge = { kind: 'checkpoint-surge', detail: '三江|Sanjiang|out|persons|900|310|24' } as const
  expect(alarmDetail(surge, 'en', t)).toBe('Sanjiang, persons off the island: 900 in the last hour, usually 310')
  const chinese = createWords('zh')
  expect(alarmDetail(surge, 'zh', (key, named) => chinese.global.t(key, named ?? {}))).toBe(
    '三江 出岛人：近一小时 900，往常 310',
  )
  expect(alarmDetail({ kind: 'checkpoint-silent', detail: '三江|Sanjiang' }, 'en', t)).toBe('Sanjiang')
})
it('says which line has too few places, where it is one of several', () => {
  const detail = '三江|Sanjiang|240|120'
  const ends = '240 wait, 120 places left today'
  expect(alarmDetail({ kind: 'checkpoint-stranded', detail: `${detail}|` }, 'en', t)).toBe(`Sanjiang: ${ends}`)
  expect(alarmDetail({ kind: 'checkpoint-stranded', detail: `${detail}|daishan` }, 'en', t)).toBe(
    `Sanjiang (daishan): ${ends}`,
  )
})
