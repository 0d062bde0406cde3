import type { CoverMove, CoverPlan, LngLat, RankedUnit, Unit, Zone, ZoneCover } from '@skerry/contract'
import { coverageOf, type CoverageRule, type ZonePlaces } from './zone-places.ts'

/** Not heard for longer than this, a unit no longer counts as there, ms: as in the rule of the zone. */
const COUNTS_FOR_MS = 300_000
/** Moves that are named for one zone. */
const MOST_MOVES = 4
/** Whoever is in one of these states is not moved to cover. */
const NOT_FOR_COVER: readonly RankedUnit['cautions'][number][] = [
  'busy',
  'boat-promised-elsewhere',
  'on-rest',
  'shift-ends',
]

export interface CoverInput {
  readonly nowMs: number
  readonly zones: Iterable<Zone>
  readonly units: Iterable<Unit>
  readonly placeOf: (unit: Unit) => { lngLat: LngLat; fixAtMs: number } | null
  /** Units that are assumed to be sent away: what a dispatch would leave behind. */
  readonly sent: ReadonlySet<string>
  /** Everyone who could come to a place, by time of arrival; empty while that cannot be said. */
  readonly comers: (at: LngLat) => readonly RankedUnit[]
  readonly places: ZonePlaces
}

interface Counted {
  zone: Zone
  rule: CoverageRule
  inside: Unit[]
}

/**
 * Which zones are short of free units, or would be once `sent` have gone, and who could move there. A unit whose own zone
 * would then be short comes after those whose would not. Pure: the same input gives the same plan.
 */
export function planCover(input: CoverInput): CoverPlan {
  const { nowMs, sent, placeOf, places } = input
  const units = [...input.units]
  const heard = units.flatMap((unit) => {
    const place = unit.onDuty ? placeOf(unit) : null
    return place !== null && nowMs - place.fixAtMs <= COUNTS_FOR_MS ? [{ unit, at: place.lngLat }] : []
  })
  const free = heard.filter(({ unit }) => isFree(unit))
  const counted = [...input.zones]
    .flatMap((zone): Counted[] => {
      const rule = coverageOf(zone)
      if (rule === null) return []
      const counts = ({ unit, at }: (typeof free)[number]): boolean =>
        (rule.only.length === 0 || rule.only.includes(unit.id)) && places.holds(zone, at)
      return [{ zone, rule, inside: free.filter(counts).map(({ unit }) => unit) }]
    })
    .sort((a, b) => (a.zone.id < b.zone.id ? -1 : 1))
  const left = ({ inside }: Counted): number => inside.filter(({ id }) => !sent.has(id)).length

  const zones = counted.map((one): ZoneCover => {
    const { zone, rule, inside } = one
    const coming = units.filter(({ id, cover }) => cover?.zoneId === zone.id && !sent.has(id)).map(({ id }) => id)
    const unknown = heard.length === 0
    const missing = Math.max(0, rule.minUnits - left(one) - coming.length)
    const destination = places.middle(zone)
    return {
      zoneId: zone.id,
      minUnits: rule.minUnits,
      free: unknown ? null : inside.length,
      leaving: inside.filter(({ id }) => sent.has(id)).map(({ id }) => id),
      coming,
      missing: unknown ? null : missing,
      destination,
      moves: unknown || missing === 0 || destination === null ? [] : movesTo(one, destination),
    }
  })
  return { atMs: nowMs, zones }

  function movesTo({ zone, rule, inside }: Counted, to: LngLat): CoverMove[] {
    const able = input.comers(to).flatMap((row): CoverMove[] => {
      const unit = units.find(({ id }) => id === row.unitId)
      if (unit === undefined || row.kind === 'drone' || !isFree(unit) || unit.cover || sent.has(unit.id)) return []
      if (inside.includes(unit) || (rule.only.length > 0 && !rule.only.includes(unit.id))) return []
      if (row.cautions.some((caution) => NOT_FOR_COVER.includes(caution))) return []
      const covers = counted.filter((other) => other.zone.id !== zone.id && other.inside.includes(unit))
      return [
        {
          unitId: unit.id,
          callSign: unit.callSign,
          kind: row.kind,
          etaS: row.etaS,
          from: covers.map((other) => other.zone.id),
          leavesShort: covers.filter((other) => left(other) - 1 < other.rule.minUnits).map((other) => other.zone.id),
          cautions: row.cautions,
        },
      ]
    })
    const robs = ({ leavesShort }: CoverMove): number => (leavesShort.length > 0 ? 1 : 0)
    return able
      .sort((a, b) => robs(a) - robs(b) || a.etaS - b.etaS || (a.unitId < b.unitId ? -1 : 1))
      .slice(0, MOST_MOVES)
  }
}

const isFree = ({ onDuty, status, assignment }: Unit): boolean =>
  onDuty && assignment === null && status === 'available'
