import { z } from 'zod'
import { DroneId } from './fleet.ts'
import { LngLat } from './geo.ts'

/** What grows or lies over the ground, as the search science tells it apart. */
export const GroundCoverName = z.enum(['open', 'shore-rocks', 'scrub', 'broadleaf', 'evergreen', 'water'])
export type GroundCoverName = z.infer<typeof GroundCoverName>
/** How clearly a body stands out from the ground in the thermal picture. */
export const ContrastName = z.enum(['strong', 'moderate', 'weak', 'none'])
export type ContrastName = z.infer<typeof ContrastName>

/**
 * An exercise that measures the sweep width of a drone's camera: targets are laid beside a straight track, the drone
 * flies it, and for each pass by a target it is noted whether it was seen (cross-over method, Robe & Frost 2002).
 */
export const CalibrationPlan = z.strictObject({
  droneId: DroneId,
  cover: GroundCoverName,
  contrast: ContrastName,
  /** Height above the ground of the track and ground speed, as they will be flown. */
  heightM: z.number().min(10).max(120),
  speedMps: z.number().min(1).max(20),
  /** First point of the track, and where it leads, clockwise from north. */
  start: LngLat,
  bearingDeg: z.number().min(0).max(360),
  targets: z.number().int().min(5).max(60),
  /** Farthest target beside the track; 1.5 times half the swath or more. */
  rangeM: z.number().min(5).max(300),
  /** Between targets along the track. */
  spacingM: z.number().min(5).max(200),
})
export type CalibrationPlan = z.infer<typeof CalibrationPlan>

export interface CalibrationTarget {
  number: number
  alongM: number
  lateralM: number
  side: 'left' | 'right'
  position: LngLat
}

/** One flight by one target. */
export interface CalibrationPass {
  id: string
  target: number
  seen: boolean
  atMs: number
  by: string
}

/** Sweep width as measured, metres, with its 95 % interval. */
export interface MeasuredWidth {
  sweepWidthM: number
  low: number
  high: number
  passes: number
  detections: number
  targets: number
  doubts: ('few-targets' | 'uneven-range' | 'not-far-enough')[]
  /** Missing in journals from before detectors were measured. */
  detector?: MeasuredDetector
}

/** What an exercise says of the detector: drone, camera, screen and the person before it together. */
export interface MeasuredDetector {
  /** Share of passes with the target in the picture that showed it (95 %); null where too few were flown. */
  recall: { best: number; low: number; high: number; passes: number } | null
  /** Marks where no target lay; null where nobody counted them, which is not none. */
  falseAlarms: { count: number; areaKm2: number; perKm2: number; low: number; high: number } | null
}

/** A mark of the detector where no target lay. */
export interface CalibrationFalseAlarm {
  id: string
  atMs: number
  by: string
}

export interface Calibration {
  id: string
  number: number
  state: 'laid-out' | 'finished' | 'withdrawn'
  plan: CalibrationPlan
  /** Of the drone when the exercise was laid out. */
  camera: { hfovRad: number; widthPx: number; name: string }
  targets: CalibrationTarget[]
  passes: CalibrationPass[]
  /** Marks where no target lay; missing in journals from before they were noted. */
  falseAlarms?: CalibrationFalseAlarm[]
  measured: MeasuredWidth | null
  laidOutAtMs: number
  finishedAtMs: number | null
  by: string
}

/** What keeps an exercise from standing in for the model: too little was flown, or W is only a lower limit. */
const DISQUALIFYING: readonly MeasuredWidth['doubts'][number][] = ['few-targets', 'not-far-enough']

/** Whether later searches count with an exercise instead of with the model's value. */
export const isUsable = ({ state, measured }: Pick<Calibration, 'state' | 'measured'>): boolean =>
  state === 'finished' &&
  measured !== null &&
  measured.sweepWidthM > 0 &&
  !measured.doubts.some((doubt) => DISQUALIFYING.includes(doubt))
