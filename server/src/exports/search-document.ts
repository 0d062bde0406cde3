import type { Candidate, GridFrame, Incident, Search, Segment, Sighting, Task, Zone } from '@skerry/contract'
import { redactText, type OutDocument, type OutFolder, type OutThing, type Shape } from '@skerry/exchange'
import { EXPORT_WORDS, type ExportLang } from './export-words.ts'
import { gridBands } from './grid-bands.ts'
import { COLOUR, look, rounded, thing } from './looks.ts'
import { placeOf } from './place-out.ts'
import { candidateOf, segmentOf, taskOf, trackOf, zoneOf, type ExportTrack } from './things-out.ts'

/** Parts of an export, in the order in which they stand in the file. */
export const EXPORT_PARTS = [
  'place',
  'probability',
  'tasks',
  'segments',
  'tracks',
  'candidates',
  'evidence',
  'drawings',
  'zones',
] as const
export type ExportPart = (typeof EXPORT_PARTS)[number]

export interface SearchExport {
  incident: Pick<Incident, 'number'>
  search: Search
  tasks: readonly Task[]
  candidates: readonly Candidate[]
  tracks: readonly ExportTrack[]
  zones: readonly Zone[]
  /** Parts that people search on foot or from boats, where the search has such. */
  segments: readonly Pick<Segment, 'number' | 'name' | 'area'>[]
  frame: GridFrame | null
}

/** Smallest areas that hold so much of the probability on the map. */
const SHARES = [0.5, 0.75, 0.9] as const
/** A search as others' programmes show it: what is where. Who flew, judged or drew it is not in it, nor what the subject is like. Pure. */
export function searchDocument(
  of: SearchExport,
  parts: readonly ExportPart[],
  lang: ExportLang,
  nowMs: number,
): OutDocument {
  const words = EXPORT_WORDS[lang]
  const things: Record<ExportPart, () => OutThing[]> = {
    place: () => placeOf(of.search, lang),
    probability: () => bandsOf(of.frame, lang),
    tasks: () => of.tasks.flatMap((task) => taskOf(task, lang)),
    segments: () => of.segments.map((segment) => segmentOf(segment, lang)),
    tracks: () => of.tracks.flatMap((track) => trackOf(track, lang)),
    candidates: () => of.candidates.map((candidate) => candidateOf(candidate, lang)),
    evidence: () => of.search.sightings.map((sighting) => sightingOf(sighting, lang)),
    drawings: () => (of.search.drawings ?? []).map(drawingOf),
    zones: () => of.zones.flatMap(zoneOf),
  }
  const folders = EXPORT_PARTS.filter((part) => parts.includes(part)).map((part): OutFolder => ({
    name: words.folders[part],
    things: things[part](),
  }))
  const china = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  return {
    name: words.search(of.incident.number),
    note: words.note(china),
    madeAtMs: nowMs,
    folders: folders.filter((folder) => folder.things.length > 0),
  }
}

function bandsOf(frame: GridFrame | null, lang: ExportLang): OutThing[] {
  if (frame === null) return []
  const words = EXPORT_WORDS[lang]
  // The largest first: the smaller ones lie over it.
  return gridBands(frame, SHARES)
    .toReversed()
    .flatMap(({ share, held, areaKm2, polygons }) =>
      polygons.map((rings) =>
        thing(
          words.band(Math.round(share * 100), areaKm2.toFixed(2)),
          { kind: 'polygon', rings },
          look(COLOUR.warning, { widthPx: 1, fill: 0.15 }),
          {
            figures: { share, heldOfMap: rounded(held, 4), areaKm2: rounded(areaKm2, 4), revision: frame.revision },
          },
        ),
      ),
    )
}

function sightingOf({ number, report, withdrawn }: Sighting, lang: ExportLang): OutThing {
  const words = EXPORT_WORDS[lang]
  const name = report.kind === 'sighting' ? words.sighting(number) : words.clue(number)
  return thing(
    withdrawn === null ? name : `${name} (${words.withdrawn})`,
    { kind: 'point', at: report.position },
    look(withdrawn === null ? COLOUR.notice : COLOUR.grey, { symbol: { garmin: 'Flag, Green', maki: 'triangle' } }),
    {
      note: report.note === '' ? null : redactText(report.note).text,
      atMs: report.atMs,
      figures: {
        errorM: Math.round(report.errorM),
        movedM: Math.round(report.movedM),
        ...(report.headingDeg === undefined ? {} : { headingDeg: Math.round(report.headingDeg) }),
        certainty: report.certainty,
      },
    },
  )
}

function drawingOf({ name, note, shape }: NonNullable<Search['drawings']>[number]): OutThing {
  const of: Shape =
    shape.kind === 'area'
      ? { kind: 'polygon', rings: shape.rings }
      : shape.kind === 'line'
        ? { kind: 'line', line: shape.line }
        : { kind: 'point', at: shape.at }
  return thing(name, of, look(COLOUR.grey), { note: note === '' ? null : note })
}
