import { z } from 'zod'

/** Most places of an exposure file: a census grid of a large city. */
export const MOST_EXPOSED_PLACES = 50_000

/** How many are where, to compare incidents with: triples of lng, lat (degrees, WGS-84) and number, one after the other. */
export const ExposureMap = z.object({
  /** Whether this installation has any; without it, incidents are compared with the ground alone. */
  configured: z.boolean(),
  places: z.array(z.number()).max(3 * MOST_EXPOSED_PLACES),
})
export type ExposureMap = z.infer<typeof ExposureMap>
export const NO_EXPOSURE: ExposureMap = { configured: false, places: [] }
