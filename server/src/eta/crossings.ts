import { LngLat, readConfigText } from '@skerry/contract'
import { z } from 'zod'

const Id = z.string().regex(/^[a-z0-9-]{1,40}$/)
const Name = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) })
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const VesselKind = z.enum(['ordinary', 'car-ferry', 'fast', 'speedboat'])
export type VesselKind = z.infer<typeof VesselKind>

/** Sailings of one direction: each by its time, or as first, last and minutes between. Local time of the area. */
const Service = z.union([
  z.strictObject({ departures: z.array(TimeOfDay).min(1).max(400) }),
  z.strictObject({ first: TimeOfDay, last: TimeOfDay, everyMin: z.number().int().min(1).max(1440) }),
])
export type Service = z.infer<typeof Service>

const End = z.strictObject({ island: Id, at: LngLat })

/**
 * How one crosses water in an area: bridges, ferry terminals, lines. An installation brings its own file; a timetable
 * whose day is not known says so by `asOf: null`, and every console shows it.
 */
export const Crossings = z
  .strictObject({
    area: Name,
    /** West, south, east, north of the ways that are computed, degrees. */
    box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    /** Minutes that local time is ahead of UTC; no daylight saving. */
    utcOffsetMin: z.number().int(),
    source: z.string(),
    /** Way on land over straight line: no road data is used without a router. */
    detourFactor: z.number().min(1).max(4),
    islands: z.array(
      z.strictObject({ id: Id, name: Name, /** Any place on it. */ at: LngLat, detourFactor: z.number().optional() }),
    ),
    bridges: z.array(
      z.strictObject({
        id: Id,
        name: Name,
        from: End,
        to: End,
        lengthM: z.number().positive(),
        speedKmh: z.number().positive(),
      }),
    ),
    terminals: z.array(
      z.strictObject({
        id: Id,
        name: Name,
        island: Id,
        at: LngLat,
        /** Other names that timetables use for it. */
        aliases: z.array(z.string().min(1).max(60)).optional(),
      }),
    ),
    lines: z.array(
      z.strictObject({
        from: Id,
        to: Id,
        vessel: VesselKind,
        /** Takes cars; else a crew goes on without theirs. */
        vehicles: z.boolean(),
        /** Also sails the other way, by the same service. */
        both: z.boolean(),
        service: Service,
        /** Quay to quay, minutes; null: from the way over water and the speed of the vessel. */
        crossingMin: z.number().positive().nullable(),
        /** Day of the timetable, `yyyy-mm-dd`; null when nobody knows. */
        asOf: z.iso.date().nullable(),
      }),
    ),
  })
  .superRefine((file, ctx) => {
    const islands = new Set(file.islands.map(({ id }) => id))
    const terminals = new Set(file.terminals.map(({ id }) => id))
    const must = (known: ReadonlySet<string>, id: string, what: string): void => {
      if (!known.has(id)) ctx.addIssue({ code: 'custom', message: `${what} ${id} is not in the file` })
    }
    for (const { island } of file.terminals) must(islands, island, 'island')
    for (const { from, to } of file.bridges) for (const end of [from, to]) must(islands, end.island, 'island')
    for (const { from, to } of file.lines) for (const id of [from, to]) must(terminals, id, 'terminal')
  })
export type Crossings = z.infer<typeof Crossings>

/** @throws Error that names the file and its first fault */
export function readCrossings(text: string, name: string): Crossings {
  try {
    return readConfigText(text, Crossings)
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
  }
}
