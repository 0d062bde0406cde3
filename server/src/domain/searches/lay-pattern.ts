import type { AreaPattern, Command, DomainEvent, Line, LngLat, PatternPlan } from '@skerry/contract'
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
import type { DecideContext, SortieCut } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { LANE_SPEED_MPS, draftTask, nextTaskNumber } from '../tasks/draft.ts'
import { noFlyFor } from '../tasks/no-fly.ts'
import { apart } from '../tasks/apart.ts'
import { onMap } from './assumptions.ts'
import { areaCuts, isArea } from './lay-area.ts'
import { equipped, sortieDrones } from './sortie-drones.ts'

type Lay = Extract<Command, { type: 'search.lay-pattern' }>

/** Neighbouring tracks overlap by this share of the swath, as those of cut tasks do. */
const OVERLAP = 0.15
/** A coast farther from the clicked place than this is not the one that was meant, metres. */
const FARTHEST_COAST_M = 2000

type Placed = Exclude<PatternPlan, AreaPattern>
type CoastOf = (near: LngLat, reachM: number) => CoastStretch | null

/**
 * Lays a pattern by its name and drafts it as tasks, one for each drone: the lanes in their order, as many as each can
 * fly. What fits into none of these sorties stays with the last task, for another flight.
 */
export function decideLayPattern(picture: Picture, command: Lay, ctx: DecideContext): Decision<DomainEvent[]> {
  const { searchId, clearanceM, pattern } = command
  const laid = isArea(pattern) ? areaCuts(picture, { ...command, pattern }, ctx) : placedCuts(picture, command, ctx)
  if (!laid.ok) return laid
  const search = picture.search.get(searchId)!
  const number = nextTaskNumber(picture, searchId)
  const tasks = laid.value.map((cut, i) => {
    const status = ctx.drones.get(cut.droneId)
    const cover = ctx.maps.cover(search, status, clearanceM, LANE_SPEED_MPS)
    const task = draftTask(picture, search, cut, {
      id: ctx.newId(),
      number: number + i,
      kind: 'sweep',
      candidateId: null,
      clearanceM,
      speedMps: LANE_SPEED_MPS,
      cover,
      status,
    })
    return { ...task, pattern }
  })
  return ok([{ type: 'search.tasks-cut', searchId, tasks: apart(picture, search, tasks, ctx), replaced: [] }])
}

function placedCuts(picture: Picture, command: Lay, ctx: DecideContext): Decision<SortieCut[]> {
  const { searchId, droneIds, clearanceM, pattern } = command
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (isArea(pattern) || !onMap(search, pattern.centre))
    return refuse(422, 'outside-map', 'the pattern lies outside the map')
  const able = sortieDrones(picture, droneIds, ctx)
  if (!able.ok) return able
  const drones = equipped(search, able.value, clearanceM, ctx)
  // One pattern has one track spacing: that of the camera that sees least across, so that no gap is left by any.
  const swathM = Math.min(...drones.map(({ cover }) => cover.swathM))
  const laid = layOut(pattern, swathM * (1 - OVERLAP), (near, reachM) => ctx.maps.coast(search, near, reachM))
  if (laid === 'no-coast') return refuse(422, 'no-coast-near', 'no coast is known near this place')
  if (!laid) return refuse(422, 'pattern-not-possible', `pattern ${pattern.name} cannot be laid with these lengths`)
  let left: Line[] = laid.lanes
  const cuts: SortieCut[] = []
  for (const { cover, wind, ...drone } of drones) {
    if (left.length === 0) break
    const cut = ctx.maps.lanes({
      searchId,
      drone,
      lanes: left,
      anyOrder: false,
      laneSpacingM: laid.trackSpacingM,
      cover,
      wind,
      noFly: noFlyFor(picture, search, [drone.id]),
    })
    if (!cut) continue
    left = cut.left ?? []
    const { left: _, ...flown } = cut
    cuts.push(flown)
  }
  const last = cuts.pop()
  if (!last) return refuse(409, 'out-of-reach', `${droneIds.join(', ')} cannot reach the pattern and return`)
  return ok([...cuts, left.length > 0 ? { ...last, left } : last])
}

/** Null for lengths that the pattern cannot have. */
function layOut(plan: Placed, trackSpacingM: number, coastOf: CoastOf): SearchPattern | 'no-coast' | null {
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

function layPlaced(plan: Exclude<Placed, { name: 'shoreline' }>, trackSpacingM: number): SearchPattern {
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
