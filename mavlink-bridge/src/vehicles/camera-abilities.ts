import type { Camera } from './vehicle.ts'

/** CAMERA_CAP_FLAGS */
const CAPTURE_IMAGE = 2
const HAS_BASIC_ZOOM = 64

/** By the camera's own word, CAMERA_INFORMATION.flags. */
export const takesPhotos = ({ flags }: Camera): boolean => (flags & CAPTURE_IMAGE) !== 0
export const hasZoom = ({ flags }: Camera): boolean => (flags & HAS_BASIC_ZOOM) !== 0
