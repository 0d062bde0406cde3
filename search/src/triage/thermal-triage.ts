import { type FrameBackground, frameBackground, type Judgement } from './frame-background.ts'
import { localFrame, type LocalFrame } from '../frame/local-frame.ts'
import { inRing } from '../frame/polygon.ts'
import {
  type Candidate,
  DEFAULT_TRIAGE_POLICY,
  type KnownPlace,
  type ThermalReading,
  type TriagePolicy,
} from './thermal-reading.ts'
import { addHit, addMiss, newPlace, placeCentreM, resumedPlace, toCandidate, type WarmPlace } from './warm-place.ts'

/** Turns frames into candidates, one frame at a time. Deterministic: the same frames in the same order, the same answer. */
export interface Triage {
  /**
   * Takes the next frame; each drone's frames in time order. Returns the candidates whose numbers changed: raised,
   * strengthened, or no longer `standing`. RangeError for a reading without finite numbers or with a radius of 0.
   */
  add(reading: ThermalReading): Candidate[]
  /** All candidates raised so far, best supported first. */
  candidates(): Candidate[]
}

interface PastFrame {
  readonly judged: Judgement
  readonly ringM: readonly (readonly number[])[]
}

/** Frames remembered to count looks at a place from before it first stood out. */
const MAX_PAST = 4000

/**
 * Triage of thermal frames.
 *
 * A frame stands out when its maximum is far above the drone's recent frame maxima (robust z over median and MAD) and
 * above its own surroundings. A frame that stands out marks a place; later frames that stand out within the joint error
 * radius add to it. Frames that showed the ground of a place but had their maximum elsewhere count against it, those
 * from before it was first marked too, unless they are clearly hotter than the place: then it is outshone. Frames close
 * together in time and direction are one look. Enough looks, and a maximum that stays there instead of wandering over a
 * warm surface, make a candidate.
 * So noise on uniform ground gives none, the warm sea beside cold land hardly any, and a person missed on the first pass
 * can still be raised on the second. A warm rock is a candidate as well: people judge, and dismissals are evidence.
 * @param known candidates from before, for example before a restart: later looks that show nothing count against them
 * Source: search-science notes 5 (triage rule) and 0.6; likelihood ratios as notes 1.1.
 */
export function createTriage(policy: TriagePolicy = DEFAULT_TRIAGE_POLICY, known: readonly KnownPlace[] = []): Triage {
  const backgrounds = new Map<string, FrameBackground>()
  const past: PastFrame[] = []
  let places: WarmPlace[] = []
  let frame: LocalFrame | null = null
  const frameFrom = (position: readonly number[]): LocalFrame => {
    const local = localFrame(position)
    places = known.map((place) => resumedPlace(place, local.toLocal(place.position)))
    return local
  }

  const take = (judged: Judgement, local: LocalFrame, changed: Set<WarmPlace>): void => {
    const { reading, standsOut } = judged
    const pointM = local.toLocal(reading.position)
    const ringM = (reading.footprint ?? []).map((p) => local.toLocal(p))
    const near = nearestPlace(places, pointM, reading.errorRadiusM, policy)
    const here = near ?? (standsOut ? newPlace(`${reading.droneId}@${reading.atMs}`, reading.atMs) : null)
    if (here && standsOut) {
      addHit(here, pointM, judged, policy)
      changed.add(here)
      if (!near) {
        for (const old of past) if (shows(old.ringM, pointM)) addMiss(here, old.judged, policy)
        places.push(here)
      }
    }
    for (const place of places) {
      if (place === here || !shows(ringM, placeCentreM(place))) continue
      if (addMiss(place, judged, policy)) changed.add(place)
    }
    if (ringM.length > 2) past.push({ judged, ringM })
    if (past.length > MAX_PAST) past.splice(0, past.length - MAX_PAST)
    places = places.filter(
      (place) => place.raised || place.looks > 1 || reading.atMs - place.lastSeenMs < policy.forgetMs,
    )
  }

  return {
    add(reading) {
      check(reading)
      frame ??= frameFrom(reading.position)
      const local = frame
      let background = backgrounds.get(reading.droneId)
      if (!background) backgrounds.set(reading.droneId, (background = frameBackground(policy)))
      const changed = new Set<WarmPlace>()
      const here = nearestPlace(places, local.toLocal(reading.position), reading.errorRadiusM, policy)
      for (const judged of background.judge(reading, here?.raised ? here.key : null)) take(judged, local, changed)
      const reports: Candidate[] = []
      for (const place of changed) {
        const candidate = toCandidate(place, local, policy)
        place.raised ||= candidate.standing
        if (place.raised) reports.push(candidate)
      }
      return reports
    },
    candidates() {
      if (!frame) return []
      const local = frame
      return places
        .filter(({ raised }) => raised)
        .map((place) => toCandidate(place, local, policy))
        .sort((a, b) => b.likelihoodRatio - a.likelihoodRatio || b.looks - a.looks || a.firstSeenMs - b.firstSeenMs)
    },
  }
}

/** Candidates of a finished set of frames; they are taken in order of time. */
export function clusterReadings(readings: readonly ThermalReading[], policy?: TriagePolicy): Candidate[] {
  const triage = createTriage(policy)
  for (const reading of readings.toSorted((a, b) => a.atMs - b.atMs)) triage.add(reading)
  return triage.candidates()
}

function nearestPlace(
  places: readonly WarmPlace[],
  pointM: readonly number[],
  radiusM: number,
  policy: TriagePolicy,
): WarmPlace | null {
  let best: WarmPlace | null = null
  let bestM = Infinity
  for (const place of places) {
    const [eastM, northM] = placeCentreM(place)
    const awayM = Math.hypot(pointM[0]! - eastM, pointM[1]! - northM)
    const gateM = Math.max(policy.sameThingM, Math.hypot(radiusM, place.bestRadiusM))
    if (awayM <= gateM && awayM < bestM) {
      best = place
      bestM = awayM
    }
  }
  return best
}

const shows = (ringM: readonly (readonly number[])[], pointM: readonly number[]): boolean =>
  ringM.length >= 3 && inRing(ringM, pointM[0]!, pointM[1]!)

function check({ atMs, droneId, position, errorRadiusM, maxC, contrastC, recall = 0.5 }: ThermalReading): void {
  const numbers = { atMs, 'position.lng': position[0], 'position.lat': position[1], maxC, contrastC }
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) throw new RangeError(`reading.${name}: must be a finite number (drone ${droneId})`)
  }
  if (!(errorRadiusM > 0)) throw new RangeError(`reading.errorRadiusM: must be above 0 (drone ${droneId})`)
  if (!(recall > 0 && recall < 1)) throw new RangeError(`reading.recall: must be between 0 and 1 (drone ${droneId})`)
}
