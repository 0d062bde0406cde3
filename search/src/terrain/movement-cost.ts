/** Factor on Tobler's speed away from paths [K]. */
export const OFF_PATH = 0.6

/**
 * Walking speed on a slope, km/h: 6 exp(-3.5 |s + 0.05|), s = rise / run along the direction of travel (downhill is
 * negative). On paths; times `OFF_PATH` elsewhere. Source: Tobler 1993, search-science notes 2.3, vectors `tobler_kmh`.
 */
export const toblerKmh = (slope: number): number => 6 * Math.exp(-3.5 * Math.abs(slope + 0.05))
