import { z } from 'zod'
import { ConsignmentDraft } from '../consignments.ts'
import { LngLat } from '../geo.ts'
import { Id, ImpersonalReason, impersonal } from './words.ts'

/** Dangerous goods on the road. */
export const consignmentCommands = [
  /** A load of dangerous goods that is going to be carried. */
  z.strictObject({ id: z.uuid(), type: z.literal('consignment.declare'), consignment: ConsignmentDraft }),
  /** Somebody else than whoever declared it looked at load sheet, vehicle and papers, and they fit. */
  z.strictObject({ id: z.uuid(), type: z.literal('consignment.check'), consignmentId: Id }),
  /** It sets out: from now on its corridor is watched. */
  z.strictObject({ id: z.uuid(), type: z.literal('consignment.start'), consignmentId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('consignment.arrive'), consignmentId: Id }),
  /** It comes to an end without having arrived, or the accident is dealt with. */
  z.strictObject({ id: z.uuid(), type: z.literal('consignment.end'), consignmentId: Id, reason: ImpersonalReason }),
  /** Opens an incident with the load sheet, or puts the load sheet to an open one that is about it already. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('consignment.accident'),
    consignmentId: Id,
    incidentId: Id.optional(),
    position: LngLat,
    place: impersonal(z.string().trim().max(120)),
    text: impersonal(z.string().trim().max(400)),
  }),
] as const
