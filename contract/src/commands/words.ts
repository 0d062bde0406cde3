import { z } from 'zod'
import { looksPersonal } from '../personal.ts'

export const Id = z.string().min(1).max(64)
export const Reason = z.string().trim().min(2).max(300)
/** Words about acts and dangerous goods, which hold no number or plate of a person. */
export const impersonal = (text: z.ZodString) =>
  text.refine((said) => !looksPersonal(said), 'must hold no mobile number, identity number or plate')
export const ImpersonalReason = impersonal(Reason)
