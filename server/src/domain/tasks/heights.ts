import type { LegalNotice, ListedSite, LngLat, Search, Task } from '@skerry/contract'
import { distanceToLineM } from '../geo.ts'

/** True height from which a flight needs an approval (interim regulation on unmanned flight, art. 19), metres. */
const LEGAL_HEIGHT_M = 120
/** A drone climbs at least this far above its take-off point before it goes anywhere, metres. */
const LOWEST_TRANSIT_M = 30

type Heights = Pick<Task, 'highestGroundAmslM' | 'heightAboveTakeoffM' | 'notices' | 'blockers'>

/** Height of a task's flight, metres above mean sea level; null while its height or its take-off point is not known. */
export const flightAmslM = (
  { heightAboveTakeoffM }: Pick<Task, 'heightAboveTakeoffM'>,
  home: { altAmslM: number } | null,
): number | null => (heightAboveTakeoffM === null || home === null ? null : home.altAmslM + heightAboveTakeoffM)

/**
 * Height of a task, what the law asks of it, and what stands in its way. Without the highest ground or the height of the
 * take-off point nothing is assumed: the height stays unknown and the task is blocked.
 * @param home where the drone takes off; its altitude in metres above mean sea level
 */
export function heightsOf(
  task: Pick<Task, 'path' | 'clearanceM' | 'approvalRef'>,
  search: Pick<Search, 'highestGroundAmslM'>,
  home: { lngLat: LngLat; altAmslM: number } | null,
  sites: Iterable<ListedSite>,
): Heights {
  const { highestGroundAmslM } = search
  const blockers: Task['blockers'] = []
  const notices: LegalNotice[] = []
  let heightAboveTakeoffM: number | null = null
  if (highestGroundAmslM === null) blockers.push('no-highest-ground')
  if (home === null) blockers.push('no-home-altitude')
  if (highestGroundAmslM !== null) {
    let flightAmslM = highestGroundAmslM + task.clearanceM
    if (home !== null) {
      heightAboveTakeoffM = Math.max(LOWEST_TRANSIT_M, Math.round(flightAmslM - home.altAmslM))
      flightAmslM = home.altAmslM + heightAboveTakeoffM
    }
    // The lowest ground of a search by the shore is the sea, and is not known better elsewhere: 0 m.
    if (flightAmslM > LEGAL_HEIGHT_M)
      notices.push({
        kind: 'above-120m',
        site: null,
        detail: `up to ${Math.round(flightAmslM)} m over the lowest ground`,
      })
  }
  const flown = home === null ? task.path : [home.lngLat, ...task.path, home.lngLat]
  for (const site of sites) {
    const awayM = distanceToLineM(site.position, flown)
    if (awayM <= site.radiusM)
      notices.push({
        kind: 'near-listed-site',
        site: site.name,
        detail: `${Math.round(awayM)} m from ${site.name}, limit ${site.radiusM} m`,
      })
  }
  if (notices.length > 0 && task.approvalRef === null) blockers.push('no-approval-ref')
  return { highestGroundAmslM, heightAboveTakeoffM, notices, blockers }
}
