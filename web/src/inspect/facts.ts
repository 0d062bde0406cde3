import type { Checkpoint, ConsignmentFix, DroneStatus, Sailing } from '@skerry/contract'
import type { HotspotCell } from '@skerry/layers'
import type { Lang } from '../i18n/lang.ts'
import type { Translate, WordKey } from '../i18n/words.ts'
import type { ThingRef } from '../map/scene.ts'
import type { Picture } from '../stores/apply-changes.ts'
import type { VesselFacts } from '../stores/vessels.ts'
import type { Movers } from '../stores/movers.ts'

/** One line of what is known about a thing. A null value is unknown and is drawn so, never as zero or blank. */
export interface Fact {
  label: WordKey
  value: string | null
}

/** How old something is, seconds; below zero where the clock that says so is ahead of ours; null is unknown. */
export interface AgeRow {
  label: WordKey
  seconds: number | null
  /** The time itself, where it is worth seeing beside its age. */
  atMs?: number | null
}

/** Everything known about one thing now, and how old that is. */
export interface Inspection {
  thing: ThingRef
  title: string
  subtitle: string
  facts: Fact[]
  /** Ages, each kept apart: of the fix at its source, of its receipt, of the link, of the last count. */
  ages: AgeRow[]
  position: [number, number] | null
}

/** What the inspectors read from. */
export interface Known {
  picture: Pick<
    Picture,
    'unit' | 'incident' | 'search' | 'task' | 'candidate' | 'drone' | 'checkpoint' | 'dictionary' | 'consignment'
  >
  statuses: ReadonlyMap<string, DroneStatus>
  movers: Pick<Movers, 'find'>
  hotspots: readonly HotspotCell[]
  /** By number on the motion plane; only those that were looked at. */
  vessels: ReadonlyMap<number, VesselFacts>
  sailings: ReadonlyMap<string, Sailing>
  /** Newest place of consignments on the road, by id. */
  consignmentPlaces: ReadonlyMap<string, ConsignmentFix>
  /** Name of a terminal in the language of the screen. */
  placeName: (id: string) => string
  nowMs: number
  lang: Lang
  t: Translate
}

export const secondsSince = (atMs: number | null | undefined, nowMs: number): number | null =>
  atMs === null || atMs === undefined ? null : Math.max(0, (nowMs - atMs) / 1000)

/** A time and its age, by the clock that gave it. */
export const timed = (label: WordKey, atMs: number | null | undefined, nowMs: number): AgeRow => ({
  label,
  seconds: atMs === null || atMs === undefined ? null : (nowMs - atMs) / 1000,
  atMs: atMs ?? null,
})

/** Name of a checkpoint in the language of the screen. */
export const checkpointName = (checkpoint: Checkpoint, lang: Lang): string => checkpoint.name[lang]

/** `235°`, or null where unknown. */
export const degreesText = (deg: number | null | undefined): string | null =>
  deg === null || deg === undefined || !Number.isFinite(deg) ? null : `${Math.round(deg)}°`
