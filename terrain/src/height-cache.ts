import type { Block, HeightGrid, LngLat } from './height-grid.ts'

/** Blocks that are kept: of 256 pixels about a quarter of a megabyte each. */
const KEPT = 128
/** A block that could not be read is tried again after so long. */
const AGAIN_MS = 60_000

/** More rows of blocks than any raster has. */
const ROWS = 2 ** 26

type Held = { readonly block: Block | null; readonly failedAtMs: number | null }

/** Blocks of one raster in memory, the last used ones. */
export function createHeightCache(grid: HeightGrid, nowMs: () => number, onFault: (error: unknown) => void) {
  const held = new Map<number, Held>()
  const coming = new Map<number, Promise<void>>()
  const keyOf = (column: number, row: number): number => column * ROWS + row
  /** The block that was looked into last: neighbours are asked for one after the other. */
  let last: { readonly key: number; readonly block: Block | null } = { key: -1, block: null }

  function put(key: number, value: Held): void {
    last = { key: -1, block: null }
    held.set(key, value)
    const [oldest] = held.keys()
    if (held.size > KEPT && oldest !== undefined) held.delete(oldest)
  }
  function load(column: number, row: number): Promise<void> {
    const key = keyOf(column, row)
    const known = held.get(key)
    if (known !== undefined && (known.failedAtMs === null || nowMs() - known.failedAtMs < AGAIN_MS)) {
      // Used again: the oldest goes first.
      held.delete(key)
      held.set(key, known)
      return Promise.resolve()
    }
    const under = coming.get(key)
    if (under !== undefined) return under
    const reading = grid
      .read(column, row)
      .then(
        (block) => put(key, { block, failedAtMs: null }),
        (error: unknown) => {
          put(key, { block: null, failedAtMs: nowMs() })
          onFault(error)
        },
      )
      .finally(() => coming.delete(key))
    coming.set(key, reading)
    return reading
  }
  /** Height of one pixel; NaN where there is none, or its block is not in memory. */
  function pixel(x: number, y: number): number {
    const { blockPx } = grid
    const column = Math.floor(x / blockPx)
    const row = Math.floor(y / blockPx)
    const key = keyOf(column, row)
    if (key !== last.key) last = { key, block: held.get(key)?.block ?? null }
    const { block } = last
    if (block === null) return NaN
    return block.heightsM[(y - row * blockPx) * block.widthPx + (x - column * blockPx)] ?? NaN
  }

  return {
    grid,
    load,
    /** Reads a block past the memory, for what is looked at once. */
    async once(column: number, row: number): Promise<Block | null> {
      const known = held.get(keyOf(column, row))
      if (known !== undefined && known.failedAtMs === null) return known.block
      return grid.read(column, row).catch((error: unknown) => {
        onFault(error)
        return null
      })
    },
    /** Between the four pixels around a place; where one of them has no height, that of the pixel it lies in. Null: none. */
    heightM(at: LngLat): number | null {
      const place = grid.pixelOf(at)
      if (place === null) return null
      const [x, y] = place
      const x0 = Math.floor(x - 0.5)
      const y0 = Math.floor(y - 0.5)
      const fx = x - 0.5 - x0
      const fy = y - 0.5 - y0
      const north = pixel(x0, y0) * (1 - fx) + pixel(x0 + 1, y0) * fx
      const south = pixel(x0, y0 + 1) * (1 - fx) + pixel(x0 + 1, y0 + 1) * fx
      const between = north * (1 - fy) + south * fy
      if (!Number.isNaN(between)) return between
      const own = pixel(Math.min(grid.widthPx - 1, Math.floor(x)), Math.min(grid.heightPx - 1, Math.floor(y)))
      return Number.isNaN(own) ? null : own
    },
  }
}
export type HeightCache = ReturnType<typeof createHeightCache>
