import type { Actor, CoverPlan, LngLat, Unit, Zone } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { coversDue } from '../domain/units/cover.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Eta } from '../eta/eta-service.ts'
import { everyMs } from '../live/every.ts'
import { planCover } from './plan-cover.ts'
import { createZonePlaces } from './zone-places.ts'

const TICK_MS = 1000
const ACTOR: Actor = { kind: 'system', part: 'cover' }

/** Cover of the zones over the live picture. */
export interface CoverDesk {
  plan(sent: ReadonlySet<string>): CoverPlan
  /** Where a unit is sent to cover a zone; null where there is no such place. */
  placeIn(zone: Zone): LngLat | null
  stop(): void
}

/** Says which zones are short and who could move there, and ends moves that are over. */
export function startCoverDesk(parts: {
  engine: Pick<Engine, 'record' | 'picture'>
  eta: Pick<Eta, 'comersTo'>
  placeOf: (unit: Unit) => { lngLat: LngLat; fixAtMs: number } | null
  onLand: (at: LngLat) => boolean
  clock: Scheduler & Clock
  onFault: (error: unknown) => void
}): CoverDesk {
  const { engine, eta, placeOf, clock, onFault } = parts
  const places = createZonePlaces(parts.onLand)
  const isIn = (unit: Unit, zone: Zone): boolean => {
    const place = placeOf(unit)
    return place !== null && places.holds(zone, place.lngLat)
  }
  let busy = false
  const stop = everyMs(clock, TICK_MS, () => {
    if (busy || coversDue(engine.picture, isIn).length === 0) return
    busy = true
    engine
      .record(ACTOR, (picture) => coversDue(picture, isIn))
      .catch(onFault)
      .finally(() => (busy = false))
  })
  return {
    plan: (sent) =>
      planCover({
        nowMs: clock.nowMs(),
        zones: engine.picture.zone.values(),
        units: engine.picture.unit.values(),
        placeOf,
        sent,
        comers: eta.comersTo,
        places,
      }),
    placeIn: places.middle,
    stop,
  }
}
