import { z } from 'zod'

/** Problem document (RFC 9457), sent as `application/problem+json` with every 4xx and 5xx answer. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** Machine-readable reason; the console has words for it in both languages. */
  code: z.string(),
  /** Fields at fault, where the body did not fit its schema. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
