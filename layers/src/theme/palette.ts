/** Red, green, blue, opacity, each 0..255. */
export type Rgba = [number, number, number, number]
export type Theme = 'night' | 'day'

/** Colours of things on the map. Normal is text on ground; colour is for what is abnormal, ours, or chosen. */
export interface Palette {
  text: Rgba
  muted: Rgba
  plate: Rgba
  select: Rgba
  critical: Rgba
  warning: Rgba
  notice: Rgba
  drone: Rgba
  stale: Rgba
}

const PALETTES: Readonly<Record<Theme, Palette>> = {
  night: {
    text: [219, 228, 232, 255],
    muted: [159, 176, 184, 255],
    plate: [22, 33, 39, 235],
    select: [127, 212, 255, 255],
    critical: [255, 107, 94, 255],
    warning: [255, 182, 61, 255],
    notice: [109, 184, 255, 255],
    drone: [195, 166, 255, 255],
    stale: [120, 132, 138, 255],
  },
  day: {
    text: [21, 36, 43, 255],
    muted: [76, 96, 105, 255],
    plate: [255, 255, 255, 240],
    select: [0, 99, 155, 255],
    critical: [196, 34, 26, 255],
    warning: [138, 82, 0, 255],
    notice: [18, 96, 168, 255],
    drone: [106, 63, 192, 255],
    stale: [128, 136, 140, 255],
  },
}

/** Palette of a theme; with a lost feed everything has the one grey of things that are no longer known. */
export function paletteOf(theme: Theme, stale: boolean): Palette {
  const palette = PALETTES[theme]
  if (!stale) return palette
  const grey = palette.stale
  return { ...palette, text: grey, select: grey, critical: grey, warning: grey, notice: grey, drone: grey }
}

/** `#rrggbb`, opaque. */
export const toRgba = (colour: string): Rgba => [
  Number.parseInt(colour.slice(1, 3), 16),
  Number.parseInt(colour.slice(3, 5), 16),
  Number.parseInt(colour.slice(5, 7), 16),
  255,
]

export function withOpacity([r, g, b]: Rgba, opacity: number): Rgba {
  return [r, g, b, Math.round(255 * Math.max(0, Math.min(1, opacity)))]
}
