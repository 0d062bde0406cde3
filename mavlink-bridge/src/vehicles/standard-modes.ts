import type { DroneStatus, ModeKind } from '@skerry/contract'

/** A mode that the vehicle itself offers (AVAILABLE_MODES). */
export interface OfferedMode {
  readonly name: string
  /** MAV_STANDARD_MODE, 0 where it is none of them. */
  readonly standard: number
  /** It may be chosen from outside (not one that only the autopilot enters). */
  readonly selectable: boolean
}

/** MAV_STANDARD_MODE. Position hold listens to sticks, so it is a manual mode here and never an order's hold. */
export const STANDARD_MODE = { safeRecovery: 5, mission: 6, land: 7, takeoff: 8 } as const
const KINDS: ReadonlyMap<number, ModeKind> = new Map<number, ModeKind>([
  [1, 'manual'],
  [2, 'other'],
  [3, 'manual'],
  [4, 'manual'],
  [STANDARD_MODE.safeRecovery, 'return'],
  [STANDARD_MODE.mission, 'auto'],
  [STANDARD_MODE.land, 'land'],
  [STANDARD_MODE.takeoff, 'takeoff'],
])
/** MAV_MODE_PROPERTY. */
const NOT_USER_SELECTABLE = 2

export const offeredMode = (name: string, standard: number, properties: number): OfferedMode => ({
  name,
  standard,
  selectable: (properties & NOT_USER_SELECTABLE) === 0,
})

/** The mode in the vehicle's own words; the kind is unknown to us where it is no standard one. */
export const modeOfOffered = ({ name, standard }: OfferedMode): NonNullable<DroneStatus['mode']> => ({
  name,
  kind: KINDS.get(standard) ?? 'other',
})

/** Whether a vehicle offers that standard mode, and lets it be chosen from outside. */
export const offersStandard = (
  { offeredModes }: { readonly offeredModes: ReadonlyMap<number, OfferedMode> },
  mode: number,
): boolean => [...offeredModes.values()].some(({ standard, selectable }) => standard === mode && selectable)
