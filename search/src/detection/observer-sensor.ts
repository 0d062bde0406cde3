import { type ObserverSweepWidth, type TeamLight, teamSweepWidth, type Visibility } from './ground-team.ts'
import { SHIP_SWEEP_WIDTH_NM, type SeaTarget, seaSweepWidth } from './sea-visual.ts'

/** People who look for somebody with their eyes, on foot or from a boat, as they are described by those who sent them. */
export type ObserverSensor =
  | {
      readonly kind: 'ground-team'
      /** Average maximum detection range by day on this ground, measured on the spot, metres, > 0. */
      readonly detectionRangeM: number
      readonly visibility: Visibility
      readonly light: TeamLight
      /** People walking together. */
      readonly searchers: number
      /** Dim lamps, at night. */
      readonly dimLamp: boolean
    }
  | {
      readonly kind: 'boat'
      /** A target of `SHIP_SWEEP_WIDTH_NM`. */
      readonly target: string
      readonly visibilityNm: number
      readonly windMps: number
      readonly waveHeightM: number
      readonly tiredCrew: boolean
    }

/** What of a way counts as searching it. */
export interface ObserverPolicy {
  /** Faster than this they travel and do not search, metres per second. */
  readonly maxSpeedMps: number
  /** Between two fixes farther apart in time nobody knows where they were, ms. */
  readonly maxGapMs: number
}

/** A team that walks faster than 7 km/h, a boat above 30 km/h, does not search [assumption]. Gaps above two minutes say nothing. */
export const OBSERVER_POLICY: Readonly<Record<ObserverSensor['kind'], ObserverPolicy>> = {
  'ground-team': { maxSpeedMps: 2, maxGapMs: 120_000 },
  boat: { maxSpeedMps: 8.5, maxGapMs: 120_000 },
}

/** What a lamp counts as dim by, lux; below `DIM_LAMP_LUX`. */
const DIM_LUX = 100

/**
 * Sweep width of observers, metres, with its range: `teamSweepWidth` for people on foot, for a boat the ship table from
 * memory of IAMSAR III with its weather and crew (`seaSweepWidth`; daylight only).
 * RangeError that names the field.
 */
export function observerSweepWidth(sensor: ObserverSensor): ObserverSweepWidth {
  if (sensor.kind === 'ground-team') {
    const { detectionRangeM, visibility, light, searchers, dimLamp } = sensor
    return teamSweepWidth({ detectionRangeM, visibility, light, searchers, ...(dimLamp ? { lampLux: DIM_LUX } : {}) })
  }
  const { target, visibilityNm, windMps, waveHeightM, tiredCrew } = sensor
  const tableNm = SHIP_SWEEP_WIDTH_NM[target]
  if (!tableNm) throw new RangeError(`target: must be one of ${Object.keys(SHIP_SWEEP_WIDTH_NM).join(', ')}`)
  return seaSweepWidth({ tableNm, visibilityNm, target: weatherClass(target), windMps, waveHeightM, tiredCrew })
}

/** Which weather correction a target of the table takes. */
function weatherClass(target: string): SeaTarget {
  if (target === 'person-in-water') return 'person-in-water'
  return target === 'boat-5-m' || target === 'boat-7-m' ? 'boat-under-9-m' : 'other'
}
