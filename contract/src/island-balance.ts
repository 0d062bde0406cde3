import { z } from 'zod'

/** How many more persons came to an island than left it since a moment, and how well that is known. */
export const IslandBalance = z.object({
  island: z.string(),
  sinceMs: z.number(),
  untilMs: z.number(),
  /** Persons counted in both directions; minutes without a count are not in them. */
  in: z.number(),
  out: z.number(),
  /** In less out, with what the minutes without a count usually bring. */
  net: z.number(),
  /** Half width of the 90 % interval of `net`; null where a way was not counted and nobody knows what it usually brings. */
  plusMinus: z.number().nullable(),
  /** Share of the lane minutes that were counted, 0..1. */
  counted: z.number(),
  /** Vehicles in less out; who sat in them is in `net` only where the installation says how many usually do. */
  vehicles: z.number().nullable(),
  vehiclesPersons: z.boolean(),
  /** Ways onto the island that no checkpoint counts: with one of them the balance is of the counted ways alone. */
  uncounted: z.array(z.string()),
  /** Persons on the island at the reference, where someone has said so, and with the balance now. */
  reference: z.object({ atMs: z.number(), persons: z.number(), plusMinus: z.number(), source: z.string() }).nullable(),
  persons: z.number().nullable(),
  personsPlusMinus: z.number().nullable(),
})
export type IslandBalance = z.infer<typeof IslandBalance>

/** Passages of one day of a holiday or of a day to compare it with. Null: too little was counted to say it. */
export const DayFlow = z.object({
  /** `yyyy-mm-dd`, local. */
  day: z.string(),
  in: z.number().nullable(),
  out: z.number().nullable(),
  /** Share of the lane minutes that were counted, 0..1. */
  counted: z.number(),
})
export type DayFlow = z.infer<typeof DayFlow>

/** One holiday of several years side by side. Days are aligned by the festival day itself. */
export const HolidayComparison = z.object({
  holiday: z.string(),
  counts: z.enum(['persons', 'vehicles']),
  years: z.array(
    z.object({
      year: z.number().int(),
      /** Day that the years are aligned by, `yyyy-mm-dd`. */
      anchor: z.string(),
      /** `offset` is days after the anchor. */
      days: z.array(DayFlow.extend({ offset: z.number().int() })),
      /** The same weekdays of the four weeks before, for each day in order; medians of those that were counted. */
      usual: z.array(z.object({ in: z.number().nullable(), out: z.number().nullable(), n: z.number().int() })),
      /** The year's notice is in the calendar; else its days are not known and `days` is empty. */
      known: z.boolean(),
    }),
  ),
  source: z.string(),
})
export type HolidayComparison = z.infer<typeof HolidayComparison>
