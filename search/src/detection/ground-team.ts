/** How well the subject stands out to the eye; `unknown` uses the factor over all trials. */
export type Visibility = 'high' | 'medium' | 'low' | 'unknown'

/** Light that a ground team searches by. */
export type TeamLight = 'day' | 'night' | 'night-infrared'

/** Sweep width of a sensor that is not a drone, with the range it may lie in. */
export interface ObserverSweepWidth {
  readonly sweepWidthM: number
  readonly low: number
  readonly high: number
}

/**
 * W as a multiple of the average maximum detection range Rd, from 10 North American trials, with the fit's R2. The range
 * of each is that of its neighbours [assumption]: the low-visibility fit is a poor one.
 */
export const DETECTION_RANGE_FACTOR: Readonly<
  Record<Visibility, { best: number; low: number; high: number; r2: number }>
> = {
  high: { best: 1.8, low: 1.6, high: 2, r2: 0.87 },
  medium: { best: 1.6, low: 1.1, high: 1.8, r2: 0.56 },
  low: { best: 1.1, low: 0.6, high: 1.6, r2: 0.32 },
  unknown: { best: 1.645, low: 1.1, high: 1.8, r2: 0.83 },
}

/** Night against day over the same ground: 22, 64 and 68 m in temperate forest (infrared: hand-held camera). */
export const NIGHT_FACTOR: Readonly<Record<TeamLight, number>> = { day: 1, night: 22 / 64, 'night-infrared': 68 / 64 }

/** Lamps below this light count as dim, lux; they halve the sweep width at night. */
export const DIM_LAMP_LUX = 200

/**
 * Sweep width of a ground team from the average maximum detection range Rd, which two people measure on the spot in
 * minutes: walk away from a target of the subject's kind until it is lost, and back until it is seen, from several sides.
 * The terrain is inside Rd, so it is asked for and never guessed; measure Rd by day (for the night factors).
 * W = factor(visibility) x Rd x light x searchers, searchers 1.3 for two or more walking together (a third adds nothing),
 * 0.5 for a dim lamp at night. A line of people apart from each other: one W each, with `pathCoverage` over all their paths.
 * RangeError that names the field. Source: Koester et al., WEM 2014 (detection range); search-science notes 1.3.
 */
export function teamSweepWidth(input: {
  /** Average maximum detection range by day on this ground, metres, > 0. */
  readonly detectionRangeM: number
  readonly visibility?: Visibility | undefined
  readonly light?: TeamLight | undefined
  /** People walking together, default 1. */
  readonly searchers?: number | undefined
  /** Light of the lamp, lux; default bright enough. */
  readonly lampLux?: number | undefined
}): ObserverSweepWidth {
  const { detectionRangeM, visibility = 'unknown', light = 'day', searchers = 1, lampLux = Infinity } = input
  if (!(detectionRangeM > 0 && Number.isFinite(detectionRangeM)))
    throw new RangeError('detectionRangeM: must be above 0')
  if (!(Number.isInteger(searchers) && searchers >= 1)) throw new RangeError('searchers: must be a whole number from 1')
  if (!(lampLux >= 0)) throw new RangeError('lampLux: must be 0 or above')
  const factor = DETECTION_RANGE_FACTOR[visibility]
  const byLight = NIGHT_FACTOR[light]
  if (!factor) throw new RangeError(`visibility: must be one of ${Object.keys(DETECTION_RANGE_FACTOR).join(', ')}`)
  if (!byLight) throw new RangeError(`light: must be one of ${Object.keys(NIGHT_FACTOR).join(', ')}`)
  const dim = light === 'night' && lampLux < DIM_LAMP_LUX ? 0.5 : 1
  const scale = detectionRangeM * byLight * dim * (searchers > 1 ? 1.3 : 1)
  return { sweepWidthM: factor.best * scale, low: factor.low * scale, high: factor.high * scale }
}

/** Adult of medium visibility in temperate forest, one searcher: the one published day and night pair. Metres. */
export const TEMPERATE_FOREST_SWEEP_WIDTH_M: Readonly<Record<TeamLight, number>> = {
  day: 64,
  night: 22,
  'night-infrared': 68,
}

/** Ways in which a responsive subject and a team notice each other along a sound (and light) line. */
export type SoundSignal = 'team-hears-shout' | 'subject-hears-whistle' | 'subject-sees-light' | 'either-signal'

/**
 * Detection index of a sound line in hills (two trials in New Zealand, two-person teams), metres; null: not tried. Taken
 * here as the sweep width for a subject who answers; far fewer do in bad shape, at night or when very young (1 % of
 * persons with dementia respond to calls), so multiply the POD by the share that would.
 */
export const SOUND_LINE_M: Readonly<
  Record<SoundSignal, { readonly day: number | null; readonly night: number | null }>
> = {
  'team-hears-shout': { day: 332, night: 306 },
  'subject-hears-whistle': { day: 401, night: 395 },
  'subject-sees-light': { day: null, night: 277 },
  'either-signal': { day: null, night: 460 },
}

/**
 * POD of a sound line: responsive share x (1 - exp(-C)), C = index x path / area.
 * RangeError for a signal that was not tried at this time of day, or a share outside 0..1.
 * Source: Koester, Gordon, Wells and Tucker, Journal of Search & Rescue 1(1); search-science notes 1.3.
 */
export function soundLinePod(input: {
  readonly signal: SoundSignal
  readonly light: 'day' | 'night'
  readonly pathM: number
  readonly areaM2: number
  /** Share of such subjects that would answer, 0..1. */
  readonly responsiveShare: number
}): number {
  const { signal, light, pathM, areaM2, responsiveShare } = input
  const widthM = SOUND_LINE_M[signal][light]
  if (widthM === null) throw new RangeError(`signal: ${signal} was not tried by ${light}`)
  if (!(responsiveShare >= 0 && responsiveShare <= 1)) throw new RangeError('responsiveShare: must be 0 to 1')
  return responsiveShare * (1 - Math.exp(-pathCoverage({ sweepWidthM: widthM, pathM, areaM2 })))
}

/** Coverage of a segment by a path through it: C = W L / A (L of all searchers together). RangeError below 0; A > 0. */
export function pathCoverage(input: {
  readonly sweepWidthM: number
  readonly pathM: number
  readonly areaM2: number
}): number {
  const { sweepWidthM, pathM, areaM2 } = input
  if (!(sweepWidthM >= 0)) throw new RangeError('sweepWidthM: must be 0 or above')
  if (!(pathM >= 0)) throw new RangeError('pathM: must be 0 or above')
  if (!(areaM2 > 0)) throw new RangeError('areaM2: must be above 0')
  return (sweepWidthM * pathM) / areaM2
}
