import type { Calibration, CalibrationPlan, CalibrationTarget, Command, DomainEvent } from '@skerry/contract'
import { calibrationLayout, crossOverSweepWidth, localFrame, measuredDetector, swathM } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** Chances are drawn from the exercise's number: the same layout and the same interval on every replay and machine. */
const seedOf = (number: number): number => 7919 * number + 1

/** Lays out an exercise for the camera that the drone reports: without one nothing could be measured of it. */
export function decideLayOut(
  picture: Picture,
  { plan }: Of<'calibration.lay-out'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  if (!picture.drone.has(plan.droneId))
    return refuse(409, 'drone-not-seen', `drone ${plan.droneId} has never been seen`)
  const camera = ctx.drones.get(plan.droneId)?.camera
  if (!camera || !(camera.hfovRad > 0 && camera.hfovRad < 3 && camera.widthPx > 0))
    return refuse(409, 'camera-unknown', `${plan.droneId} has not told what camera it carries`)
  const number = 1 + Math.max(0, ...[...picture.calibration.values()].map((one) => one.number))
  const calibration: Calibration = {
    id: ctx.newId(),
    number,
    state: 'laid-out',
    plan,
    camera: { hfovRad: camera.hfovRad, widthPx: camera.widthPx, name: `${camera.vendor} ${camera.model}`.trim() },
    targets: targetsOf(plan, number),
    passes: [],
    measured: null,
    laidOutAtMs: ctx.nowMs,
    finishedAtMs: null,
    by: ctx.seat.name,
  }
  return ok([{ type: 'calibration.laid-out', calibration }])
}

function targetsOf(plan: CalibrationPlan, number: number): CalibrationTarget[] {
  const { targets, rangeM, spacingM, start, bearingDeg } = plan
  const frame = localFrame(start)
  const [sin, cos] = [Math.sin((bearingDeg * Math.PI) / 180), Math.cos((bearingDeg * Math.PI) / 180)]
  return calibrationLayout({ targets, rangeM, spacingM, seed: seedOf(number) }).map(
    ({ alongM, lateralM, side }, i): CalibrationTarget => {
      const rightM = side === 'right' ? lateralM : -lateralM
      const position = frame.toLngLat([alongM * sin + rightM * cos, alongM * cos - rightM * sin])
      return { number: i + 1, alongM, lateralM, side, position }
    },
  )
}

function running(picture: Picture, calibrationId: string): Decision<Calibration> {
  const calibration = picture.calibration.get(calibrationId)
  if (!calibration) return refuse(404, 'unknown-calibration', `no calibration ${calibrationId}`)
  if (calibration.state !== 'laid-out')
    return refuse(409, 'calibration-over', `calibration ${calibration.number} is ${calibration.state}`)
  return ok(calibration)
}

export function decideRecordPass(
  picture: Picture,
  { calibrationId, target, seen }: Of<'calibration.record-pass'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = running(picture, calibrationId)
  if (!found.ok) return found
  if (!found.value.targets.some(({ number }) => number === target))
    return refuse(404, 'unknown-target', `no target ${target} in calibration ${found.value.number}`)
  const pass = { id: ctx.newId(), target, seen, atMs: ctx.nowMs, by: ctx.seat.name }
  return ok([{ type: 'calibration.pass-recorded', calibrationId, pass }])
}

export function decideRecordFalseAlarm(
  picture: Picture,
  { calibrationId }: Of<'calibration.record-false-alarm'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = running(picture, calibrationId)
  if (!found.ok) return found
  const falseAlarm = { id: ctx.newId(), atMs: ctx.nowMs, by: ctx.seat.name }
  return ok([{ type: 'calibration.false-alarm-recorded', calibrationId, falseAlarm }])
}

export function decideUndoPass(
  picture: Picture,
  { calibrationId, passId }: Of<'calibration.undo-pass'>,
): Decision<DomainEvent[]> {
  const found = running(picture, calibrationId)
  if (!found.ok) return found
  const { passes, falseAlarms = [] } = found.value
  if (![...passes, ...falseAlarms].some(({ id }) => id === passId))
    return refuse(404, 'unknown-pass', `no pass ${passId}`)
  return ok([{ type: 'calibration.pass-undone', calibrationId, passId }])
}

/** Measures the sweep width, and how often the detector is right and wrong, from what was noted. */
export function decideFinish(
  picture: Picture,
  { calibrationId, falseAlarmsCounted = false }: Of<'calibration.finish'>,
): Decision<DomainEvent[]> {
  const found = running(picture, calibrationId)
  if (!found.ok) return found
  const { passes, targets, number, plan, camera, falseAlarms = [] } = found.value
  if (passes.length === 0) return refuse(409, 'no-passes', `no pass was noted in calibration ${number}`)
  const lateralOf = new Map(targets.map((target) => [target.number, target.lateralM]))
  const noted = passes.map(({ target, seen }) => ({
    lateralM: lateralOf.get(target) ?? 0,
    detected: seen,
    targetId: String(target),
  }))
  const detector = measuredDetector({
    passes: noted,
    swathM: swathM(camera, plan.heightM),
    trackM: plan.targets * plan.spacingM,
    falseAlarms: falseAlarmsCounted || falseAlarms.length > 0 ? falseAlarms.length : null,
  })
  const measured = { ...crossOverSweepWidth(noted, { seed: seedOf(number) }), detector }
  return ok([{ type: 'calibration.finished', calibrationId, measured }])
}

/** Also of a finished exercise: later searches go back to the model, or to an older exercise. */
export function decideWithdrawCalibration(
  picture: Picture,
  { calibrationId, reason }: Of<'calibration.withdraw'>,
): Decision<DomainEvent[]> {
  const calibration = picture.calibration.get(calibrationId)
  if (!calibration) return refuse(404, 'unknown-calibration', `no calibration ${calibrationId}`)
  if (calibration.state === 'withdrawn')
    return refuse(409, 'calibration-over', `calibration ${calibration.number} is withdrawn already`)
  return ok([{ type: 'calibration.withdrawn', calibrationId, reason }])
}
