import type { LngLat, Zone, ZoneRule } from '@skerry/contract'
import { compileZone, type CompiledZone } from '../zones/compiled-zone.ts'

export type CoverageRule = Extract<ZoneRule, { kind: 'coverage' }>

/** The rule of coverage of a zone that units are counted by; null for none. */
export const coverageOf = (zone: Zone): CoverageRule | null =>
  zone.rules.find((rule): rule is CoverageRule => rule.kind === 'coverage' && rule.movers.includes('unit')) ?? null

/** Points of a grid of this many by this many over the box of a zone. */
const GRID = 15

/** Questions about places in zones; compiled shapes are kept until a zone changes. */
export interface ZonePlaces {
  /** Whether a place lies inside. */
  holds(zone: Zone, at: LngLat): boolean
  /** The place deepest inside, on land where the zone has any; null where no point of the grid lies inside. */
  middle(zone: Zone): LngLat | null
}

/** @param onLand whether a place is on land */
export function createZonePlaces(onLand: (at: LngLat) => boolean): ZonePlaces {
  const known = new Map<string, { revision: number; zone: CompiledZone; middle: LngLat | null | undefined }>()
  function of(zone: Zone): NonNullable<ReturnType<typeof known.get>> {
    const held = known.get(zone.id)
    if (held?.revision === zone.revision) return held
    const made = { revision: zone.revision, zone: compileZone(zone), middle: undefined }
    known.set(zone.id, made)
    return made
  }
  const depthM = ({ zone }: { zone: CompiledZone }, at: LngLat): number => zone.depthM(...zone.frame.toLocal(at))
  return {
    holds: (zone, at) => depthM(of(zone), at) >= 0,
    middle(zone) {
      const held = of(zone)
      if (held.middle !== undefined) return held.middle
      const [west, south, east, north] = held.zone.box
      let best: { at: LngLat; land: boolean; depthM: number } | null = null
      for (let i = 0; i < GRID; i++)
        for (let k = 0; k < GRID; k++) {
          const at: LngLat = [west + ((i + 0.5) / GRID) * (east - west), south + ((k + 0.5) / GRID) * (north - south)]
          const inside = depthM(held, at)
          if (inside < 0) continue
          const land = onLand(at)
          if (best !== null && (land === best.land ? inside <= best.depthM : best.land)) continue
          best = { at, land, depthM: inside }
        }
      held.middle = best?.at ?? null
      return held.middle
    },
  }
}
