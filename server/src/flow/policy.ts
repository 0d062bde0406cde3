import { PlaceId, readConfigText } from '@skerry/contract'
import { z } from 'zod'

/** How counts are kept and judged. Everything has a default; an installation may bring a file. */
export const FlowPolicy = z.strictObject({
  keep: z
    .strictObject({
      minuteDays: z.number().int().min(2).max(60).default(8),
      quarterDays: z.number().int().min(35).max(1000).default(400),
      hourDays: z.number().int().min(400).max(20_000).default(3660),
    })
    .prefault({}),
  surge: z
    .strictObject({
      /** Robust z from which it is a surge, and below which it is over. */
      z: z.number().min(3).max(50).default(5),
      overZ: z.number().min(1).max(50).default(3),
      /** Comparable hours that there must be. */
      least: z.number().int().min(3).max(8).default(4),
      /** So many times what is usual, and so many more, or nobody need act. */
      ratio: z.number().min(1).max(20).default(1.8),
      persons: z.number().int().min(1).default(60),
      vehicles: z.number().int().min(1).default(20),
    })
    .prefault({}),
  /** More wait than the boats that still sail today hold: from so many persons on. */
  strandedPersons: z.number().int().min(1).default(10),
  balance: z
    .strictObject({
      /** Standard deviation of the systematic error of a lane's count, as a share of it. */
      laneErrorShare: z.number().min(0).max(0.5).default(0.02),
      /** Persons in a vehicle: mean, and how uncertain the mean is. Left out: nobody guesses who sits in vehicles. */
      personsPerVehicle: z.strictObject({ mean: z.number().min(1).max(60), sd: z.number().min(0).max(30) }).optional(),
      /** Persons on an island at a moment, by a census or a count. */
      references: z
        .array(
          z.strictObject({
            island: PlaceId,
            at: z.iso.datetime({ offset: true }),
            persons: z.number().int().min(0),
            plusMinus: z.number().int().min(0),
            source: z.string().min(1).max(200),
          }),
        )
        .max(500)
        .default([]),
    })
    .prefault({}),
})
export type FlowPolicy = z.infer<typeof FlowPolicy>

export const DEFAULT_FLOW_POLICY: FlowPolicy = FlowPolicy.parse({})

/** @throws Error of one line that names the field at fault */
export const readFlowPolicy = (text: string): FlowPolicy => readConfigText(text, FlowPolicy as z.ZodType<FlowPolicy>)
