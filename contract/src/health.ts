import { z } from 'zod'
import { LinkHealth } from './bridge.ts'

/** Whether a part works. `unknown` is a state of its own: never asked, or no answer yet. */
export const PartState = z.enum(['ok', 'degraded', 'lost', 'unknown'])
export type PartState = z.infer<typeof PartState>

export const Health = z.object({
  atMs: z.number(),
  version: z.string(),
  run: z.string(),
  startedAtMs: z.number(),
  demo: z.boolean(),
  state: PartState,
  store: z.object({
    kind: z.enum(['sqlite', 'postgres']),
    state: PartState,
    /** What an acknowledged event survives, in words. */
    durability: z.string(),
    lastSeq: z.number().int(),
    lastWriteAtMs: z.number().nullable(),
    lastWriteMs: z.number().nullable(),
  }),
  feeds: z.array(
    z.object({
      id: z.string(),
      scope: z.string(),
      state: PartState,
      lastAtMs: z.number().nullable(),
      accepted: z.number().int(),
      refused: z.number().int(),
    }),
  ),
  bridges: z.array(
    z.object({
      id: z.string(),
      state: PartState,
      lastAtMs: z.number().nullable(),
      links: z.array(LinkHealth),
      drones: z.number().int(),
    }),
  ),
  consoles: z.number().int(),
})
export type Health = z.infer<typeof Health>
