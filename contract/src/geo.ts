import { z } from 'zod'

/** WGS-84 position, `[longitude, latitude]` in degrees, longitude -180..180, latitude -90..90. */
export const LngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
export type LngLat = z.infer<typeof LngLat>

/** A closed ring without its repeated last point, at least three corners, WGS-84. */
export const Ring = z.array(LngLat).min(3).max(2000)
export type Ring = z.infer<typeof Ring>

/** A line of at least two points, WGS-84. */
export const Line = z.array(LngLat).min(1).max(5000)
export type Line = z.infer<typeof Line>

/** Milliseconds since 1970-01-01 UTC. */
export const EpochMs = z.number().int().min(0).max(8.64e15)
export type EpochMs = z.infer<typeof EpochMs>
