import {
  categoryNamed,
  levelOf,
  somebodyLost,
  standingWarning,
  type AlertArea,
  type Dictionary,
  type Incident,
  type PastSearch,
  type Unit,
  type Zone,
} from '@skerry/contract'
import { isoTime, redactText, type OutDocument, type OutThing } from '@skerry/exchange'
import type { TrackPoint } from '../tracks/track-point.ts'
import { compileZone } from '../zones/compiled-zone.ts'
import type { ExportLang } from './export-words.ts'
import { INCIDENT_WORDS } from './incident-words.ts'
import { COLOUR, look, rounded, thing } from './looks.ts'
import { placeOf } from './place-out.ts'
import type { SpanOut } from './spans-out.ts'
import { candidateOf, circleRing, segmentOf, taskOf, trackOf, zoneOf, type ExportTrack } from './things-out.ts'

/** Zones of which some part lies within so many metres of an incident go out with it. */
export const ZONES_WITHIN_M = 5000

/** A unit that was out for the incident. */
export interface UnitOut {
  unit: Pick<Unit, 'id' | 'callSign'> & { kind: Unit['kind'] | null }
  /** Oldest first, never empty. */
  spans: readonly SpanOut[]
  /** Its positions of those spans, in order of time. */
  points: readonly TrackPoint[]
}

export interface IncidentExport {
  incident: Incident
  dictionary: Dictionary
  units: readonly UnitOut[]
  flights: readonly ExportTrack[]
  searches: readonly PastSearch[]
  zones: readonly Zone[]
}

type Part = keyof (typeof INCIDENT_WORDS)['zh']['folders']

/**
 * An incident as others' programmes show it: where it is, who went and which way, what is drawn around it, and what its
 * search does. Who took the call, judged or flew is not in it, nor what a lost person is like; numbers that somebody can
 * be reached by are taken out of every text. Pure.
 */
export function incidentDocument(of: IncidentExport, lang: ExportLang, nowMs: number): OutDocument {
  const words = INCIDENT_WORDS[lang]
  const { incident, units, flights, searches } = of
  const things: Record<Part, OutThing[]> = {
    incident: [incidentThing(of, lang)],
    units: units.flatMap((unit) => lastOf(unit, lang)),
    tracks: [...units.map(walked), ...flights].flatMap((track) => trackOf(track, lang)),
    warnings: warningsOf(incident, lang, nowMs),
    zones: of.zones.filter((zone) => isNear(zone, incident)).flatMap(zoneOf),
    search: searches.flatMap(({ search }) => placeOf(search, lang)),
    tasks: searches.flatMap(({ tasks }) =>
      tasks.filter(({ state }) => state !== 'withdrawn').flatMap((task) => taskOf(task, lang)),
    ),
    segments: searches.flatMap(({ search: { segments = [] } }) =>
      segments.filter(({ removed }) => removed === null).map((segment) => segmentOf(segment, lang)),
    ),
    candidates: searches.flatMap(({ candidates }) => candidates.map((candidate) => candidateOf(candidate, lang))),
  }
  const china = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  const unplaced = units.filter(({ points }) => points.length === 0).map(({ unit }) => unit.callSign)
  return {
    name: words.document(incident.number),
    note: words.note(china) + (unplaced.length === 0 ? '' : ` ${words.unplaced(unplaced.join(', '))}`),
    madeAtMs: nowMs,
    folders: (Object.keys(things) as Part[])
      .filter((part) => things[part].length > 0)
      .map((part) => ({ name: words.folders[part], things: things[part] })),
  }
}

const clean = (text: string): string => redactText(text).text
const iso = (atMs: number | null | undefined): string | null =>
  atMs === null || atMs === undefined ? null : isoTime(atMs)

function incidentThing({ incident, dictionary }: IncidentExport, lang: ExportLang): OutThing {
  const words = INCIDENT_WORDS[lang]
  const { number, category, priority, state, times = {}, position, occurredAtMs, receivedAtMs, closedAtMs } = incident
  const named = categoryNamed(dictionary, category)?.name[lang] ?? category
  const level = levelOf(dictionary, incident)?.name[lang] ?? priority
  // What was said about somebody who is lost is what they are like.
  const said = somebodyLost(incident) ? '' : clean(incident.text)
  const note = [clean(incident.place), level, words.state[state], said].filter((part) => part !== '').join(' · ')
  return thing(
    words.incident(number, named),
    { kind: 'point', at: position },
    look(COLOUR[priority], { symbol: { garmin: 'Flag, Red', maki: 'star' } }),
    {
      note,
      atMs: occurredAtMs,
      figures: {
        number,
        category,
        level,
        priority,
        state,
        occurredAt: iso(occurredAtMs),
        receivedAt: iso(receivedAtMs),
        dispatchedAt: iso(times.dispatched),
        acknowledgedAt: iso(times.acknowledged),
        enRouteAt: iso(times['en-route']),
        onSceneAt: iso(times['on-scene']),
        feedbackGivenAt: iso(times['feedback-given']),
        closedAt: iso(closedAtMs),
      },
    },
  )
}

/** Where a unit was last while it was out; nothing where no position of it is known. */
function lastOf({ unit, spans, points }: UnitOut, lang: ExportLang): OutThing[] {
  const last = points.at(-1)
  if (last === undefined) return []
  const words = INCIDENT_WORDS[lang]
  const { toMs } = spans.at(-1)!
  const kind = unit.kind === null ? unit.id : words.unitKind[unit.kind]
  return [
    thing(
      unit.callSign,
      { kind: 'point', at: last.lngLat },
      look(toMs === null ? COLOUR.team : COLOUR.grey, { symbol: { garmin: 'Flag, Green', maki: 'circle' } }),
      {
        note: words.unit(kind, toMs === null),
        atMs: last.atMs,
        figures: {
          unit: unit.id,
          kind: unit.kind,
          fixAt: iso(last.atMs),
          accuracyM: last.accuracyM,
          headingDeg: last.headingDeg,
          speedMps: last.speedMps,
          outSince: iso(spans[0]!.fromMs),
          outUntil: iso(toMs),
        },
      },
    ),
  ]
}

const walked = ({ unit, points }: UnitOut): ExportTrack => ({
  of: { kind: 'team', callSign: unit.callSign },
  points: points.map(({ atMs, lngLat }) => ({ atMs, lngLat, heightAmslM: null })),
})

function warningsOf(incident: Incident, lang: ExportLang, nowMs: number): OutThing[] {
  const words = INCIDENT_WORDS[lang]
  const sent = standingWarning(incident.warnings, nowMs)
  const headline = sent?.draft.texts.find(({ language }) => language.startsWith(lang)) ?? sent?.draft.texts[0]
  return [
    ...(sent === null ? [] : areaOf(words.warning(clean(headline?.headline ?? '')).trim(), sent.area, sent)),
    ...(incident.alert === undefined ? [] : areaOf(words.alert, incident.alert.area, incident.alert)),
  ]
}

function areaOf(
  name: string,
  { polygons, circles }: Pick<AlertArea, 'polygons' | 'circles'>,
  { sentMs, expiresMs }: { sentMs: number; expiresMs: number | null },
): OutThing[] {
  const drawn = look(COLOUR.warning, { fill: 0.1 })
  const more = { atMs: sentMs, figures: { sentAt: iso(sentMs), expiresAt: iso(expiresMs) } }
  return [
    ...polygons.map((ring) => thing(name, { kind: 'polygon', rings: [ring] }, drawn, more)),
    ...circles.map(({ centre, radiusM }) =>
      // A circle of no size is a place: some senders mean that.
      radiusM > 0
        ? thing(name, { kind: 'polygon', rings: [circleRing(centre, radiusM)] }, drawn, {
            ...more,
            figures: { ...more.figures, radiusM: rounded(radiusM, 1) },
          })
        : thing(name, { kind: 'point', at: centre }, drawn, more),
    ),
  ]
}

function isNear(zone: Zone, { position, consignmentId }: Incident): boolean {
  if (zone.consignmentId !== undefined && zone.consignmentId === consignmentId) return true
  const { frame, depthM } = compileZone(zone)
  return depthM(...frame.toLocal(position)) > -ZONES_WITHIN_M
}
