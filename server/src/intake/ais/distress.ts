import type { AisMessage } from './message.ts'
import { beaconOf } from './vessel-group.ts'

/** Somebody at sea says by radio that they are in distress. */
export interface Distress {
  mmsi: string
  kind: 'sart' | 'mob' | 'epirb' | 'vessel'
}

/** Navigational status of a beacon that is active (ITU-R M.1371 table 45). */
const ACTIVE = 14
const TEST = /\bTEST\b/i

/**
 * Whether a message is a call for help: a beacon (MMSI 970, 972, 974) with status 14 or the text it is bound to send,
 * or a ship with status 14. Beacons under test send status 15 and say TEST; that is no distress.
 */
export function distressIn({ mmsi, position, safety }: AisMessage): Distress | null {
  const beacon = beaconOf(mmsi)
  if (position?.navStatus === ACTIVE) return { mmsi, kind: beacon ?? 'vessel' }
  if (beacon === null || safety === null || TEST.test(safety.text)) return null
  return /\bACTIVE\b/i.test(safety.text) ? { mmsi, kind: beacon } : null
}
