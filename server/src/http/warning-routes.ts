import { standingWarning, type Incident, type SentWarning } from '@skerry/contract'
import { xmlText } from '@skerry/exchange'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Engine } from '../engine/engine.ts'
import { capOf, fileNameOf } from '../exports/cap-of.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const CAP_TYPE = 'application/cap+xml; charset=utf-8'
const ATOM_TYPE = 'application/atom+xml; charset=utf-8'
/** Messages whose warning is over stay in the index for so long, so that whoever asks now and then sees the end of it. */
const KEPT_MS = 24 * 3_600_000

/** Warnings that we sent: for those who may know them by a token, and as a download for who is at a seat. */
export function warningRoutes({ engine, clock }: { engine: Pick<Engine, 'picture'>; clock: Clock }): Route[] {
  const all = (): { incident: Incident; warning: SentWarning }[] =>
    [...engine.picture.incident.values()].flatMap((incident) =>
      (incident.warnings ?? []).map((warning) => ({ incident, warning })),
    )
  return [
    route({
      method: 'get',
      path: '/api/warnings',
      who: { feed: 'warnings' },
      summary:
        'Index (Atom) of the warnings that hold, and of those that ended in the last day: the newest message of each',
      answer: { status: 200, media: 'application/atom+xml' },
      handle({ c }) {
        const nowMs = clock.nowMs()
        const newest = [...engine.picture.incident.values()]
          .flatMap(({ warnings }) => warnings?.at(-1) ?? [])
          .filter(({ sentMs, expiresMs }) => nowMs - Math.max(sentMs, expiresMs) < KEPT_MS)
          .sort((a, b) => b.sentMs - a.sentMs)
        return c.body(indexOf(newest, nowMs), 200, { 'content-type': ATOM_TYPE })
      },
    }),
    route({
      method: 'get',
      path: '/api/warnings/:identifier',
      who: { feed: 'warnings' },
      summary: 'One message as CAP 1.2',
      params: z.strictObject({ identifier: z.string().min(1).max(200) }),
      answer: { status: 200, media: 'application/cap+xml' },
      handle({ params, c }) {
        const found = all().find(({ warning }) => warning.identifier === params.identifier)
        if (found === undefined) throw new HttpProblem(404, 'no-warning', 'there is no such warning')
        return c.body(capOf(found.warning), 200, { 'content-type': CAP_TYPE })
      },
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/warnings/:n',
      who: ['observer', 'dispatcher', 'coordinator'],
      summary: 'A message of the warning about an incident as a file (CAP 1.2); the first is 1',
      params: z.strictObject({ id: z.string().min(1).max(64), n: z.coerce.number().int().min(1).max(1000) }),
      answer: { status: 200, media: 'application/cap+xml' },
      handle({ params, c }) {
        const warning = engine.picture.incident.get(params.id)?.warnings?.[params.n - 1]
        if (warning === undefined) throw new HttpProblem(404, 'no-warning', 'there is no such warning')
        return c.body(capOf(warning), 200, {
          'content-type': CAP_TYPE,
          'content-disposition': `attachment; filename="${fileNameOf(warning)}"`,
        })
      },
    }),
  ]
}

/** Relative addresses: whoever fetched the index knows where it is. */
function indexOf(warnings: readonly SentWarning[], nowMs: number): string {
  const iso = (ms: number): string => new Date(ms).toISOString()
  const entries = warnings.map(
    (warning) =>
      `<entry><id>urn:cap:${xmlText(warning.sender)}:${xmlText(warning.identifier)}</id>` +
      `<title>${xmlText(warning.draft.texts[0]?.headline ?? warning.identifier)}</title>` +
      `<updated>${iso(warning.sentMs)}</updated>` +
      `<summary>${warning.msgType}${standingWarning([warning], nowMs) === null ? ', over' : ''}</summary>` +
      `<link rel="alternate" type="application/cap+xml" href="/api/warnings/${encodeURIComponent(warning.identifier)}"/></entry>`,
  )
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:skerry:warnings</id>` +
    `<title>Skerry</title><updated>${iso(warnings[0]?.sentMs ?? nowMs)}</updated>` +
    `<author><name>Skerry</name></author><link rel="self" href="/api/warnings"/>${entries.join('')}</feed>\n`
  )
}
