import { COVER_CODES, podCap as podCapOf } from '@skerry/search'
import type { SensorCover } from '../domain/context.ts'

/** What a camera sweeps: one number for all ground, or one per cell where layers tell what grows there. */
export interface SweptCells {
  sweepWidthM: number | Float64Array
  podCap: number | Float64Array
}

/**
 * Sweep width and highest POD by the code of a cover; null where one number counts for all ground.
 * @param untoldCap highest POD where no layer tells the cover, 0..1
 */
export function sweptByCode(
  untoldCap: number,
  { sweepWidthM, byCover }: Pick<SensorCover, 'sweepWidthM' | 'byCover'>,
): { widths: readonly number[]; caps: readonly number[] } | null {
  if (!byCover) return null
  return {
    widths: COVER_CODES.map((cover) => (cover === null ? sweepWidthM : byCover[cover].sweepWidthM)),
    caps: COVER_CODES.map((cover) => (cover === null ? untoldCap : podCapOf(cover))),
  }
}

/** Of each map of cover the last that was filled, by its figures: drones of one kind ask for the same again and again. */
const filled = new WeakMap<Uint8Array, { figures: string; swept: SweptCells }>()

/** The same for every cell of a map; do not write. @param covers code of each cell; undefined: no layer tells of any */
export function sweptCells(
  covers: Uint8Array | undefined,
  untoldCap: number,
  cover: Pick<SensorCover, 'sweepWidthM' | 'byCover'>,
): SweptCells {
  const byCode = covers && sweptByCode(untoldCap, cover)
  if (!byCode) return { sweepWidthM: cover.sweepWidthM, podCap: untoldCap }
  const figures = JSON.stringify(byCode)
  const known = filled.get(covers)
  if (known?.figures === figures) return known.swept
  const swept = { sweepWidthM: spread(covers, byCode.widths), podCap: spread(covers, byCode.caps) }
  filled.set(covers, { figures, swept })
  return swept
}

function spread(codes: Uint8Array, table: readonly number[]): Float64Array {
  const values = new Float64Array(codes.length)
  for (let cell = 0; cell < codes.length; cell++) values[cell] = table[codes[cell]!]!
  return values
}
