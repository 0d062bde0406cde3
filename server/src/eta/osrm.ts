import type { LngLat, Recommendation } from '@skerry/contract'
import { z } from 'zod'
import { lineM } from './line.ts'

export type RouterFault = NonNullable<Recommendation['roads']['fault']>
export type TableAnswer =
  | { ok: true; /** Seconds by source and destination; null where no road leads. */ seconds: (number | null)[][] }
  | { ok: false; fault: RouterFault }
/** Driving times from every source to every destination. Never rejects: a router is a help, not a condition. */
export type RoadTable = (sources: readonly LngLat[], destinations: readonly LngLat[]) => Promise<TableAnswer>

/** A place as the router took it: on its nearest road, wherever that is. Routers that do not say are taken at their word. */
const Waypoint = z.object({ location: z.tuple([z.number(), z.number()]).optional() }).nullable()
const Table = z.object({
  code: z.literal('Ok'),
  sources: z.array(Waypoint).optional(),
  destinations: z.array(Waypoint).optional(),
  durations: z.array(z.array(z.number().min(0).nullable())),
})
/** A place farther than this from the road that the router took for it is another place, metres. */
const MOST_SNAP_M = 500
/** An answer for some thousand pairs is far below this. */
const MOST_BYTES = 4_000_000

/**
 * The table service of a router that speaks OSRM's HTTP API, v1 (project-osrm.org/docs/v5.24.0/api): the user's own
 * server, by its base URL, for example `http://127.0.0.1:5000`.
 */
export function osrmTable(options: { baseUrl: string; timeoutMs: number; fetch?: typeof fetch }): RoadTable {
  const { baseUrl, timeoutMs, fetch: get = fetch } = options
  return async (sources, destinations) => {
    const places = [...sources, ...destinations].map(([lng, lat]) => `${lng.toFixed(6)},${lat.toFixed(6)}`).join(';')
    const from = sources.map((_, i) => i).join(';')
    const to = destinations.map((_, i) => sources.length + i).join(';')
    const url = `${baseUrl.replace(/\/+$/, '')}/table/v1/driving/${places}?sources=${from}&destinations=${to}&annotations=duration`
    try {
      const answer = await get(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
      if (!answer.ok) return (await answer.body?.cancel(), { ok: false, fault: 'refused' })
      const read = Table.safeParse(JSON.parse(await textOf(answer)))
      if (!read.success || !fitsAsked(read.data.durations, sources.length, destinations.length))
        return { ok: false, fault: 'malformed' }
      const near = [onRoad(sources, read.data.sources), onRoad(destinations, read.data.destinations)] as const
      return {
        ok: true,
        seconds: read.data.durations.map((row, i) => row.map((s, j) => (near[0](i) && near[1](j) ? s : null))),
      }
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError) return { ok: false, fault: 'malformed' }
      const { name } = error as Error
      return { ok: false, fault: name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'unreachable' }
    }
  }
}

const fitsAsked = (rows: readonly (readonly unknown[])[], sources: number, destinations: number): boolean =>
  rows.length === sources && rows.every((row) => row.length === destinations)

/** Whether the router took a place for one near it. */
const onRoad =
  (asked: readonly LngLat[], taken: z.infer<typeof Table>['sources']) =>
  (i: number): boolean => {
    const at = taken?.[i]?.location
    return at === undefined || lineM(asked[i]!, at) <= MOST_SNAP_M
  }

/** @throws RangeError when there is more than any answer needs */
async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > MOST_BYTES) throw new RangeError('the answer is too large')
  }
  return text + decoder.decode()
}
