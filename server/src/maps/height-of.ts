import type { ThermalNotice } from '@skerry/contract'

/** Height of the camera over what it looked at: above the ground where a terrain model knows it, else above take-off. */
export const heightOf = (notice: Pick<ThermalNotice, 'heightAboveGroundM' | 'heightAboveTakeoffM'>): number =>
  notice.heightAboveGroundM ?? notice.heightAboveTakeoffM
