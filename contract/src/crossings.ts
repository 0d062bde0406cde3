import { z } from 'zod'
import { readConfigText } from './config-text.ts'
import { LngLat } from './geo.ts'

const Id = z.string().regex(/^[a-z0-9-]{1,40}$/)
/** An island, a terminal or a bridge of the crossings file. */
export const PlaceId = Id
export type PlaceId = z.infer<typeof PlaceId>
/** A ferry line of the crossings file, both ways. */
export const LineId = z.string().regex(/^[a-z0-9-]{1,80}$/)
export type LineId = z.infer<typeof LineId>
const Name = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) })
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const Mmsi = z.string().regex(/^\d{9}$/, 'must be nine digits')

export const VesselKind = z.enum(['ordinary', 'car-ferry', 'fast', 'speedboat'])
export type VesselKind = z.infer<typeof VesselKind>

/** Sailings of one direction: each by its time, or as first, last and minutes between. Local time of the area. */
const Service = z.union([
  z.strictObject({ departures: z.array(TimeOfDay).min(1).max(400) }),
  z.strictObject({ first: TimeOfDay, last: TimeOfDay, everyMin: z.number().int().min(1).max(1440) }),
])
export type Service = z.infer<typeof Service>

/** What a boat holds. Null: nobody has said. */
export const Capacity = z.strictObject({
  persons: z.number().int().min(1).max(10_000).nullable(),
  vehicles: z.number().int().min(0).max(1000).nullable(),
})
export type Capacity = z.infer<typeof Capacity>

const End = z.strictObject({ island: Id, at: LngLat })
const Line = z.strictObject({
  /** Left out: `FROM-TO-VESSEL`. */
  id: LineId.optional(),
  from: Id,
  to: Id,
  vessel: VesselKind,
  /** Takes cars; else a crew goes on without theirs. */
  vehicles: z.boolean(),
  /** Also sails the other way, by the same service. */
  both: z.boolean(),
  service: Service,
  /** Days of the week that it sails, 1 Monday to 7 Sunday; left out: every day. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  /** What its boats hold; left out: as `capacities` says of its kind of vessel. */
  capacity: Capacity.optional(),
  /** Ships that sail it, where that is known: their positions tell departures and delays. */
  vessels: z.array(Mmsi).max(50).optional(),
  /** Quay to quay, minutes; null: from the way over water and the speed of the vessel. */
  crossingMin: z.number().positive().nullable(),
  /** Day of the timetable, `yyyy-mm-dd`; null when nobody knows. */
  asOf: z.iso.date().nullable(),
})
export type CrossingLine = z.infer<typeof Line>

/**
 * How one crosses water in an area: bridges, ferry terminals, lines with their timetable. An installation brings its own
 * file; a timetable whose day is not known says so by `asOf: null`, and every console shows it.
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
    /** What boats of a kind hold, for lines that do not say it themselves. */
    capacities: z.partialRecord(VesselKind, Capacity).optional(),
    lines: z.array(Line).max(1000),
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
    const lines = new Set<string>()
    file.lines.forEach((line, i) => {
      const id = lineIdOf(line)
      if (lines.has(id)) ctx.addIssue({ code: 'custom', path: ['lines', i], message: `there are two lines ${id}` })
      lines.add(id)
      const { service } = line
      // Such a line would have no boats at all: which day those after midnight belong to is for its file to say.
      if ('first' in service && service.first > service.last)
        ctx.addIssue({
          code: 'custom',
          path: ['lines', i, 'service'],
          message: `${id}: first ${service.first} is after last ${service.last}; make two lines of it, until and from midnight`,
        })
    })
  })
export type Crossings = z.infer<typeof Crossings>

/** How sailings, lanes and feeds name a line. */
export const lineIdOf = ({ id, from, to, vessel }: Pick<CrossingLine, 'id' | 'from' | 'to' | 'vessel'>): string =>
  id ?? `${from}-${to}-${vessel}`

/** What a boat of a line holds; null where the file does not say it. */
export const capacityOf = (
  { capacities }: Pick<Crossings, 'capacities'>,
  { capacity, vessel }: Pick<CrossingLine, 'capacity' | 'vessel'>,
): Capacity | null => capacity ?? capacities?.[vessel] ?? null

/** @throws Error that names the file and its first fault */
export function readCrossings(text: string, name: string): Crossings {
  try {
    return readConfigText(text, Crossings)
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
  }
}
