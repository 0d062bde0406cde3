import { z } from 'zod'
import { Id, ImpersonalReason } from './words.ts'

const id = z.uuid()

/** Legal holds on cases, open or closed. */
export const caseCommands = [
  /** Holds at once: nothing of the case is purged from now on. */
  z.strictObject({ id, type: z.literal('case.hold'), incidentId: Id, reason: ImpersonalReason }),
  /** Asks for a hold to be lifted; it holds until a second person agrees. */
  z.strictObject({ id, type: z.literal('case.ask-lift'), incidentId: Id, reason: ImpersonalReason }),
  z.strictObject({ id, type: z.literal('case.approve-lift'), incidentId: Id }),
  /** The hold stays: by whoever was to agree, or by whoever asked. */
  z.strictObject({ id, type: z.literal('case.refuse-lift'), incidentId: Id, reason: ImpersonalReason }),
] as const
