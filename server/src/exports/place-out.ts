import type { LngLat, Search } from '@skerry/contract'
import type { OutThing } from '@skerry/exchange'
import { localFrame } from '@skerry/search'
import { EXPORT_WORDS, type ExportLang } from './export-words.ts'
import { COLOUR, look, thing } from './looks.ts'

/** Where a search starts from, how far its map goes, and where the person was found. */
export function placeOf(search: Pick<Search, 'setup' | 'grid' | 'found'>, lang: ExportLang): OutThing[] {
  const words = EXPORT_WORDS[lang]
  const { origin, rows, cols, cellM } = search.grid
  const frame = localFrame(origin)
  const corner = (col: number, row: number): LngLat => frame.toLngLat([col * cellM, row * cellM])
  const extent = [corner(0, 0), corner(cols, 0), corner(cols, rows), corner(0, rows)]
  const ipp = look(COLOUR.select, { symbol: { garmin: 'Flag, Red', maki: 'star' } })
  return [
    thing(words.planningPoint, { kind: 'point', at: search.setup.planningPoint }, ipp),
    thing(words.map, { kind: 'polygon', rings: [extent] }, look(COLOUR.grey, { widthPx: 1 })),
    ...(search.found === null
      ? []
      : [
          thing(
            words.found,
            { kind: 'point', at: search.found.position },
            look(COLOUR.critical, { symbol: { garmin: 'Pin, Red', maki: 'star' } }),
            { atMs: search.found.atMs },
          ),
        ]),
  ]
}
