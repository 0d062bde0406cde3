import type { LngLat, Zone, ZoneRule } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { createZoneEngine, type ZoneEngine } from './zone-engine.ts'
import type { ZoneEvent, ZoneFix } from './zone-fix.ts'

/** Things that tests of zones share. Times are seconds from a start, places metres from a centre. */
export const CENTRE: LngLat = [122.2, 30]
export const START_MS = 1_700_000_000_000
const frame = localFrame(CENTRE)
export const place = (eastM: number, northM: number): LngLat => frame.toLngLat([eastM, northM])

/** Numbers 0..1 that a seed makes, the same every time. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
/** A normal deviate of mean 0 and deviation 1 (Box and Muller). */
export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())

type Loose<T> = T extends unknown ? Omit<T, 'priority' | 'movers' | 'only' | 'allowed'> & Partial<T> : never
export const rule = (given: Loose<ZoneRule>): ZoneRule =>
  ({ priority: 'warning', movers: ['unit', 'vessel'], only: [], allowed: [], ...given }) as ZoneRule

/** A square zone about a place, with its half side in metres. */
export function squareZone(
  id: string,
  rules: ZoneRule[],
  over: { east?: number; north?: number; halfM?: number } = {},
): Zone {
  const { east = 0, north = 0, halfM = 200 } = over
  const corners = [
    [-halfM, -halfM],
    [halfM, -halfM],
    [halfM, halfM],
    [-halfM, halfM],
  ] as const
  return {
    id,
    name: id,
    shape: { kind: 'polygon', rings: [corners.map(([x, y]) => place(east + x, north + y))] },
    rules,
    evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
    revision: 1,
    changedAtMs: START_MS,
    changedBy: 'test',
  }
}

export const fixAt = (atS: number, eastM: number, northM: number, over: Partial<ZoneFix> = {}): ZoneFix => ({
  kind: 'unit',
  id: 'u1',
  atMs: START_MS + Math.round(atS * 1000),
  lngLat: place(eastM, northM),
  accuracyM: 5,
  speedMps: null,
  available: true,
  feed: 'units',
  ...over,
})

/** An engine that has watched these zones since a second before the start. */
export function watching(zones: Zone[], engine = createZoneEngine()): ZoneEngine {
  engine.setZones(zones, START_MS - 1000)
  return engine
}

/** Takes fixes and makes everything final up to `toS`. */
export function run(engine: ZoneEngine, fixes: readonly ZoneFix[], toS = 1e6): ZoneEvent[] {
  for (const fix of fixes) engine.take(fix)
  return engine.advance(START_MS + toS * 1000)
}

/** Events in words: `start enter u1 12.5`, seconds from the start. */
export const said = (events: readonly ZoneEvent[]): string[] =>
  events.map(({ edge, rule: kind, mover, other, atMs }) =>
    [edge, kind, mover?.id ?? '-', other?.id, ((atMs - START_MS) / 1000).toFixed(0)].filter(Boolean).join(' '),
  )

/** Straight movement at a speed, one fix every `everyS`. */
export function straight(
  from: [number, number],
  to: [number, number],
  mps: number,
  { everyS = 1, fromS = 0, over = {} }: { everyS?: number; fromS?: number; over?: Partial<ZoneFix> } = {},
): ZoneFix[] {
  const takesS = Math.hypot(to[0] - from[0], to[1] - from[1]) / mps
  const fixes: ZoneFix[] = []
  for (let s = 0; s <= takesS; s += everyS) {
    const share = s / takesS
    fixes.push(fixAt(fromS + s, from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, over))
  }
  return fixes
}
export const still = (
  at: [number, number],
  fromS: number,
  toS: number,
  everyS = 1,
  over: Partial<ZoneFix> = {},
): ZoneFix[] =>
  Array.from({ length: Math.floor((toS - fromS) / everyS) + 1 }, (_, i) => fixAt(fromS + i * everyS, ...at, over))
