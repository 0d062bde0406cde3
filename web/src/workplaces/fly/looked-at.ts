import type { AircraftCommand, LngLat } from '@skerry/contract'

const FAILED: readonly AircraftCommand['state'][] = ['refused', 'not-effective', 'expired', 'unknown']

/**
 * The place that the gimbal keeps or is turning to, by the newest look that did not fail; null where it looks nowhere
 * in particular.
 * @param ledger orders of one drone, newest first
 */
export function lookedAt(ledger: readonly AircraftCommand[]): LngLat | null {
  const newest = ledger.find(({ camera, state }) => camera?.do.startsWith('look') === true && !FAILED.includes(state))
  return newest?.camera?.do === 'look-at' ? newest.camera.position : null
}
