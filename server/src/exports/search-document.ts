import type { Candidate, GridFrame, Incident, LngLat, Search, Sighting, Task, Zone } from '@skerry/contract'
import {
  redactText,
  type Look,
  type OutDocument,
  type OutFolder,
  type OutThing,
  type Shape,
  type TimedPoint,
} from '@skerry/exchange'
import { localFrame } from '@skerry/search'
import { EXPORT_WORDS, type ExportLang } from './export-words.ts'
import { gridBands } from './grid-bands.ts'

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

/** A track that was flown or walked, with what it is called. */
export interface ExportTrack {
  /** Drone and task, or the call sign of a unit. */
  of: { kind: 'flight'; drone: string; task: number } | { kind: 'team'; callSign: string }
  points: readonly { atMs: number; lngLat: LngLat; heightAmslM: number | null }[]
}

export interface SearchExport {
  incident: Pick<Incident, 'number'>
  search: Search
  tasks: readonly Task[]
  candidates: readonly Candidate[]
  tracks: readonly ExportTrack[]
  zones: readonly Zone[]
  /** Parts that people search on foot or from boats, where the search has such. */
  segments: readonly { number: number; name: string; area: LngLat[] }[]
  frame: GridFrame | null
}

/** Smallest areas that hold so much of the probability on the map. */
const SHARES = [0.5, 0.75, 0.9] as const
/** Colours of the console's day theme, as they are readable on any map. */
const COLOUR = {
  drone: '#6a3fc0',
  select: '#00639b',
  critical: '#c4221a',
  warning: '#8a5200',
  notice: '#1260a8',
  grey: '#4c6069',
  team: '#1f7a4d',
}
/** A gap in a track: the receiver was off, or the sortie was another. */
const GAP_MS = 5 * 60_000

const look = (colour: string, of: Partial<Look> = {}): Look => ({
  colour,
  widthPx: 2,
  fill: 0,
  symbol: { garmin: 'Flag, Blue', maki: 'marker' },
  ...of,
})

/** A search as others' programmes show it: what is where. Who flew, judged or drew it is not in it, nor what the subject is like. Pure. */
export function searchDocument(
  of: SearchExport,
  parts: readonly ExportPart[],
  lang: ExportLang,
  nowMs: number,
): OutDocument {
  const words = EXPORT_WORDS[lang]
  const things: Record<ExportPart, () => OutThing[]> = {
    place: () => placeOf(of, lang),
    probability: () => bandsOf(of.frame, lang),
    tasks: () => of.tasks.flatMap((task) => taskOf(task, lang)),
    segments: () =>
      of.segments.map(({ number, name, area }) =>
        thing(words.segment(number, name), { kind: 'polygon', rings: [area] }, look(COLOUR.team, { fill: 0.1 })),
      ),
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

const thing = (name: string, shape: Shape, drawn: Look, more: Partial<OutThing> = {}): OutThing => ({
  name,
  note: null,
  atMs: null,
  shape,
  look: drawn,
  ...more,
})

function placeOf({ search }: SearchExport, lang: ExportLang): OutThing[] {
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

function taskOf(task: Task, lang: ExportLang): OutThing[] {
  const words = EXPORT_WORDS[lang]
  const flown = task.achieved
  const figures = {
    state: words.taskState[task.state],
    drone: task.droneId,
    poa: rounded(task.poa, 4),
    expectedPos: rounded(task.expectedPos, 4),
    achievedPod: flown === undefined ? null : rounded(flown.achievedPod, 3),
    achievedPos: flown === undefined ? null : rounded(flown.pos, 4),
    heightAboveTakeoffM: task.heightAboveTakeoffM,
    laneSpacingM: rounded(task.laneSpacingM, 1),
    lengthM: Math.round(task.lengthM),
  }
  const note = `${words.taskState[task.state]} · ${task.droneId}`
  return [
    thing(words.task(task.number), { kind: 'polygon', rings: [task.area] }, look(COLOUR.drone, { fill: 0.08 }), {
      note,
      figures,
    }),
    ...(task.path.length < 2
      ? []
      : [
          thing(words.lanes(task.number), { kind: 'line', line: task.path }, look(COLOUR.drone, { widthPx: 1 }), {
            note,
          }),
        ]),
  ]
}

function trackOf({ of, points }: ExportTrack, lang: ExportLang): OutThing[] {
  const words = EXPORT_WORDS[lang]
  const pieces: TimedPoint[][] = []
  let last = -Infinity
  for (const { atMs, lngLat, heightAmslM } of points) {
    if (atMs - last > GAP_MS) pieces.push([])
    pieces.at(-1)!.push({ at: lngLat, atMs, heightAmslM })
    last = atMs
  }
  const whole = pieces.filter((piece) => piece.length > 1)
  if (whole.length === 0) return []
  const name = of.kind === 'flight' ? words.flight(of.drone, of.task) : words.team(of.callSign)
  return [thing(name, { kind: 'track', pieces: whole }, look(of.kind === 'flight' ? COLOUR.drone : COLOUR.team))]
}

function candidateOf(candidate: Candidate, lang: ExportLang): OutThing {
  const words = EXPORT_WORDS[lang]
  const { number, position, state, maxC, looks, opportunities, lastSeenAtMs, errorRadiusM, likelihoodRatio } = candidate
  const settled = state === 'dismissed' || state === 'nothing-there'
  return thing(
    words.candidate(number),
    { kind: 'point', at: position },
    look(settled ? COLOUR.grey : COLOUR.critical, { symbol: { garmin: 'Pin, Red', maki: 'circle' } }),
    {
      note: `${words.candidateState[state]} · ${words.candidateNote(maxC.toFixed(1), looks, opportunities)}`,
      atMs: lastSeenAtMs,
      figures: {
        state: words.candidateState[state],
        errorRadiusM: Math.round(errorRadiusM),
        likelihoodRatio: rounded(likelihoodRatio, 2),
        maxC: rounded(maxC, 1),
      },
    },
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

/** Corners of the polygon that stands for a circle in formats that have none. */
const CIRCLE_CORNERS = 64

function zoneOf({ name, shape }: Zone): OutThing[] {
  const drawn = look(COLOUR.notice, { widthPx: 1 })
  if (shape.kind === 'polygon') return [thing(name, { kind: 'polygon', rings: shape.rings }, drawn)]
  if (shape.kind === 'corridor')
    return [thing(name, { kind: 'line', line: shape.line }, drawn, { figures: { halfWidthM: shape.halfWidthM } })]
  const frame = localFrame(shape.centre)
  const ring = Array.from({ length: CIRCLE_CORNERS }, (_, i): LngLat => {
    const angle = (2 * Math.PI * i) / CIRCLE_CORNERS
    return frame.toLngLat([shape.radiusM * Math.cos(angle), shape.radiusM * Math.sin(angle)])
  })
  return [thing(name, { kind: 'polygon', rings: [ring] }, drawn, { figures: { radiusM: shape.radiusM } })]
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
