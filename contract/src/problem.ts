import { z } from 'zod'
import { REFUSAL_CODES } from './refusals.ts'

/** Codes with which the HTTP side itself turns a request down, beside the refusals of commands and reports. */
export const HTTP_CODES = [
  'account-exists',
  'bad-json',
  'cross-origin',
  'does-not-fit',
  'feed-exists',
  'kiosk-exists',
  'no-session',
  'not-json',
  'server-fault',
  'too-large',
  'too-many-tries',
  'too-many-counts',
  'too-many-fixes',
  'unknown-checkpoint',
  'unknown-island',
  'unknown-lane',
  'unknown-holiday',
  'unknown-feed',
  'unknown-kiosk',
  'unknown-file',
  'unknown-route',
  'ways-not-ready',
  'unknown-vessel',
  'wrong-enrolment',
  'wrong-method',
  'wrong-sign-in',
] as const
export const ProblemCode = z.enum([...HTTP_CODES, ...REFUSAL_CODES])
export type ProblemCode = z.infer<typeof ProblemCode>

/** Problem document (RFC 9457), sent as `application/problem+json` with every 4xx and 5xx answer. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** Machine-readable reason, one of `ProblemCode` where server and reader are of one version; the console has words. */
  code: z.string(),
  /** Fields at fault, where the body did not fit its schema. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
