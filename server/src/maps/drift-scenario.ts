import type { DriftStory, Search, SetAndRate } from '@skerry/contract'
import {
  changingFlow,
  leewayObject,
  steadyFlow,
  sumOfFlows,
  tidalFlow,
  type Flow,
  type MapDrift,
  type VelocityMps,
} from '@skerry/search'

/** Enough for a smooth map of a few km, and few enough to be drawn at once when a person asks. */
const PARTICLES = 2000

/**
 * The drift of a story up to a moment, the same on every replay: its chances come from the search's own seed. Wind and
 * current are the same over the whole map, as they were stated. Right of downwind is Allen's convention.
 */
export function driftOf(story: DriftStory, mapAtMs: number, seed: number): MapDrift {
  return {
    object: leewayObject(story.objectId),
    wind: windOf(story),
    current: currentOf(story),
    durationS: Math.max(0, mapAtMs - story.enteredAtMs) / 1000,
    particles: PARTICLES,
    seed,
    convention: 'allen',
    datumErrorM: story.entryErrorM,
  }
}

function windOf({ wind, laterWinds = [], enteredAtMs }: DriftStory): Flow {
  const blows = ({ fromDeg, speedMps }: DriftStory['wind']): VelocityMps =>
    velocityOf({ towardDeg: fromDeg + 180, speedMps })
  if (laterWinds.length === 0) return steadyFlow(blows(wind))
  const later = laterWinds.map((each) => ({ atS: (each.atMs - enteredAtMs) / 1000, velocity: blows(each) }))
  return changingFlow([{ atS: 0, velocity: blows(wind) }, ...later])
}

function currentOf({ current, enteredAtMs }: DriftStory): Flow {
  if (current.kind === 'steady') return steadyFlow(velocityOf(current))
  const tide = tidalFlow({
    ebb: velocityOf(current.ebb),
    flood: velocityOf(current.flood),
    slackS: [(current.slackAtMs - enteredAtMs) / 1000],
    afterFirstSlack: current.afterSlack,
    periodS: current.periodH === undefined ? undefined : current.periodH * 3600,
  })
  return current.residual ? sumOfFlows(tide, steadyFlow(velocityOf(current.residual))) : tide
}

function velocityOf({ towardDeg, speedMps }: SetAndRate): VelocityMps {
  const rad = (towardDeg * Math.PI) / 180
  return [speedMps * Math.sin(rad), speedMps * Math.cos(rad)]
}

/** Seed of everything that is drawn by chance for one search (FNV-1a of its id). */
export function seedOf(searchId: Search['id']): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < searchId.length; i++) hash = Math.imul(hash ^ searchId.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
