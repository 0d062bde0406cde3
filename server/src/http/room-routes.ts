import { MadeGuest, NewGuest, StaffMember } from '@skerry/contract'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Accounts } from '../access/accounts.ts'
import type { Guests } from '../access/guests.ts'
import type { Clock } from '../clock.ts'
import { dictionaryOf } from '../domain/dictionary/dictionary.ts'
import type { Engine } from '../engine/engine.ts'
import type { Journal } from '../journal/journal.ts'
import { asHtml, asMarkdown } from '../rooms/render-record.ts'
import { roomRecord } from '../rooms/room-record.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: z.string().min(1).max(64) })
const ExportQuery = z.strictObject({
  as: z.enum(['json', 'html', 'markdown']).default('json'),
  lang: z.enum(['zh', 'en']).default('zh'),
})
const MEDIA = {
  json: { type: 'application/json; charset=utf-8', end: 'json' },
  html: { type: 'text/html; charset=utf-8', end: 'html' },
  markdown: { type: 'text/markdown; charset=utf-8', end: 'md' },
} as const

/** What the room of an incident needs beside its commands: guests, the staff that can be brought in, a copy to take away. */
export function roomRoutes(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  journal: Pick<Journal, 'readIncident'>
  guests: Pick<Guests, 'invite'>
  staff: Accounts['staff']
  here: () => ReadonlySet<string>
  clock: Clock
}): Route[] {
  const { engine, journal, guests, staff, here, clock } = parts
  return [
    route({
      method: 'get',
      path: '/api/staff',
      who: ['dispatcher', 'coordinator'],
      summary: 'Staff who can be brought into a room, and who of them is connected now',
      answer: { status: 200, schema: z.array(StaffMember) },
      handle({ c }) {
        const connected = here()
        const people = staff.all().filter(({ role }) => role !== 'unit' && role !== 'admin')
        return c.json(people.map((person) => ({ ...person, here: connected.has(person.account) })))
      },
    }),
    route({
      method: 'post',
      path: '/api/incidents/:id/guests',
      who: ['dispatcher', 'coordinator'],
      summary: 'A guest for the room of an incident; the token of its link is in this answer and never again',
      params: Id,
      body: NewGuest,
      answer: { status: 201, schema: MadeGuest },
      async handle({ params, body, caller, c }) {
        const made = await guests.invite(params.id, body, caller.seat)
        if (!made.ok) throw new HttpProblem(made.error.status, made.error.code, made.error.detail)
        return c.json(made.value, 201)
      },
    }),
    route({
      method: 'get',
      path: '/api/incidents/:id/room',
      who: ['dispatcher', 'coordinator'],
      summary:
        'The whole room of an incident from the journal, to take away; numbers of persons in its texts are left out',
      params: Id,
      query: ExportQuery,
      answer: { status: 200, media: 'application/json' },
      async handle({ params, query, caller, c }) {
        const record = roomRecord(await journal.readIncident(params.id))
        if (record === null) throw new HttpProblem(404, 'unknown-incident', `no incident ${params.id}`)
        const nowMs = clock.nowMs()
        await engine.record({ kind: 'seat', seat: caller.seat }, () => [
          { type: 'room.exported', incidentId: params.id, as: query.as },
        ])
        const ctx = {
          lang: query.lang,
          dictionary: dictionaryOf(engine.picture),
          exportedAtMs: nowMs,
          exportedBy: caller.seat.name,
        }
        const text =
          query.as === 'json'
            ? JSON.stringify(
                { format: 'skerry-room/1', exportedAtMs: nowMs, exportedBy: ctx.exportedBy, ...record },
                null,
                2,
              )
            : query.as === 'html'
              ? asHtml(record, ctx)
              : asMarkdown(record, ctx)
        return download(c, text, MEDIA[query.as], record.incident.number)
      },
    }),
  ]
}

function download(c: Context, text: string, { type, end }: { type: string; end: string }, number: number): Response {
  c.header('content-type', type)
  c.header('content-disposition', `attachment; filename="room-${number}.${end}"`)
  return c.body(text)
}
