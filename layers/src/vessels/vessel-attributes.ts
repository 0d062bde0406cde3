import type { MoverColumns } from '@skerry/contract'
import { ICON_DEFS } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'
import { metresPerDegree } from '../theme/metres-per-degree.ts'
import { paletteOf, type Rgba, type Theme } from '../theme/palette.ts'
import { freshness } from '../theme/staleness.ts'

/** Groups in the order of the motion plane's state byte (its high four bits). */
const AIRCRAFT = 9
const BASE_STATION = 10
const AID = 11
const BEACON = 12
/** Navigational status of a vessel or beacon in distress (low four bits). */
const DISTRESS = 14
/** Ships at anchor speak every three minutes, not every few seconds as units do: they age so much slower. */
const SLOWER = 12
const NOTHING: Rgba = [0, 0, 0, 0]

export interface VesselAttributes {
  length: number
  /** Interleaved lng, lat degrees. */
  positions: Float64Array
  symbolDefs: Float32Array
  colors: Uint8Array
  /** Around one in distress, and around the one that is looked at; invisible elsewhere. */
  ringColors: Uint8Array
  vectorColors: Uint8Array
  /** Counter-clockwise degrees. */
  angles: Float32Array
  /** Where one under way will be, interleaved lng, lat degrees. */
  ahead: Float64Array
}

/**
 * Binary attributes of vessels: one pass over the columns. Shape says what it is (a hull points where it heads, a ring
 * has no heading, a diamond is a buoy), colour only whether it is in distress or looked at.
 * @param selected handle of the vessel that is looked at
 * @param aheadS seconds that the speed vector looks ahead, >= 0
 */
export function vesselAttributes(
  columns: MoverColumns,
  theme: Theme,
  stale: boolean,
  selected: number | null,
  aheadS: number,
): VesselAttributes {
  const n = columns.count
  const palette = paletteOf(theme, stale)
  const out: VesselAttributes = {
    length: n,
    positions: columns.positions.subarray(0, n * 2),
    symbolDefs: new Float32Array(n * 7),
    colors: new Uint8Array(n * 4),
    ringColors: new Uint8Array(n * 4),
    vectorColors: new Uint8Array(n * 4),
    angles: new Float32Array(n),
    ahead: columns.positions.slice(0, n * 2),
  }
  for (let i = 0; i < n; i++) {
    const state = columns.state[i]!
    const heading = columns.headingDeg[i]!
    const known = Number.isFinite(heading)
    const fresh = stale ? 0 : freshness(columns.ageS[i]! / SLOWER)
    const distress = (state & 15) === DISTRESS
    const chosen = selected === columns.handle[i]
    const colour: Rgba = distress
      ? palette.critical
      : ([...(fresh > 0 ? palette.muted : palette.stale).slice(0, 3), 120 + Math.round(135 * fresh)] as unknown as Rgba)
    out.symbolDefs.set(ICON_DEFS[symbolOf(state >> 4, known)], i * 7)
    out.colors.set(colour, i * 4)
    out.ringColors.set(chosen ? palette.select : distress ? palette.critical : NOTHING, i * 4)
    const moving = known && columns.speedMps[i]! > 0.5 && fresh > 0
    out.vectorColors.set(moving ? colour : NOTHING, i * 4)
    out.angles[i] = known ? -heading : 0
    if (moving) advance(out.ahead, i, heading, columns.speedMps[i]! * aheadS)
  }
  return out
}

function symbolOf(group: number, headingKnown: boolean): SymbolName {
  switch (group) {
    case AIRCRAFT:
      return 'aircraft'
    case BASE_STATION:
      return 'base-station'
    case AID:
      return 'aid'
    case BEACON:
      return 'beacon'
    default:
      return headingKnown ? 'vessel' : 'vessel-still'
  }
}

/** Moves one interleaved position along a course on the local plane; good to a metre over a kilometre. */
function advance(positions: Float64Array, i: number, headingDeg: number, distanceM: number): void {
  const [perLng, perLat] = metresPerDegree(positions[i * 2 + 1]!)
  const headingRad = (headingDeg * Math.PI) / 180
  positions[i * 2]! += (Math.sin(headingRad) * distanceM) / perLng
  positions[i * 2 + 1]! += (Math.cos(headingRad) * distanceM) / perLat
}
