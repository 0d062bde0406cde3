import { z } from 'zod'

/** WGS-84 position, `[longitude, latitude]` in degrees, longitude -180..180, latitude -90..90. */
export const LngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
export type LngLat = z.infer<typeof LngLat>

/**
 * Datum in which a source gives its positions. Skerry keeps WGS-84 only. GCJ-02 is what Chinese maps and phones are shifted
 * to, BD-09 that of Baidu.
 */
export const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const
export type Datum = (typeof DATUMS)[number]

/** A closed ring without its repeated last point, at least three corners, WGS-84. */
export const Ring = z.array(LngLat).min(3).max(2000)
export type Ring = z.infer<typeof Ring>

/** A line of at least two points, WGS-84. */
export const Line = z.array(LngLat).min(1).max(5000)
export type Line = z.infer<typeof Line>

/** Milliseconds since 1970-01-01 UTC. */
export const EpochMs = z.number().int().min(0).max(8.64e15)
export type EpochMs = z.infer<typeof EpochMs>
