import type { MoverColumns } from '@skerry/contract'
import { freshness } from '../theme/staleness.ts'
import { metresPerDegree } from '../theme/metres-per-degree.ts'
import { paletteOf, type Palette, type Rgba, type Theme } from '../theme/palette.ts'
import { ICON_DEFS } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'

/** Kinds and statuses in the order of the motion plane's state byte: status in the low four bits, kind above. */
export const UNIT_KINDS = ['car', 'foot', 'motorbike', 'boat', 'ground-team'] as const
export const UNIT_STATUSES = ['off-duty', 'available', 'assigned', 'en-route', 'on-scene', 'out-of-service'] as const

const PLATES: readonly SymbolName[] = [
  'plate-out',
  'plate-available',
  'plate-assigned',
  'plate-en-route',
  'plate-on-scene',
  'plate-out',
]

export interface UnitAttributes {
  length: number
  /** Interleaved lng, lat degrees. */
  positions: Float64Array
  symbolDefs: Float32Array
  plateDefs: Float32Array
  symbolColors: Uint8Array
  plateColors: Uint8Array
  groundColors: Uint8Array
  notchColors: Uint8Array
  /** Counter-clockwise degrees, as deck.gl's IconLayer takes them. */
  angles: Float32Array
  /** Where a unit with a known course will be, interleaved lng, lat degrees; its own position when that is not known. */
  ahead: Float64Array
}

/**
 * Binary attributes of patrol units: one pass over the columns, no object per mover.
 * @param selected handle of the unit that is looked at
 * @param aheadS seconds that the speed vector looks ahead, >= 0
 * Busy units stand out by the shape and weight of their plate; an old fix loses its colour and fades.
 */
export function unitAttributes(
  columns: MoverColumns,
  theme: Theme,
  stale: boolean,
  selected: number | null,
  aheadS: number,
): UnitAttributes {
  const n = columns.count
  const palette = paletteOf(theme, stale)
  const out: UnitAttributes = {
    length: n,
    positions: columns.positions.subarray(0, n * 2),
    symbolDefs: new Float32Array(n * 7),
    plateDefs: new Float32Array(n * 7),
    symbolColors: new Uint8Array(n * 4),
    plateColors: new Uint8Array(n * 4),
    groundColors: new Uint8Array(n * 4),
    notchColors: new Uint8Array(n * 4),
    angles: new Float32Array(n),
    ahead: columns.positions.slice(0, n * 2),
  }
  const shades = Array.from({ length: SHADES + 1 }, (_, i) => fade(palette, i / SHADES))
  for (let i = 0; i < n; i++) {
    const state = columns.state[i]!
    const fresh = stale ? 0 : freshness(columns.ageS[i]!)
    const colour = shades[Math.round(fresh * SHADES)]!
    const heading = columns.headingDeg[i]!
    const known = Number.isFinite(heading)
    put(out.symbolDefs, i * 7, ICON_DEFS[UNIT_KINDS[state >> 4] ?? 'car'])
    put(out.plateDefs, i * 7, ICON_DEFS[PLATES[state & 15] ?? 'plate-out'])
    put(out.symbolColors, i * 4, colour)
    put(out.plateColors, i * 4, selected === columns.handle[i] ? palette.select : colour)
    put(out.groundColors, i * 4, palette.plate)
    put(out.notchColors, i * 4, known ? colour : NOTHING)
    out.angles[i] = known ? -heading : 0
    const speedMps = columns.speedMps[i]!
    if (known && speedMps > 0 && fresh > 0) advance(out.ahead, i, heading, speedMps * aheadS)
  }
  return out
}

/** Steps from a whole colour to none, few enough that no colour is mixed per unit. */
const SHADES = 16
const NOTHING: Rgba = [0, 0, 0, 0]

/** `set` of a typed array costs more than these few writes, once per unit and column. */
function put(target: Float32Array | Uint8Array, offset: number, values: readonly number[]): void {
  for (let k = 0; k < values.length; k++) target[offset + k] = values[k]!
}

/** Moves one interleaved position along a course on the local plane; good to a metre over a kilometre. */
function advance(positions: Float64Array, i: number, headingDeg: number, distanceM: number): void {
  const [perLng, perLat] = metresPerDegree(positions[i * 2 + 1]!)
  const headingRad = (headingDeg * Math.PI) / 180
  positions[i * 2]! += (Math.sin(headingRad) * distanceM) / perLng
  positions[i * 2 + 1]! += (Math.cos(headingRad) * distanceM) / perLat
}

function fade(palette: Palette, fresh: number): Rgba {
  const mix = (a: number, b: number): number => Math.round(a * fresh + b * (1 - fresh))
  const { text, stale } = palette
  return [mix(text[0], stale[0]), mix(text[1], stale[1]), mix(text[2], stale[2]), mix(255, 150)]
}
