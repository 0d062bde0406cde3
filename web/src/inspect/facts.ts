import type { Checkpoint, DroneStatus } from '@skerry/contract'
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

/** Everything known about one thing now, and how old that is. */
export interface Inspection {
  thing: ThingRef
  title: string
  subtitle: string
  facts: Fact[]
  /** Ages, each kept apart: of the fix at its source, of the link, of the last count. Seconds; null is unknown. */
  ages: { label: WordKey; seconds: number | null }[]
  position: [number, number] | null
}

/** What the inspectors read from. */
export interface Known {
  picture: Pick<Picture, 'unit' | 'incident' | 'search' | 'task' | 'candidate' | 'drone' | 'checkpoint'>
  statuses: ReadonlyMap<string, DroneStatus>
  movers: Pick<Movers, 'find'>
  hotspots: readonly HotspotCell[]
  /** By number on the motion plane; only those that were looked at. */
  vessels: ReadonlyMap<number, VesselFacts>
  nowMs: number
  lang: Lang
  t: Translate
}

export const secondsSince = (atMs: number | null | undefined, nowMs: number): number | null =>
  atMs === null || atMs === undefined ? null : Math.max(0, (nowMs - atMs) / 1000)

/** Name of a checkpoint in the language of the screen. */
export const checkpointName = (checkpoint: Checkpoint, lang: Lang): string => checkpoint.name[lang]

/** `235°`, or null where unknown. */
export const degreesText = (deg: number | null | undefined): string | null =>
  deg === null || deg === undefined || !Number.isFinite(deg) ? null : `${Math.round(deg)}°`
