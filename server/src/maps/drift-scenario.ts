import type { DriftStory, FlowGrid, LngLat, Search, SetAndRate } from '@skerry/contract'
import {
  changingFlow,
  gridFlow,
  leewayObject,
  localFrame,
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
 * current are the same over the whole map where a person stated them, and go by place and time where a forecast did.
 * Right of downwind is Allen's convention.
 * @param origin south-west corner of the search's grid, which flows are in the frame of
 */
export function driftOf(story: DriftStory, mapAtMs: number, seed: number, origin: LngLat): MapDrift {
  return {
    object: leewayObject(story.objectId),
    wind: windOf(story, origin),
    current: currentOf(story, origin),
    durationS: Math.max(0, mapAtMs - story.enteredAtMs) / 1000,
    particles: PARTICLES,
    seed,
    convention: 'allen',
    datumErrorM: story.entryErrorM,
  }
}

function windOf({ wind, laterWinds = [], enteredAtMs }: DriftStory, origin: LngLat): Flow {
  if ('field' in wind) return fieldFlow(wind.field, enteredAtMs, origin)
  const blows = ({ fromDeg, speedMps }: Exclude<DriftStory['wind'], { field: FlowGrid }>): VelocityMps =>
    velocityOf({ towardDeg: fromDeg + 180, speedMps })
  if (laterWinds.length === 0) return steadyFlow(blows(wind))
  const later = laterWinds.map((each) => ({ atS: (each.atMs - enteredAtMs) / 1000, velocity: blows(each) }))
  return changingFlow([{ atS: 0, velocity: blows(wind) }, ...later])
}

function currentOf({ current, enteredAtMs }: DriftStory, origin: LngLat): Flow {
  if (current.kind === 'field') return fieldFlow(current.field, enteredAtMs, origin)
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

/** A field by meridians and parallels as a flow in the frame of the grid. */
function fieldFlow({ lngs, lats, timesMs, eastMps, northMps }: FlowGrid, enteredAtMs: number, origin: LngLat): Flow {
  const frame = localFrame(origin)
  const known = (list: readonly (number | null)[]): Float64Array => Float64Array.from(list, (v) => v ?? Number.NaN)
  const flow = gridFlow({
    xs: lngs,
    ys: lats,
    timesS: timesMs.map((atMs) => (atMs - enteredAtMs) / 1000),
    eastMps: known(eastMps),
    northMps: known(northMps),
  })
  return (atS, eastM, northM) => flow(atS, ...frame.toLngLat([eastM, northM]))
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
