import type { DroneParam, DroneStatus } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { FAILSAFE_PARAMS } from './failsafe-params.ts'
import { newValue, paramRows, typeText, valueText } from './params-view.ts'

const param = (name: string, value: number | null = 0, type = 6): DroneParam => ({ name, value, type, atMs: 0 })
const guard = (name: string): NonNullable<DroneStatus['guards']>[number] => ({
  guards: 'link',
  name,
  value: null,
  state: 'absent',
})
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)

describe('the list of parameters', () => {
  it('begins with what decides about failures, in the order of the guide, then goes by name', () => {
    const { failsafe, others } = paramRows(
      ['WPNAV_SPEED', 'RTL_ALT', 'ARMING_CHECK', 'BATT_FS_LOW_ACT', 'FS_GCS_ENABLE'].map((name) => param(name)),
      undefined,
      '',
    )
    expect(names(failsafe)).toEqual(['FS_GCS_ENABLE', 'BATT_FS_LOW_ACT', 'RTL_ALT'])
    expect(names(others)).toEqual(['ARMING_CHECK', 'WPNAV_SPEED'])
  })

  it('is found by parts of the name, in any case and order', () => {
    const all = [param('WPNAV_SPEED'), param('WPNAV_SPEED_UP'), param('FS_GCS_ENABLE')]
    expect(names(paramRows(all, undefined, ' speed wpnav ').others)).toEqual(['WPNAV_SPEED', 'WPNAV_SPEED_UP'])
    expect(names(paramRows(all, undefined, 'gcs').failsafe)).toEqual(['FS_GCS_ENABLE'])
    expect(paramRows(all, undefined, 'nothing')).toEqual({ failsafe: [], others: [] })
  })

  it('shows a failsafe parameter that the aircraft has not got as missing, but not one that has its old name', () => {
    const guards = [guard('FS_GCS_ENABLE'), guard('MAV_GCS_SYSID')]
    const [row, ...rest] = paramRows([param('SYSID_MYGCS', 255)], guards, '').failsafe
    expect(row).toMatchObject({ name: 'FS_GCS_ENABLE', param: null, verdict: null })
    expect(names(rest)).toEqual(['SYSID_MYGCS'])
  })

  it('judges nothing whose value is not known', () => {
    expect(paramRows([param('FS_GCS_ENABLE', null)], undefined, '').failsafe[0]?.verdict).toBeNull()
    const unsure = { ...param('FS_GCS_ENABLE', 1), unsure: true as const }
    expect(paramRows([unsure], undefined, '').failsafe[0]?.verdict).toBeNull()
  })
})

it.each([
  ['FS_GCS_ENABLE', { 0: 'bad', 1: 'good', 5: 'other' }],
  ['FS_GCS_ENABL', { 0: 'bad', 1: 'good' }],
  ['NAV_DLL_ACT', { 0: 'bad', 1: 'other', 2: 'good', 5: 'falls', 6: 'falls' }],
  ['FS_LONG_ACTN', { 0: 'bad', 1: 'good', 2: 'other', 3: 'falls' }],
  ['FS_OPTIONS', { 0: 'good', 2: 'bad', 16: 'good', 18: 'bad' }],
  ['COM_DLL_EXCEPT', { 0: 'good', 1: 'bad', 2: 'bad', 4: 'good' }],
  ['MAV_GCS_SYSID', { 255: 'good', 254: 'bad', 0: 'bad' }],
  ['BATT_FS_LOW_ACT', { 0: 'bad', 2: 'good', 3: 'other', 5: 'falls' }],
  ['THR_FAILSAFE', { 0: 'bad', 1: 'good', 2: 'bad' }],
  ['NAV_RCL_ACT', { 0: 'bad', 2: 'good', 5: 'falls', 6: 'falls' }],
  ['COM_LOW_BAT_ACT', { 0: 'bad', 3: 'good' }],
  ['FENCE_ENABLE', { 0: 'bad', 1: 'good' }],
  ['FENCE_TYPE', { 3: 'bad', 4: 'good', 7: 'good' }],
  ['GF_ACTION', { 0: 'bad', 1: 'bad', 2: 'good', 4: 'falls' }],
  ['FS_GCS_TIMEOUT', { 5: 'figure' }],
  ['RTL_ALT', { 4000: 'figure' }],
])('%s is judged as the guide says', (name, verdicts) => {
  for (const [value, verdict] of Object.entries(verdicts))
    expect([value, FAILSAFE_PARAMS.get(name)?.judge(Number(value))]).toEqual([value, verdict])
})

describe('a new value', () => {
  it.each([
    ['', 2, 'empty'],
    ['  ', 9, 'empty'],
    ['1,5', 9, 'not-a-number'],
    ['abc', 2, 'not-a-number'],
    ['Infinity', 9, 'not-a-number'],
    ['1.5', 2, 'not-an-integer'],
    ['128', 2, 'out-of-range'],
    ['-1', 1, 'out-of-range'],
    ['1e39', 9, 'out-of-range'],
    ['7', 6, 'same'],
    ['5', 8, 'not-settable'],
  ])('%j for type %i: %s', (text, type, fault) => {
    expect(newValue(text, { type, value: 7 })).toEqual({ ok: false, fault })
  })
  it('is taken as it was written where it fits', () => {
    expect(newValue(' -128 ', { type: 2, value: 7 })).toEqual({ ok: true, value: -128 })
    expect(newValue('0.25', { type: 9, value: null })).toEqual({ ok: true, value: 0.25 })
    expect(newValue('0.22', { type: 9, value: Math.fround(0.22) })).toEqual({ ok: false, fault: 'same' })
  })
})

it('writes values as people do, and types as MAVLink does', () => {
  expect(valueText(Math.fround(0.22), 9)).toBe('0.22')
  expect(valueText(-1, 2)).toBe('-1')
  expect([2, 6, 9, 8].map(typeText)).toEqual(['INT8', 'INT32', 'REAL32', '#8'])
})
