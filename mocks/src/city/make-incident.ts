import { isLand, type LandPolygon } from '@skerry/basemap'
import type { IncidentReport, LngLat } from '@skerry/contract'
import { moved } from '../base/flat.ts'
import { gaussian, pick, type Rand } from '../base/rand.ts'
import { ANYWHERE, AT_SEA, HOT, type Kind, TOWNS } from './incident-places.ts'

/** Shares of what happens at the hot places and at sea; the rest is spread over the towns. */
const HOT_SHARE = 0.6
const SEA_SHARE = 0.02

const around = (rand: Rand, at: LngLat, spreadM: number): LngLat =>
  moved(at, gaussian(rand) * spreadM, gaussian(rand) * spreadM)

/** A place near `at` on land (or on water); the middle itself where none is found nearby. */
function placed(rand: Rand, land: readonly LandPolygon[], at: LngLat, spreadM: number, wet: boolean): LngLat {
  for (let tries = 0; tries < 50; tries++) {
    const spot = around(rand, at, spreadM)
    if (isLand(land, spot) !== wet) return spot
  }
  return at
}

function weighted<T extends { weight: number }>(rand: Rand, from: readonly T[]): T {
  let left = rand() * from.reduce((sum, one) => sum + one.weight, 0)
  return from.find((one) => (left -= one.weight) < 0) ?? from[0]!
}

/** One incident that could happen any day. */
export function makeIncident(
  rand: Rand,
  land: readonly LandPolygon[],
  externalId: string,
  occurredAtMs: number,
): IncidentReport {
  const roll = rand()
  const report = (kind: Kind, place: string, position: LngLat): IncidentReport => ({
    externalId,
    category: kind.category,
    priority: kind.priority,
    position: [Math.round(position[0] * 1e6) / 1e6, Math.round(position[1] * 1e6) / 1e6],
    place,
    occurredAtMs: Math.round(occurredAtMs),
    text: kind.text,
  })
  if (roll < SEA_SHARE) {
    const sea = pick(rand, AT_SEA)
    return report(pick(rand, sea.kinds), sea.place, placed(rand, land, sea.at, sea.radiusM / 2, true))
  }
  if (roll < SEA_SHARE + HOT_SHARE) {
    const hot = weighted(rand, HOT)
    return report(pick(rand, hot.kinds), hot.place, placed(rand, land, hot.at, hot.spreadM, false))
  }
  const town = weighted(rand, TOWNS)
  return report(pick(rand, ANYWHERE), town.place, placed(rand, land, town.at, town.radiusM / 2, false))
}

/** The call that starts a search. No name, no number: what helps to look for someone. */
export const missingPersonCall = (seed: number, lastSeen: LngLat, nowMs: number): IncidentReport => ({
  // The same world has the same call: a second start on the same data does not report it again.
  externalId: `call-${seed}`,
  category: 'other',
  priority: 'critical',
  position: [Math.round(lastSeen[0] * 1e6) / 1e6, Math.round(lastSeen[1] * 1e6) / 1e6],
  place: '朱家尖 步道入口',
  occurredAtMs: nowMs - 40 * 60_000,
  text: '来电：一位老人走失，患有认知障碍。约 40 分钟前最后见于此处，独自步行离开。深蓝色外套、灰色长裤、毛线帽，无外伤，行走缓慢。',
})
