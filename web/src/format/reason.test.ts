import { ProblemCode, REASON_CODES, ORDER_STEPS, UNPLACED_CODES, reasonOf } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { en } from '../i18n/en/index.ts'
import { createWords } from '../i18n/i18n.ts'
import { LANGS } from '../i18n/lang.ts'
import type { Translate } from '../i18n/words.ts'
import { zh } from '../i18n/zh/index.ts'
import { autopilotNews, autopilotText } from './autopilot-text.ts'
import { reasonAct, reasonText } from './reason.ts'

const trees = { zh, en }
const wordsOf = (lang: 'zh' | 'en'): Translate => {
  const words = createWords(lang)
  return (key, named) => words.global.t(key, named ?? {})
}
const english = wordsOf('en')
const chinese = wordsOf('zh')

describe.each(LANGS)('words in %s', (lang) => {
  const { problem, reason, fly } = trees[lang]
  const t = wordsOf(lang)
  const missing = (codes: readonly string[], ...tables: object[]): string[] =>
    codes.filter((code) => !tables.some((table) => Object.hasOwn(table, code)))

  it('exist for every reason, refusal, problem, step and unplaced view of the contract', () => {
    expect(missing(REASON_CODES, reason.code, reason.plain)).toEqual([])
    expect(missing(ProblemCode.options, problem.code)).toEqual([])
    expect(missing(ORDER_STEPS, reason.step)).toEqual([])
    expect(missing(UNPLACED_CODES, fly.unplaced)).toEqual([])
  })
  it('belong to codes of the contract', () => {
    const known = [...REASON_CODES, ...ProblemCode.options] as readonly string[]
    const said = [reason.code, reason.plain, problem.code].flatMap((table) => Object.keys(table))
    expect(said.filter((code) => !known.includes(code))).toEqual([])
  })
  it('never show a code, and say what to do about whatever asks for it', () => {
    for (const code of REASON_CODES) {
      expect(reasonText(reasonOf(code), t)).not.toContain(code)
      if (!Object.hasOwn(reason.plain, code)) expect(reasonAct(code, t)?.length).toBeGreaterThan(4)
    }
  })
})

it('keeps the words of the autopilot beside what they mean', () => {
  expect(reasonText('command-failed@arm: Arm: Need Position Estimate', chinese)).toBe(
    '解锁：飞机没做成（还没有可用的定位，把飞机放在开阔处等一会儿（原文：Arm: Need Position Estimate））',
  )
  expect(reasonText('command-denied@arm: Something of its own', english)).toBe(
    'Arming: the aircraft denied it (Something of its own)',
  )
})
it('reads a reason behind a reason', () => {
  expect(reasonText('not-read-back: mission-denied', english)).toBe(
    'the plan could not be read back (the aircraft says another transfer is running)',
  )
  expect(reasonText('plan-not-confirmed: no-bridge', chinese)).toBe('机上的计划没能核实（没有网桥连着这架无人机）')
})
it('puts names, numbers and modes where they belong', () => {
  expect(reasonText('ordered-down@return: Li', english)).toBe('Return: ordered by Li')
  expect(reasonText('replaced-by-task: 4', chinese)).toBe('由任务 4 接替')
  expect(reasonText('lease-taken-over: Wang: lease-absent', english)).toBe('taken over by Wang: The pilot is not there')
  expect(reasonText('command-result-unknown: 42', english)).toBe('the aircraft answered with the unknown result 42')
  expect(reasonText('mission-invalid-value: #2 z', english)).toBe(
    'the aircraft does not accept a value of the plan (#2 z)',
  )
})
it('leaves what a person typed as it is', () => {
  expect(reasonText('wind over the ridge', chinese)).toBe('wind over the ridge')
  expect(reasonAct('wind over the ridge', chinese)).toBeNull()
})
it('takes a refusal as a reason: its sentence holds the advice', () => {
  expect(reasonText('no-highest-ground', english)).toContain('Enter it first')
  expect(reasonAct('no-highest-ground', english)).toBeNull()
})

it.each([
  ['PreArm: Need Position Estimate', 'position'],
  ['PreArm: Fence requires position', 'fence'],
  ['Arm: GPS 1: Bad fix', 'fix'],
  ['PreArm: Need 3D Fix', 'fix'],
  ['PreArm: High GPS HDOP', 'gpsQuality'],
  ['PreArm: GPS 1 still configuring this GPS', 'gpsConfig'],
  ['PreArm: Compass not calibrated', 'compassCalibration'],
  ['PreArm: Check mag field (xy diff:320>100)', 'compass'],
  ['PreArm: 3D Accel calibration needed', 'accelCalibration'],
  ['PreArm: Gyros inconsistent', 'imu'],
  ['PreArm: EKF attitude is bad', 'estimator'],
  ['PreArm: AHRS: EKF3 Roll/Pitch inconsistent by 12 deg', 'estimator'],
  ['PreArm: Battery 1 below minimum arming voltage', 'battery'],
  ['PreArm: Hardware safety switch', 'safetySwitch'],
  ['PreArm: RC not calibrated', 'radio'],
  ['Arm: Throttle too high', 'radio'],
  ['Arm: Leaning', 'level'],
  ['PreArm: Motors Emergency Stopped', 'emergencyStop'],
  ['PreArm: Logging failed', 'logging'],
  ['Arm: Mode not armable', 'mode'],
  ['PreArm: Motors: Check frame class and type', 'motors'],
  ['PreArm: Internal errors 0x1000 l:123', 'internal'],
  ['Preflight Fail: No connection to the ground control station', 'groundStation'],
  ['Preflight Fail: ekf2 missing data', 'estimator'],
  ['Preflight Fail: Compass Sensor 0 missing', 'compass'],
  ['Arming denied: no valid mission', 'mission'],
  ['Preflight: GPS fix too low', 'fix'],
  ['PreArm: Need Alt Estimate', 'baro'],
  ['PreArm: Main loop slow (312Hz < 400Hz)', 'processor'],
  ['Preflight Fail: CPU load too high: 92%', 'processor'],
  ['PreArm: Proximity 1: No Data', 'proximity'],
  ['PreArm: Duplicate Aux Switch Options', 'switches'],
  ['PreArm: Servo voltage to low (0.0v < 4.3v)', 'power'],
  ['Arm: Roll (RC1) is not neutral', 'radio'],
  ['PreArm: BATT1: low', 'battery'],
  ['PreArm: Waiting for Nav Checks', 'estimator'],
  ['Arming denied: Resolve system health failures first', 'health'],
  ['Return switch on the transmitter engaged', 'returnSwitch'],
  ['Mission finished', 'missionDone'],
] as const)('%s means %s', (text, meaning) => {
  expect(autopilotText(text, english)).toBe(`${en.autopilot[meaning]} (“${text}”)`)
})
it('says what is no fault in words also of a mere note, and takes no note for a fault', () => {
  expect(autopilotNews('Takeoff detected', english)).toBe(`${en.autopilot.tookOff} (“Takeoff detected”)`)
  expect(autopilotNews('EKF3 IMU0 is using GPS', english)).toBe('EKF3 IMU0 is using GPS')
})
it('does not guess at a text that it does not know', () => {
  expect(autopilotText('PreArm: Flux capacitor', chinese)).toBe('PreArm: Flux capacitor')
})
