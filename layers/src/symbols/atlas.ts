import { SYMBOLS, SYMBOL_NAMES, type SymbolName } from './paths.ts'

/** Side of one symbol's cell in the atlas, pixels. A margin keeps neighbours out of each other's mipmaps. */
const CELL = 64
const MARGIN = 2
const COLUMNS = 8
const STEP = CELL + 2 * MARGIN

export interface IconCell {
  x: number
  y: number
  width: number
  height: number
  /** The symbol takes the colour of the thing it stands for. */
  mask: true
}

export const ATLAS_WIDTH = COLUMNS * STEP
export const ATLAS_HEIGHT = Math.ceil(SYMBOL_NAMES.length / COLUMNS) * STEP

export const ICON_MAPPING: Readonly<Record<SymbolName, IconCell>> = Object.fromEntries(
  SYMBOL_NAMES.map((name, i) => [
    name,
    {
      x: (i % COLUMNS) * STEP + MARGIN,
      y: Math.floor(i / COLUMNS) * STEP + MARGIN,
      width: CELL,
      height: CELL,
      mask: true,
    },
  ]),
) as Record<SymbolName, IconCell>

/** An image that deck.gl takes as an icon atlas. */
export type AtlasImage = ImageBitmap | { data: Uint8ClampedArray; width: number; height: number }

let drawn: AtlasImage | null = null

/**
 * The sprite with every symbol, drawn once per page. Where there is no canvas (tests in Node) it is an empty image of
 * the same size, so that layers build and lay out their attributes alike.
 */
export function symbolAtlas(): AtlasImage {
  drawn ??= typeof OffscreenCanvas === 'undefined' ? empty() : draw()
  return drawn
}

function draw(): AtlasImage {
  const canvas = new OffscreenCanvas(ATLAS_WIDTH, ATLAS_HEIGHT)
  const context = canvas.getContext('2d')
  if (context === null) return empty()
  context.fillStyle = '#ffffff'
  for (const name of SYMBOL_NAMES) {
    const cell = ICON_MAPPING[name]
    context.setTransform(CELL / 64, 0, 0, CELL / 64, cell.x, cell.y)
    const shape = new Path2D(SYMBOLS[name])
    context.fill(shape, 'evenodd')
  }
  return canvas.transferToImageBitmap()
}

function empty(): AtlasImage {
  return { data: new Uint8ClampedArray(ATLAS_WIDTH * ATLAS_HEIGHT * 4), width: ATLAS_WIDTH, height: ATLAS_HEIGHT }
}

/** Row of deck.gl's binary `instanceIconDefs` attribute for each symbol: offset x, y, frame x, y, width, height, colour mode. */
export const ICON_DEFS: Readonly<Record<SymbolName, readonly number[]>> = iconDefs()

function iconDefs(): Record<SymbolName, readonly number[]> {
  const rows: Partial<Record<SymbolName, readonly number[]>> = {}
  for (const name of SYMBOL_NAMES) {
    const { x, y, width, height } = ICON_MAPPING[name]
    rows[name] = [0, 0, x, y, width, height, 1]
  }
  return rows as Record<SymbolName, readonly number[]>
}
