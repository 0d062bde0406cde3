import { z } from 'zod'
import { Words } from './dictionary.ts'
import { LngLat } from './geo.ts'

/** A camera that stands somewhere for good, as the picture has it: what it is called and where. Its address is not part of it. */
export const FixedCamera = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, at most 40'),
  /** What people call the place that it looks at. */
  label: Words,
  position: LngLat,
})
export type FixedCamera = z.infer<typeof FixedCamera>

/**
 * One camera of the cameras file. `picture`: an http address that answers with a picture, or with one after the other (MJPEG);
 * the server passes it on while an approved act runs, and nobody is told the address. `stream`: an address for a player, told
 * to those who may look.
 */
export const CameraEntry = FixedCamera.extend({
  shows: z.enum(['picture', 'stream']),
  url: z.url({ protocol: /^(https?|rtsps?|srt)$/, error: 'must be an http, https, rtsp, rtsps or srt address' }),
}).refine(({ shows, url }) => shows === 'stream' || /^https?:/.test(url), {
  path: ['url'],
  message: 'must be an http or https address for a picture',
})
export type CameraEntry = z.infer<typeof CameraEntry>
export const CamerasFile = z.strictObject({
  cameras: z
    .array(CameraEntry)
    .max(2000)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has an id twice'),
})
export type CamerasFile = z.infer<typeof CamerasFile>
