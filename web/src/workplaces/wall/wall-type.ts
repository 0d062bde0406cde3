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

export interface WallRows {
  alarms: number
  incidents: number
  searches: number
  checkpoints: number
}

/** A line is this many times the size of its text; each of the four sections has a heading. */
const LINE = 1.4
const HEADINGS = 4
const LINES_PER_SEARCH = 2

/**
 * How many rows each section gets so that nothing ever scrolls. The order of the sections is fixed; a section that has
 * less than its share leaves the rest to the ones below.
 */
export function wallRows(heightPx: number, typePx: number, have: WallRows): WallRows {
  let left = Math.max(4, Math.floor(heightPx / (typePx * LINE)) - HEADINGS * 2)
  const take = (wanted: number, share: number): number => {
    const given = Math.max(1, Math.min(wanted, Math.floor(left * share)))
    left -= given
    return given
  }
  const alarms = take(have.alarms, 0.25)
  const searches = Math.max(1, Math.min(have.searches, Math.floor((left * 0.35) / LINES_PER_SEARCH)))
  left -= searches * LINES_PER_SEARCH
  const checkpoints = take(have.checkpoints, 0.5)
  const incidents = take(have.incidents, 1)
  return { alarms, incidents, searches, checkpoints }
}
