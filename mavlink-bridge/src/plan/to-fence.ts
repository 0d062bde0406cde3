import type { FencePlan } from '@skerry/contract'
import { type FenceZone, toFence, toRally } from './fence.ts'
import type { MissionItem } from './mission-item.ts'
import { planId } from './plan-id.ts'

/** A fence plan as it goes over the wire: two plans, each with its own counting. */
export interface FenceItems {
  readonly fence: readonly MissionItem[]
  readonly rally: readonly MissionItem[]
}

/**
 * Items of a fence plan; the same for every autopilot.
 * @throws RangeError for a polygon or a radius that the contract does not let through
 */
export function fenceItems({ inside, outside, rally }: FencePlan): FenceItems {
  const zones: FenceZone[] = [
    { stay: 'inside', ring: inside },
    ...outside.map((zone): FenceZone => ({ stay: 'outside', ...zone })),
  ]
  const fence = toFence(zones)
  if (!fence.ok) throw new RangeError(`zone ${fence.error.zone}: ${fence.error.kind}`)
  return { fence: fence.value, rally: toRally(rally) }
}

/** Name of both together, the same before and after a trip through a vehicle. */
export const fenceId = ({ fence, rally }: FenceItems): string => planId([...fence, ...rally], 'other')
