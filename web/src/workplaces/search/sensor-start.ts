import type { EffortSource, GroundSensor } from '@skerry/contract'

/** What a form of observers starts from: figures to be replaced by what was measured and seen on the spot. */
export const sensorStart = (source: EffortSource): GroundSensor =>
  source === 'boat'
    ? {
        kind: 'boat',
        target: 'person-in-water',
        visibilityNm: 5,
        windMps: 5,
        waveHeightM: 0.5,
        tiredCrew: false,
        daylight: true,
      }
    : { kind: 'ground-team', detectionRangeM: 20, visibility: 'unknown', light: 'day', searchers: 4, dimLamp: false }

/** Pace of searching [assumption]: a team in scrub about 1.8 km/h, a boat 15 km/h; metres per second. */
export const SEARCH_PACE_MPS: Readonly<Record<EffortSource, number>> = { team: 0.5, boat: 4.2 }
