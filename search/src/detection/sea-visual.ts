import type { ObserverSweepWidth } from './ground-team.ts'

/** What is looked for on the water, as the weather correction tells it apart. */
export type SeaTarget = 'person-in-water' | 'boat-under-9-m' | 'other'

export const METRES_PER_NAUTICAL_MILE = 1852
const METRES_PER_FOOT = 0.3048
const MPS_PER_KNOT = 1852 / 3600

/**
 * Factor on a visual sweep width for wind and sea (the worse of the two counts). A person in the water or a boat under
 * 30 ft (9 m): 0.5 above 15 kt of wind or from 2 ft of sea, 0.25 above 25 kt or above 4 ft. Others: 0.9 in either.
 * RangeError for values below 0. Source: US national SAR manual app. D; search-science notes 1.3.
 */
export function seaWeatherFactor(target: SeaTarget, windMps: number, waveHeightM: number): number {
  if (!(windMps >= 0)) throw new RangeError('windMps: must be 0 or above')
  if (!(waveHeightM >= 0)) throw new RangeError('waveHeightM: must be 0 or above')
  const [knots, feet] = [windMps / MPS_PER_KNOT, waveHeightM / METRES_PER_FOOT]
  // A hair of tolerance: 25 kt given as 12.861 m/s is 25 kt.
  const rough = knots > 15 + 1e-6 || feet >= 2 - 1e-6
  const veryRough = knots > 25 + 1e-6 || feet > 4 + 1e-6
  if (target === 'other') return rough ? 0.9 : 1
  return veryRough ? 0.25 : rough ? 0.5 : 1
}

/** Visibilities of the ship table, nautical miles. */
export const SHIP_TABLE_VISIBILITY_NM = [3, 5, 10, 15, 20] as const

/**
 * Uncorrected visual sweep widths from a merchant ship in nautical miles, by visibility (as above).
 * FROM MEMORY of the table in IAMSAR III [K]: check it against the manual on board before relying on it, and show it as
 * such; agencies replace it by their own.
 */
export const SHIP_SWEEP_WIDTH_NM: Readonly<Record<string, readonly number[]>> = {
  'person-in-water': [0.4, 0.5, 0.6, 0.7, 0.7],
  'life-raft-4': [2.3, 3.2, 4.2, 4.9, 5.5],
  'life-raft-6': [2.5, 3.6, 5, 6.2, 6.9],
  'boat-5-m': [1.1, 1.4, 1.9, 2.1, 2.3],
  'boat-7-m': [2, 2.9, 4.3, 5.2, 5.8],
  'boat-12-m': [2.8, 4.5, 7.6, 9.4, 11.6],
}

/**
 * Visual sweep width from a boat or ship, metres: table value (read by straight line between visibilities, never beyond
 * them) x weather x 0.9 for a tired crew. Low and high are those of the neighbouring visibilities and of the weather one
 * step better or worse [assumption]. Visual search needs daylight; at night give no table width at all.
 * @param tableNm table width per visibility of `SHIP_TABLE_VISIBILITY_NM`, nautical miles
 * RangeError that names the field. Source: IAMSAR III; US national SAR manual app. D; search-science notes 1.3.
 */
export function seaSweepWidth(input: {
  readonly tableNm: readonly number[]
  readonly visibilityNm: number
  readonly target: SeaTarget
  readonly windMps: number
  readonly waveHeightM: number
  readonly tiredCrew?: boolean | undefined
}): ObserverSweepWidth {
  const { tableNm, visibilityNm, target, windMps, waveHeightM, tiredCrew = false } = input
  if (tableNm.length !== SHIP_TABLE_VISIBILITY_NM.length || !tableNm.every((nm) => nm >= 0))
    throw new RangeError(`tableNm: need ${SHIP_TABLE_VISIBILITY_NM.length} widths of 0 or above`)
  if (!(visibilityNm > 0)) throw new RangeError('visibilityNm: must be above 0')
  const crew = tiredCrew ? 0.9 : 1
  const weather = seaWeatherFactor(target, windMps, waveHeightM)
  const steps = target === 'other' ? [1, 0.9] : [1, 0.5, 0.25]
  const step = steps.indexOf(weather)
  const widthM = (nm: number, factor: number): number => tableAt(tableNm, nm) * METRES_PER_NAUTICAL_MILE * crew * factor
  return {
    sweepWidthM: widthM(visibilityNm, weather),
    low: widthM(visibilityNm / 1.5, steps[step + 1] ?? weather),
    high: widthM(visibilityNm * 1.5, steps[step - 1] ?? weather),
  }
}

/** Below the table's least visibility the width shrinks with the visibility; above its greatest it stays. */
function tableAt(tableNm: readonly number[], visibilityNm: number): number {
  const at = SHIP_TABLE_VISIBILITY_NM
  if (visibilityNm <= at[0]) return (tableNm[0]! * visibilityNm) / at[0]
  for (let i = 1; i < at.length; i++) {
    if (visibilityNm > at[i]!) continue
    const share = (visibilityNm - at[i - 1]!) / (at[i]! - at[i - 1]!)
    return tableNm[i - 1]! + share * (tableNm[i]! - tableNm[i - 1]!)
  }
  return tableNm[tableNm.length - 1]!
}
