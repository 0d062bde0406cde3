import { DutyContact } from '@skerry/contract'
import { z } from 'zod'
import type { ContactBook } from '../consignments/contact-book.ts'
import { decideReadContact } from '../domain/consignments/decide.ts'
import type { Decision } from '../domain/result.ts'
import type { DomainEvent } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'
import { HttpProblem } from './problem.ts'
import { route, type Route } from './route.ts'

const Id = z.strictObject({ id: z.string().min(1).max(64) })

/** What consignments need beside their commands: how a duty desk is reached, told only in an accident and on the record. */
export function consignmentRoutes(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  contacts: Pick<ContactBook, 'get'>
}): Route[] {
  const { engine, contacts } = parts
  return [
    route({
      method: 'post',
      path: '/api/consignments/:id/contact',
      who: ['dispatcher', 'coordinator'],
      summary: 'How the duty desk of a consignment is reached, while its accident is open; every look is recorded',
      params: Id,
      answer: { status: 200, schema: DutyContact },
      async handle({ params, caller, c }) {
        let decided: Decision<DomainEvent[]> | null = null
        await engine.record({ kind: 'seat', seat: caller.seat }, (picture) => {
          decided = decideReadContact(picture, params.id)
          return decided.ok ? decided.value : []
        })
        const answer = decided as Decision<DomainEvent[]> | null
        if (answer !== null && !answer.ok)
          throw new HttpProblem(answer.error.status, answer.error.code, answer.error.detail)
        const consignment = engine.picture.consignment.get(params.id)
        const contact = contacts.get(params.id)
        if (consignment === undefined || contact === null)
          throw new HttpProblem(404, 'unknown-consignment', `no consignment ${params.id}`)
        return c.json({ desk: consignment.dutyDesk.desk, contact })
      },
    }),
  ]
}
