import type { CalibrationPlan } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { cutSorties } from '../../maps/cut-sorties.ts'
import { createSearchMaps } from '../../maps/search-maps.ts'
import { COORDINATOR, DISPATCHER, HOME, PILOT, REPORT, SETUP, statusOf, world } from '../test-kit.ts'

const CAMERA = { thermal: true, hfovRad: 0.8, vfovRad: 0.64, widthPx: 640, heightPx: 512, vendor: 'Test', model: 'T1' }
const PLAN: CalibrationPlan = {
  droneId: 'main-1',
  cover: 'scrub',
  contrast: 'moderate',
  heightM: 50,
  speedMps: 10,
  start: HOME,
  bearingDeg: 90,
  targets: 24,
  rangeM: 48,
  spacingM: 25,
}

function exercising() {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps, (request) => cutSorties(maps.ground(request.searchId)!, request))
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const give = (command: Parameters<typeof town.give>[1], seat = COORDINATOR) => {
    const answer = town.give(seat, command)
    follow()
    return answer
  }
  town.see('main-1', { camera: CAMERA })
  const layOut = (over: Partial<CalibrationPlan> = {}) =>
    give({ type: 'calibration.lay-out', plan: { ...PLAN, ...over } })
  const exercise = () => [...town.picture.calibration.values()].at(-1)!
  /** Everything within `seenM` of the track is seen, nothing beyond; each target is flown by twice. */
  const fly = (seenM: number): void => {
    for (let pass = 0; pass < 2; pass++)
      for (const { number: target, lateralM } of exercise().targets)
        give({ type: 'calibration.record-pass', calibrationId: exercise().id, target, seen: lateralM <= seenM }, PILOT)
  }
  const finish = (over: { falseAlarmsCounted?: boolean } = {}) =>
    give({ type: 'calibration.finish', calibrationId: exercise().id, ...over })
  return { maps, town, give, layOut, exercise, fly, finish }
}

/** A search with one task, cut at 50 m. */
function task({ town, give }: ReturnType<typeof exercising>, clearanceM = 50) {
  if (town.picture.search.size === 0) {
    town.give(DISPATCHER, REPORT)
    give({ type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  }
  give({ type: 'search.cut-tasks', searchId: town.only('search').id, droneIds: ['main-1'], clearanceM })
  return town.only('task')
}

describe('a calibration exercise', () => {
  it('lays targets on both sides of the track, evenly out to the range, each where its figures say', () => {
    const { layOut, exercise } = exercising()
    layOut()
    const { targets, camera } = exercise()
    expect(targets).toHaveLength(24)
    expect(camera).toEqual({ hfovRad: 0.8, widthPx: 640, name: 'Test T1' })
    expect(new Set(targets.map(({ side }) => side)).size).toBe(2)
    for (const { position, alongM, lateralM, side } of targets) {
      const [east, north] = localFrame(HOME).toLocal(position)
      expect(east).toBeCloseTo(alongM, 3)
      // The track leads east: its right side lies south.
      expect(north).toBeCloseTo(side === 'right' ? -lateralM : lateralM, 3)
    }
    expect(Math.max(...targets.map(({ lateralM }) => lateralM))).toBeGreaterThan(44)
  })

  it('measures what was seen, with an interval, and later searches count with it', () => {
    const it = exercising()
    const assumed = task(it)
    expect(assumed.sweepBasis).toBe('assumed')
    it.layOut()
    it.fly(12)
    it.finish()
    const { measured, state } = it.exercise()
    expect(state).toBe('finished')
    expect(measured!.sweepWidthM).toBeGreaterThan(22)
    expect(measured!.sweepWidthM).toBeLessThan(28)
    expect(measured!.low).toBeLessThanOrEqual(measured!.sweepWidthM)
    expect(measured).toMatchObject({ passes: 48, targets: 24, doubts: [] })
    const now = task(it)
    expect(now.sweepBasis).toBe('measured')
    expect(now.sweepWidthM).toBeCloseTo(measured!.sweepWidthM, 6)
    expect(now.sweepRangeM).toEqual([measured!.low, measured!.high])
    expect(now.expectedPos).not.toBeCloseTo(assumed.expectedPos, 3)
    // At twice the height it is only carried over.
    expect(task(it, 100).sweepBasis).toBe('transferred')
  })

  it('measures how often the detector is right and wrong; that nobody counted is not that none were there', () => {
    const it = exercising()
    it.layOut()
    it.fly(12)
    it.give({ type: 'calibration.record-false-alarm', calibrationId: it.exercise().id }, PILOT)
    it.give({ type: 'calibration.record-false-alarm', calibrationId: it.exercise().id }, PILOT)
    it.give({
      type: 'calibration.undo-pass',
      calibrationId: it.exercise().id,
      passId: it.exercise().falseAlarms![1]!.id,
    })
    expect(it.exercise().falseAlarms).toHaveLength(1)
    expect(it.exercise().passes).toHaveLength(48)
    it.finish()
    const { recall, falseAlarms } = it.exercise().measured!.detector!
    // Half the swath at 50 m is 21.1 m: the targets within it, of which those within 12 m were seen.
    const inside = it.exercise().targets.filter(({ lateralM }) => lateralM <= 50 * Math.tan(0.4))
    expect(recall!.passes).toBe(2 * inside.length)
    expect(recall!.best).toBeCloseTo(inside.filter(({ lateralM }) => lateralM <= 12).length / inside.length, 9)
    expect(falseAlarms).toMatchObject({ count: 1 })
    expect(falseAlarms!.areaKm2).toBeCloseTo((2 * 24 * 25 * 2 * 50 * Math.tan(0.4)) / 1e6, 9)
    it.layOut()
    it.fly(12)
    it.finish()
    expect(it.exercise().measured!.detector!.falseAlarms).toBeNull()
    it.layOut()
    it.fly(12)
    it.finish({ falseAlarmsCounted: true })
    expect(it.exercise().measured!.detector!.falseAlarms).toMatchObject({ count: 0, low: 0 })
  })

  it('says nothing of another camera, and is given up by its withdrawal', () => {
    const it = exercising()
    it.layOut()
    it.fly(12)
    it.finish()
    it.town.statuses.set('main-1', statusOf('main-1', { camera: { ...CAMERA, widthPx: 320 } }))
    expect(task(it).sweepBasis).toBe('assumed')
    it.town.statuses.set('main-1', statusOf('main-1', { camera: CAMERA }))
    expect(task(it).sweepBasis).toBe('measured')
    it.give({ type: 'calibration.withdraw', calibrationId: it.exercise().id, reason: '目标放错了' })
    expect(task(it).sweepBasis).toBe('assumed')
  })

  it('does not stand in for the model where even the farthest targets were seen: that is only a lower limit', () => {
    const it = exercising()
    it.layOut()
    it.fly(1000)
    it.finish()
    expect(it.exercise().measured!.doubts).toContain('not-far-enough')
    expect(task(it).sweepBasis).toBe('assumed')
  })

  it('takes back a pass noted by mistake, and refuses what makes no sense', () => {
    const { layOut, exercise, give, finish, town } = exercising()
    town.statuses.set('main-1', statusOf('main-1'))
    expect(layOut()).toBe('camera-unknown')
    town.statuses.set('main-1', statusOf('main-1', { camera: CAMERA }))
    expect(layOut({ droneId: 'main-7' })).toBe('drone-not-seen')
    layOut()
    const calibrationId = exercise().id
    expect(finish()).toBe('no-passes')
    expect(give({ type: 'calibration.record-pass', calibrationId, target: 25, seen: true })).toBe('unknown-target')
    give({ type: 'calibration.record-pass', calibrationId, target: 3, seen: true })
    give({ type: 'calibration.undo-pass', calibrationId, passId: exercise().passes[0]!.id })
    expect(exercise().passes).toEqual([])
    expect(give({ type: 'calibration.undo-pass', calibrationId, passId: 'x' })).toBe('unknown-pass')
    give({ type: 'calibration.record-pass', calibrationId, target: 3, seen: false })
    finish()
    expect(exercise().measured).toMatchObject({ sweepWidthM: 0, doubts: expect.arrayContaining(['few-targets']) })
    expect(give({ type: 'calibration.record-pass', calibrationId, target: 3, seen: true })).toBe('calibration-over')
    expect(give({ type: 'calibration.finish', calibrationId: 'x' })).toBe('unknown-calibration')
  })

  it('gives the same figures when the journal is replayed', () => {
    const { layOut, fly, finish, maps, town } = exercising()
    layOut()
    fly(15)
    finish()
    const again = createSearchMaps({ land: () => null })
    for (const event of JSON.parse(JSON.stringify(town.log)) as typeof town.log) again.follow({ event })
    const ask = (of: typeof maps) => of.cover({ setup: SETUP } as never, statusOf('main-1', { camera: CAMERA }), 50, 10)
    expect(ask(again)).toEqual(ask(maps))
    expect(ask(maps).basis).toBe('measured')
  })
})
