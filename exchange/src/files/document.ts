import type { Thing } from './things.ts'

/** How a thing looks in programs that draw it. */
export interface Look {
  /** `#rrggbb`. */
  colour: string
  /** Of lines and outlines, pixels. */
  widthPx: number
  /** Of areas, 0 for an outline alone, to 1. */
  fill: number
  /** Garmin's name of a waypoint symbol, and Maki's (simplestyle) of a marker. */
  symbol: { garmin: string; maki: string }
}

/** A thing that goes out: what it is called by whoever reads it, and how it looks. */
export interface OutThing extends Omit<Thing, 'folders' | 'halfWidthM' | 'radiusM'> {
  name: string
  look: Look
  /** Figures that travel with it where the format can carry them, by name with unit. */
  figures?: Readonly<Record<string, string | number | null>>
}

export interface OutFolder {
  name: string
  things: readonly OutThing[]
}

/** What a file of ours holds. Positions are WGS-84. */
export interface OutDocument {
  name: string
  note: string | null
  madeAtMs: number
  folders: readonly OutFolder[]
}

/** As ISO 8601 in UTC without a fraction, which every receiver reads. */
export const isoTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** Degrees with a centimetre's digits, and no more. */
export const degreesText = (value: number): string => String(Number(value.toFixed(7)))
