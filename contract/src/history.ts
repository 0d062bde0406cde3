import { z } from 'zod'
import { EpochMs, LngLat } from './geo.ts'
import type { Incident } from './incidents.ts'
import type { Candidate, Search, Task } from './searches.ts'

/** A search that has left the live picture, as it was then. */
export interface PastSearch {
  search: Search
  tasks: Task[]
  candidates: Candidate[]
}
/** A closed incident that has left the live picture, as it was then. Its room and its timeline are in the journal. */
export interface PastRecord {
  incident: Incident
  searches: PastSearch[]
}

/** The shape of what the server keeps of an entity is the server's own: a client checks only that it is one. */
const entity = <T>(): z.ZodType<T> => z.object({ id: z.string() }).loose() as unknown as z.ZodType<T>

export const PastRecord: z.ZodType<PastRecord> = z.object({
  incident: entity<Incident>(),
  searches: z.array(
    z.object({ search: entity<Search>(), tasks: z.array(entity<Task>()), candidates: z.array(entity<Candidate>()) }),
  ),
})

/** Past incidents, the newest number first. */
export const PastPage = z.object({ incidents: z.array(entity<Incident>()), more: z.boolean() })
export type PastPage = z.infer<typeof PastPage>

/** Where past incidents happened. `whole` is false where there were more than are given: the newest are. */
export const PastPlaces = z.object({
  places: z.array(z.object({ id: z.string(), occurredAtMs: EpochMs, position: LngLat })),
  whole: z.boolean(),
})
export type PastPlaces = z.infer<typeof PastPlaces>
