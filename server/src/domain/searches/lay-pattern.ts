import type { Command, DomainEvent, LngLat, PatternPlan } from '@skerry/contract'
import {
  creepingLine,
  expandingSquare,
  localFrame,
  parallelTrack,
  sectorSearch,
  shorelineSearch,
  type CoastStretch,
  type SearchPattern,
} from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { LANE_SPEED_MPS, draftTask, nextTaskNumber, sortieDrone } from '../tasks/draft.ts'
import { noFlyFor } from '../tasks/no-fly.ts'
import { apart } from '../tasks/apart.ts'
import { onMap } from './assumptions.ts'

type Lay = Extract<Command, { type: 'search.lay-pattern' }>

/** Neighbouring tracks overlap by this share of the swath, as those of cut tasks do. */
const OVERLAP = 0.15
/** A coast farther from the clicked place than this is not the one that was meant, metres. */
const FARTHEST_COAST_M = 2000

type CoastOf = (near: LngLat, reachM: number) => CoastStretch | null

/** Lays a pattern by its name and drafts it as a task; what does not fit into one sortie is left for another. */
export function decideLayPattern(picture: Picture, command: Lay, ctx: DecideContext): Decision<DomainEvent[]> {
  const { searchId, droneId, clearanceM, pattern } = command
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (!onMap(search, pattern.centre)) return refuse(422, 'outside-map', 'the pattern lies outside the map')
  if (!picture.drone.has(droneId)) return refuse(409, 'drone-not-seen', `drone ${droneId} has never been seen`)
  const status = ctx.drones.get(droneId)
  const drone = sortieDrone(droneId, status)
  if (!drone) return refuse(409, 'drone-position-unknown', `where drone ${droneId} stands is not known`)
  if (drone.enduranceS <= drone.reserveS)
    return refuse(409, 'drone-battery-low', `drone ${droneId} has no battery left for a sortie`)
  const cover = ctx.maps.cover(search, status, clearanceM, LANE_SPEED_MPS)
  const laid = layOut(pattern, cover.swathM * (1 - OVERLAP), (near, reachM) => ctx.maps.coast(search, near, reachM))
  if (laid === 'no-coast') return refuse(422, 'no-coast-near', 'no coast is known near this place')
  if (!laid) return refuse(422, 'pattern-not-possible', `pattern ${pattern.name} cannot be laid with these lengths`)
  const cut = ctx.maps.lanes({
    searchId,
    drone,
    lanes: laid.lanes,
    anyOrder: false,
    laneSpacingM: laid.trackSpacingM,
    cover,
    wind: status?.wind ?? null,
    noFly: noFlyFor(picture, search, [drone.id]),
  })
  if (!cut) return refuse(409, 'out-of-reach', `${droneId} cannot reach the pattern and return`)
  const task = draftTask(picture, search, cut, {
    id: ctx.newId(),
    number: nextTaskNumber(picture, searchId),
    kind: 'sweep',
    candidateId: null,
    clearanceM,
    speedMps: LANE_SPEED_MPS,
    cover,
    status,
  })
  return ok([
    { type: 'search.tasks-cut', searchId, tasks: apart(picture, search, [{ ...task, pattern }], ctx), replaced: [] },
  ])
}

/** Null for lengths that the pattern cannot have. */
function layOut(plan: PatternPlan, trackSpacingM: number, coastOf: CoastOf): SearchPattern | 'no-coast' | null {
  try {
    return plan.name === 'shoreline' ? layShoreline(plan, trackSpacingM, coastOf) : layPlaced(plan, trackSpacingM)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function layShoreline(
  { centre, reachM, offsetM, side, tracks }: Extract<PatternPlan, { name: 'shoreline' }>,
  trackSpacingM: number,
  coastOf: CoastOf,
): SearchPattern | 'no-coast' | null {
  const stretch = coastOf(centre, reachM)
  if (!stretch || stretch.awayM > FARTHEST_COAST_M) return 'no-coast'
  const waterOn = stretch.landOn === 'left' ? 'right' : 'left'
  const laid = shorelineSearch({
    coast: stretch.coast,
    side: side === 'land' ? stretch.landOn : waterOn,
    offsetM,
    tracks,
    trackSpacingM,
  })
  return laid.lanes.length > 0 ? laid : null
}

function layPlaced(plan: Exclude<PatternPlan, { name: 'shoreline' }>, trackSpacingM: number): SearchPattern {
  const bearingRad = (plan.bearingDeg * Math.PI) / 180
  const { name, centre: datum, reachM, acrossM } = plan
  switch (name) {
    case 'expanding-square':
      return expandingSquare({ datum, radiusM: reachM, trackSpacingM, firstLegRad: bearingRad })
    case 'sector':
      return sectorSearch({ datum, radiusM: reachM, firstLegRad: bearingRad })
    case 'parallel-track':
    case 'creeping-line': {
      const [sin, cos] = [Math.sin(bearingRad), Math.cos(bearingRad)]
      // The corner at the near left end, looking along the tracks.
      const corner = localFrame(datum).toLngLat([-reachM * sin - acrossM * cos, -reachM * cos + acrossM * sin])
      const area = { corner, trackRad: bearingRad, alongM: 2 * reachM, acrossM: 2 * acrossM, trackSpacingM }
      return name === 'parallel-track' ? parallelTrack(area) : creepingLine(area)
    }
  }
}
