import type { Calibration, Change, EventOf, EventType } from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'

export type CalibrationEvent = EventOf<Extract<EventType, `calibration.${string}`>>

export function evolveCalibration(picture: Picture, event: CalibrationEvent, atMs: number): Change[] {
  const id = event.type === 'calibration.laid-out' ? event.calibration.id : event.calibrationId
  const known = event.type === 'calibration.laid-out' ? event.calibration : picture.calibration.get(id)
  return known ? [changed('calibration', id, calibrated(known, event, atMs))] : []
}

/** An exercise after one event of it. */
export function calibrated(known: Calibration, event: CalibrationEvent, atMs: number): Calibration {
  switch (event.type) {
    case 'calibration.laid-out':
      return event.calibration
    case 'calibration.pass-recorded':
      return { ...known, passes: [...known.passes, event.pass] }
    case 'calibration.false-alarm-recorded':
      return { ...known, falseAlarms: [...(known.falseAlarms ?? []), event.falseAlarm] }
    case 'calibration.pass-undone': {
      const others = <T extends { id: string }>(list: readonly T[]): T[] => list.filter(({ id }) => id !== event.passId)
      return {
        ...known,
        passes: others(known.passes),
        ...(known.falseAlarms ? { falseAlarms: others(known.falseAlarms) } : {}),
      }
    }
    case 'calibration.finished':
      return { ...known, state: 'finished', measured: event.measured, finishedAtMs: atMs }
    case 'calibration.withdrawn':
      return { ...known, state: 'withdrawn', finishedAtMs: atMs }
  }
}
