import type { DrawnGround, OpenedSearch } from '@skerry/contract'
import { COVER_CODES, type GridShape, NO_COVER } from '@skerry/search'
import { unpackedCovers } from '../ground/ground-cells.ts'
import type { DrawnStory } from './stories.ts'

/** A cell with less land than this is water. */
const MOSTLY_LAND = 0.5

/**
 * Code of the cover of each cell of a search's map: as the layers of the ground tell it, and water by the coast where the search
 * says so, as a cover of its own or, in older journals, as open ground. Null: nothing tells of any, and one cover counts by the kind of terrain.
 * @param drawn a story of the search, with the coast as it was drawn on
 */
export function coversOfMap(
  { waterOpen, waterCover }: Pick<OpenedSearch, 'waterOpen' | 'waterCover'>,
  ground: DrawnGround | undefined,
  { rows, cols }: Pick<GridShape, 'rows' | 'cols'>,
  drawn: Pick<DrawnStory, 'landFraction' | 'finerBy'> | undefined,
): Uint8Array | null {
  const told = ground ? unpackedCovers(ground, rows * cols) : null
  if (!waterOpen || !drawn?.landFraction) return told
  const { landFraction, finerBy } = drawn
  const land = new Float64Array(rows * cols)
  for (let i = 0; i < landFraction.length; i++) {
    const [fineRow, fineCol] = [Math.floor(i / (cols * finerBy)), i % (cols * finerBy)]
    land[Math.floor(fineRow / finerBy) * cols + Math.floor(fineCol / finerBy)]! += landFraction[i]! / finerBy ** 2
  }
  const water = COVER_CODES.indexOf(waterCover ? 'water' : 'open')
  const codes = Uint8Array.from(land, (share, cell) => {
    const code = told?.[cell] ?? NO_COVER
    return code === NO_COVER && share < MOSTLY_LAND ? water : code
  })
  return codes.some((code) => code !== NO_COVER) ? codes : null
}
