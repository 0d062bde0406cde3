import { z } from 'zod'
import { IncidentClass, Priority } from './incidents.ts'

const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, at most 40')

/** When a rule holds. Every part that is given must fit; an empty list fits all. */
const When = z
  .strictObject({
    levels: z.array(Slug).max(8).default([]),
    priorities: z.array(Priority).max(3).default([]),
    categories: z.array(Slug).max(80).default([]),
    classes: z.array(IncidentClass).max(IncidentClass.options.length).default([]),
    /** Somebody was sent. */
    sent: z.boolean().default(false),
    /** A search is open. */
    search: z.boolean().default(false),
  })
  .default({ levels: [], priorities: [], categories: [], classes: [], sent: false, search: false })

const common = { id: Slug, when: When }

/** Who belongs to the room of an incident without being asked. */
export const RoomRule = z.discriminatedUnion('join', [
  /** A desk: whoever has this role answers for it. One member, however many sit there. */
  z.strictObject({ ...common, join: z.literal('desk'), role: z.enum(['dispatcher', 'coordinator']) }),
  /** Units that were ordered to the incident, or said yes when they were asked. */
  z.strictObject({ ...common, join: z.literal('units') }),
  /** Pilots who accepted a task of the incident's search. */
  z.strictObject({ ...common, join: z.literal('pilots') }),
  /** Seats that acted for the incident: took the call, sent units, opened the search. */
  z.strictObject({ ...common, join: z.literal('handlers') }),
])
export type RoomRule = z.infer<typeof RoomRule>
