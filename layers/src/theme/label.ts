import type { Palette, Rgba } from './palette.ts'

/** Look of words on the map, spread into a TextLayer. */
export interface LabelLook {
  fontFamily: string
  characterSet: 'auto'
  fontSettings: { fontSize: number; buffer: number }
  background: true
  getBackgroundColor: Rgba
  backgroundPadding: [number, number, number, number]
  backgroundBorderRadius: number
}

/**
 * Words stand on a plate of their own: an outline, drawn from a distance field at 12 px, eats the strokes of Han
 * characters. A TextLayer that has not one word yet must not be drawn at all: its atlas would have no height, and WebGL
 * refuses such a texture. The font is rasterised at twice the size it is shown at, so that it stays sharp on dense screens.
 */
export const labelLook = (palette: Palette): LabelLook => ({
  fontFamily: "system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
  characterSet: 'auto',
  fontSettings: { fontSize: 28, buffer: 4 },
  background: true,
  getBackgroundColor: [palette.plate[0], palette.plate[1], palette.plate[2], 190],
  backgroundPadding: [3, 1, 3, 1],
  backgroundBorderRadius: 2,
})
