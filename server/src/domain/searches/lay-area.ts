import type { AreaPattern, Command, PatternPlan } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { AreaRequest, DecideContext, SortieCut } from '../context.ts'
import { assumedOf, stillHolds } from '../planned.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'
import { noFlyFor } from '../tasks/no-fly.ts'
import { shapeFault } from '../zones/shape-fault.ts'
import { onMap } from './assumptions.ts'
import { equipped, sortieDrones } from './sortie-drones.ts'

/** A command to lay tracks inside a drawn area. */
export type LayArea = Extract<Command, { type: 'search.lay-pattern' }> & { pattern: AreaPattern }

export const isArea = (pattern: PatternPlan): pattern is AreaPattern => 'polygon' in pattern

/** What has to be planned before tracks inside a drawn area can be decided on, or why they cannot be laid. */
export function areaRequest(
  picture: Picture,
  command: LayArea,
  ctx: Pick<DecideContext, 'maps' | 'drones'>,
): Decision<AreaRequest> {
  const { searchId, droneIds, clearanceM, pattern } = command
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  const { polygon, from } = pattern
  if (![...polygon.flat(), ...(from ? [from] : [])].every((corner) => onMap(search, corner)))
    return refuse(422, 'outside-map', 'a corner of the area lies outside the map')
  const fault = shapeFault({ kind: 'polygon', rings: polygon })
  if (fault) return refuse(422, 'pattern-area-not-possible', `pattern.polygon: ${fault}`)
  const able = sortieDrones(picture, droneIds, ctx)
  if (!able.ok) return able
  return ok({
    searchId,
    area: pattern,
    drones: equipped(search, able.value, clearanceM, ctx),
    noFly: noFlyFor(
      picture,
      search,
      able.value.map(({ id }) => id),
    ),
  })
}

/** The sorties as they were planned a moment ago, if that still holds. */
export function areaCuts(picture: Picture, command: LayArea, ctx: DecideContext): Decision<SortieCut[]> {
  const asked = areaRequest(picture, command, ctx)
  if (!asked.ok) return asked
  const { planned } = ctx
  const assumed = assumedOf(picture.search.get(command.searchId)!)
  if (!planned || !sameJson(planned.assumed, assumed) || !stillHolds(planned, asked.value))
    return refuse(409, 'plan-stale', 'what was planned no longer holds')
  return planned.cuts.length > 0 ? ok(planned.cuts) : refuse(409, 'out-of-reach', 'no drone can reach the area')
}
