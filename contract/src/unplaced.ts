import { z } from 'zod'

/** Why a camera's view, or a point in it, cannot be laid on the ground. The console has words for each. */
export const UNPLACED_CODES = [
  'position-unknown',
  'position-stale',
  'gimbal-missing',
  'gimbal-stale',
  'gimbal-unclear',
  'attitude-missing',
  'attitude-stale',
  'camera-unknown',
  'on-the-ground',
  'near-horizon',
  'point-unknown',
  'terrain-unknown',
] as const
export const Unplaced = z.enum(UNPLACED_CODES)
export type Unplaced = z.infer<typeof Unplaced>
