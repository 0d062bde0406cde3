import { z } from 'zod'

const DEGREES = 'must be [lng, lat] in degrees, longitude -180 to 180, latitude -84 to 84'

/** A place on WGS-84. The metric frame of a map does not reach the poles. */
export const LngLatField = z.tuple([z.number().min(-180).max(180), z.number().min(-84).max(84)], { error: DEGREES })

/** A finite number of metres, m/s or seconds at or above 0. */
export const AtLeastZero = z.number().min(0)
export const AboveZero = z.number().gt(0)
/** Seconds from the start of a drift: nobody knows slack water farther away than ten years. */
export const SlackS = z.number().min(-315_576_000).max(315_576_000)
export const Share = z.number().min(0).max(1)
/** A direction, degrees clockwise from north. */
export const Bearing = z.number().min(-360).max(360)
