import type { Incident, LngLat, PastPlaces, PastRecord, PastSearch, Search } from '@skerry/contract'
import { sql, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** One incident on its way out of the live picture. */
export interface PastEntry {
  incident: Incident
  searches: (PastSearch & { map: Uint8Array | null })[]
}

/** The facts of past incidents that figures are computed from. */
export interface PastFigures {
  incidents: Incident[]
  /** Of those where a person was found: the earliest find. */
  found: { incidentId: string; found: Search['found'] }[]
}

/** Closed incidents that have left the live picture. The journal has them too; here they can be asked for by time. */
export interface PastStore {
  /** All or nothing; an incident that is there already is written over. */
  put(entries: readonly PastEntry[]): Promise<void>
  /** How often something was put since the start; whoever keeps an answer knows by it whether it still holds. */
  changes(): number
  has(incidentId: string): Promise<boolean>
  find(incidentId: string): Promise<PastRecord | null>
  /** The incident alone. */
  incident(incidentId: string): Promise<Incident | null>
  /** Incidents that feeds reported under these ids (`FEED/EXTERNAL-ID`). */
  bySources(sources: readonly string[]): Promise<Incident[]>
  /** fromMs <= received < toMs, in order of their receipt. */
  received(fromMs: number, toMs: number): Promise<PastFigures>
  /** The newest first, those below a number; `text`: a part of number, place, text or outcome. */
  page(below: number, most: number, text?: string): Promise<Incident[]>
  /** Where incidents happened since then, the newest `most`; several reports of one event count once. */
  places(fromMs: number, most: number): Promise<PastPlaces>
  search(searchId: string): Promise<{ incident: Incident; search: PastSearch } | null>
  map(searchId: string): Promise<Uint8Array | null>
}

/** Parameters of one statement stay far below what SQLite takes. */
const SOURCES_PER_QUERY = 500

export function storedPast(db: Kysely<Tables>): PastStore & { changed(): void } {
  const searchesOf = async (incidentId: string): Promise<PastSearch[]> =>
    (await db.selectFrom('past_searches').select('facts').where('incident_id', '=', incidentId).execute()).map(
      ({ facts }) => JSON.parse(facts) as PastSearch,
    )
  const incidentOf = async (id: string): Promise<Incident | null> => {
    const row = await db.selectFrom('past_incidents').select('incident').where('id', '=', id).executeTakeFirst()
    return row === undefined ? null : (JSON.parse(row.incident) as Incident)
  }

  let changes = 0

  return {
    changed: () => void changes++,
    changes: () => changes,
    async put(entries) {
      await db.transaction().execute(async (tx) => {
        for (const { incident, searches } of entries) {
          const row = {
            id: incident.id,
            number: incident.number,
            source: incident.source,
            occurred_at_ms: incident.occurredAtMs,
            received_at_ms: incident.receivedAtMs,
            words: wordsOf(incident),
            lng: incident.position[0],
            lat: incident.position[1],
            same_event: incident.sameAs?.kind === 'same-event' ? 1 : 0,
            incident: JSON.stringify(incident),
            found: earliestFound(searches),
            ...fileOf(incident, searches),
          }
          await tx.deleteFrom('past_searches').where('incident_id', '=', incident.id).execute()
          await tx.deleteFrom('past_incidents').where('id', '=', incident.id).execute()
          await tx.insertInto('past_incidents').values(row).execute()
          for (const { map, ...facts } of searches)
            await tx
              .insertInto('past_searches')
              .values({ id: facts.search.id, incident_id: incident.id, facts: JSON.stringify(facts), map })
              .execute()
        }
      })
      changes++
    },
    has: async (id) =>
      (await db.selectFrom('past_incidents').select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
    incident: incidentOf,
    async find(id) {
      const incident = await incidentOf(id)
      return incident && { incident, searches: await searchesOf(id) }
    },
    async bySources(sources) {
      const found: Incident[] = []
      for (let i = 0; i < sources.length; i += SOURCES_PER_QUERY) {
        const rows = await db
          .selectFrom('past_incidents')
          .select('incident')
          .where('source', 'in', sources.slice(i, i + SOURCES_PER_QUERY))
          .orderBy('number')
          .execute()
        found.push(...rows.map(({ incident }) => JSON.parse(incident) as Incident))
      }
      return found
    },
    async received(fromMs, toMs) {
      const rows = await db
        .selectFrom('past_incidents')
        .select(['id', 'incident', 'found'])
        .where('received_at_ms', '>=', fromMs)
        .where('received_at_ms', '<', toMs)
        .orderBy('received_at_ms')
        .execute()
      return {
        incidents: rows.map(({ incident }) => JSON.parse(incident) as Incident),
        found: rows.flatMap(({ id: incidentId, found }) =>
          found === null ? [] : [{ incidentId, found: JSON.parse(found) as Search['found'] }],
        ),
      }
    },
    async page(below, most, text = '') {
      let query = db.selectFrom('past_incidents').select('incident').where('number', '<', below)
      if (text !== '')
        query = query.where(sql<boolean>`words LIKE ${`%${likeLiteral(text.toLowerCase())}%`} ESCAPE '!'`)
      const rows = await query.orderBy('number', 'desc').limit(most).execute()
      return rows.map(({ incident }) => JSON.parse(incident) as Incident)
    },
    async places(fromMs, most) {
      const rows = await db
        .selectFrom('past_incidents')
        .select(['id', 'occurred_at_ms', 'lng', 'lat'])
        .where('occurred_at_ms', '>=', fromMs)
        .where('same_event', '=', 0)
        .orderBy('occurred_at_ms', 'desc')
        .limit(most + 1)
        .execute()
      const places = rows
        .slice(0, most)
        .map(({ id, occurred_at_ms: occurredAtMs, lng, lat }) => ({ id, occurredAtMs, position: [lng, lat] as LngLat }))
      return { places, whole: rows.length <= most }
    },
    async search(searchId) {
      const row = await db
        .selectFrom('past_searches')
        .select(['incident_id', 'facts'])
        .where('id', '=', searchId)
        .executeTakeFirst()
      const incident = row === undefined ? null : await incidentOf(row.incident_id)
      return row === undefined || incident === null ? null : { incident, search: JSON.parse(row.facts) as PastSearch }
    },
    async map(searchId) {
      const row = await db.selectFrom('past_searches').select('map').where('id', '=', searchId).executeTakeFirst()
      return row?.map ?? null
    },
  }
}

function earliestFound(searches: readonly PastSearch[]): string | null {
  const finds = searches.flatMap(({ search }) => search.found ?? []).sort((a, b) => a.atMs - b.atMs)
  return finds.length === 0 ? null : JSON.stringify(finds[0])
}

/** What retention goes by. An incident is put here before anything of it is purged. */
const fileOf = (incident: Incident, searches: readonly PastSearch[]) => ({
  closed_at_ms: incident.closedAtMs,
  personal: Number(
    incident.subject !== null ||
      searches.length > 0 ||
      incident.class === 'missing-person' ||
      incident.class === 'person-in-water',
  ),
  suspended: Number(
    earliestFound(searches) === null && searches.some(({ search: { state } }) => state === 'suspended'),
  ),
  purged_person_ms: null,
  purged_messages_ms: null,
  purged_tracks_ms: null,
  purged_acts_ms: null,
})

export const wordsOf = ({ number, place, text, outcome }: Incident): string =>
  `#${number} ${place} ${text} ${outcome ?? ''}`.toLowerCase()

const likeLiteral = (text: string): string => text.replace(/[!%_]/g, (sign) => `!${sign}`)
