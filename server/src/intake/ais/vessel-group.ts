import type { VesselGroup } from '@skerry/contract'
import type { AisStation } from './message.ts'

/** Beacons of those in distress have MMSIs of their own: 970 search-and-rescue transmitter, 972 man overboard, 974 EPIRB. */
export function beaconOf(mmsi: string): 'sart' | 'mob' | 'epirb' | null {
  if (mmsi.startsWith('970')) return 'sart'
  if (mmsi.startsWith('972')) return 'mob'
  return mmsi.startsWith('974') ? 'epirb' : null
}

/** What a vessel is for: by the kind of station, else by its AIS type of ship (ITU-R M.1371 table 53). */
export function groupOf(mmsi: string, station: AisStation | null, shipType: number | null): VesselGroup {
  if (beaconOf(mmsi) !== null) return 'distress-beacon'
  if (station === 'aircraft' || mmsi.startsWith('111')) return 'aircraft'
  if (station === 'base-station' || mmsi.startsWith('00')) return 'base-station'
  if (station === 'aid-to-navigation' || mmsi.startsWith('99')) return 'aid-to-navigation'
  return shipType === null ? 'unknown' : ofType(shipType)
}

function ofType(type: number): VesselGroup {
  if (type === 30) return 'fishing'
  if (type === 36 || type === 37) return 'pleasure'
  if (type === 35 || type === 51 || type === 55 || type === 58) return 'authority'
  if ((type >= 31 && type <= 34) || (type >= 50 && type <= 59)) return 'service'
  switch (Math.floor(type / 10)) {
    case 4:
      return 'high-speed'
    case 6:
      return 'passenger'
    case 7:
      return 'cargo'
    case 8:
      return 'tanker'
    case 2:
    case 9:
      return 'other'
    default:
      return 'unknown'
  }
}
