import type { Candidate, LngLat, Segment, Task, Zone } from '@skerry/contract'
import { redactText, type OutThing, type TimedPoint } from '@skerry/exchange'
import { localFrame } from '@skerry/search'
import { EXPORT_WORDS, type ExportLang } from './export-words.ts'
import { COLOUR, look, rounded, thing } from './looks.ts'

/** A track that was flown or walked, with what it is called. */
export interface ExportTrack {
  /** Drone and task, or the call sign of a unit. */
  of: { kind: 'flight'; drone: string; task: number } | { kind: 'team'; callSign: string }
  points: readonly { atMs: number; lngLat: LngLat; heightAmslM: number | null }[]
}

/** A gap in a track: the receiver was off, or the sortie was another. */
const GAP_MS = 5 * 60_000

export function taskOf(task: Task, lang: ExportLang): OutThing[] {
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

export function trackOf({ of, points }: ExportTrack, lang: ExportLang): OutThing[] {
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

export function candidateOf(candidate: Candidate, lang: ExportLang): OutThing {
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

export const segmentOf = (
  { number, name, area }: Pick<Segment, 'number' | 'name' | 'area'>,
  lang: ExportLang,
): OutThing =>
  thing(EXPORT_WORDS[lang].segment(number, name), { kind: 'polygon', rings: [area] }, look(COLOUR.team, { fill: 0.1 }))

/** Corners of the polygon that stands for a circle in formats that have none. */
const CIRCLE_CORNERS = 64

/** A circle as the polygon that stands for it, counter-clockwise from the east. */
export function circleRing(centre: LngLat, radiusM: number): LngLat[] {
  const frame = localFrame(centre)
  return Array.from({ length: CIRCLE_CORNERS }, (_, i): LngLat => {
    const angle = (2 * Math.PI * i) / CIRCLE_CORNERS
    return frame.toLngLat([radiusM * Math.cos(angle), radiusM * Math.sin(angle)])
  })
}

/** Its name is what somebody typed. */
export function zoneOf({ name: typed, shape }: Pick<Zone, 'name' | 'shape'>): OutThing[] {
  const name = redactText(typed).text
  const drawn = look(COLOUR.notice, { widthPx: 1 })
  if (shape.kind === 'polygon') return [thing(name, { kind: 'polygon', rings: shape.rings }, drawn)]
  if (shape.kind === 'corridor')
    return [thing(name, { kind: 'line', line: shape.line }, drawn, { figures: { halfWidthM: shape.halfWidthM } })]
  const ring = circleRing(shape.centre, shape.radiusM)
  return [thing(name, { kind: 'polygon', rings: [ring] }, drawn, { figures: { radiusM: shape.radiusM } })]
}
