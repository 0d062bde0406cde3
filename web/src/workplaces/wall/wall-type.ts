/** Where the wall hangs: how far the reader stands, and how large a pixel is. */
export interface WallPlace {
  distanceM: number
  pixelPitchMm: number
}

/** Han characters need 20 arc minutes to be read without effort. */
const HAN_ARC_MIN = 20
const SMALLEST_PX = 16
const LARGEST_PX = 72

/** Size of running text, CSS px, for 20 arc minutes at this distance and pitch; kept within what a layout can bear. */
export function wallTypePx({ distanceM, pixelPitchMm }: WallPlace): number {
  const heightMm = 2 * distanceM * 1000 * Math.tan((HAN_ARC_MIN / 60 / 2) * (Math.PI / 180))
  return Math.round(Math.max(SMALLEST_PX, Math.min(LARGEST_PX, heightMm / pixelPitchMm)))
}

/** Reads `?distance=6&pitch=1.2` (metres, millimetres). What is missing or out of reason is the default. */
export function wallPlace(query: Readonly<Record<string, unknown>>): WallPlace {
  const read = (name: string, low: number, high: number, byDefault: number): number => {
    const value = Number(query[name])
    return Number.isFinite(value) && value >= low && value <= high ? value : byDefault
  }
  return { distanceM: read('distance', 1, 30, 4), pixelPitchMm: read('pitch', 0.1, 10, 1) }
}

/** Text of a desk, CSS px, for which the map's names and symbols are made. */
const DESK_PX = 15

/** How many times as large as at a desk the map's names and symbols must be, in steps that keep the map from being made again. */
export const mapEnlarged = (typePx: number): number => Math.max(1, Math.round((typePx / DESK_PX) * 4) / 4)

/** Zoom at which the whole area just fits: measured on a map of 1280 x 1080 px. */
const HOME = { zoom: 9.4, widthPx: 1280, heightPx: 1080 } as const
const MAP_SHARE = 2 / 3

/** Zoom of the whole area on a wall of this size, whose map is drawn enlarged. */
export function wallHomeZoom(widthPx: number, heightPx: number, enlarged: number): number {
  const times = Math.min((widthPx * MAP_SHARE) / HOME.widthPx, heightPx / HOME.heightPx) / enlarged
  return Math.max(7, HOME.zoom + Math.log2(times))
}

export interface WallRows {
  alarms: number
  incidents: number
  searches: number
  checkpoints: number
  /** Zones that are short of units, or unknown. */
  cover: number
}

/** A line is this many times the size of its text; each of the six sections has a heading. */
const LINE = 1.4
const HEADINGS = 6
/** Lines of the figures: always the same; and the one that sums up the cover. */
const KPI_LINES = 5
const COVER_LINES = 1
const LINES_PER_SEARCH = 2

/**
 * How many rows each section gets so that nothing ever scrolls. The order of the sections is fixed; a section that has
 * less than its share leaves the rest to the ones below.
 */
export function wallRows(heightPx: number, typePx: number, have: WallRows): WallRows {
  let left = Math.max(5, Math.floor(heightPx / (typePx * LINE)) - HEADINGS * 2 - KPI_LINES - COVER_LINES)
  const take = (wanted: number, share: number): number => {
    const given = Math.max(1, Math.min(wanted, Math.floor(left * share)))
    left -= given
    return given
  }
  const alarms = take(have.alarms, 0.25)
  const searches = Math.max(1, Math.min(have.searches, Math.floor((left * 0.35) / LINES_PER_SEARCH)))
  left -= searches * LINES_PER_SEARCH
  const cover = have.cover === 0 ? 0 : take(have.cover, 0.25)
  const gates = take(have.checkpoints, 0.5)
  const incidents = take(have.incidents, 1)
  // What nobody above has used; one line says what is left out.
  const checkpoints = gates + Math.max(0, Math.min(have.checkpoints - gates, left - 1))
  return { alarms, incidents, searches, checkpoints, cover }
}
