import type { Datum, IncidentClass } from '@skerry/contract'
import type { DistressCall } from '../../domain/incidents/distress.ts'
import type { DistressDesk } from '../distress-desk.ts'
import { distressIn, type Distress } from './distress.ts'
import type { AisMessage } from './message.ts'
import type { SafetyDesk } from './safety-desk.ts'
import type { VesselTable, VesselVerdict } from './vessel-table.ts'

/** Takes what broadcasts: vessels to the map, calls for help to the incidents, other safety texts to those who watch. */
export interface VesselDesk {
  take(message: AisMessage, from: { feed: string; datum: Datum; heardAtMs: number }): Promise<VesselVerdict>
}

const CATEGORY: Record<Distress['kind'], IncidentClass> = {
  mob: 'person-in-water',
  sart: 'vessel-distress',
  epirb: 'vessel-distress',
  vessel: 'vessel-distress',
}
/** As the radio regulations call them. */
const TERM: Record<Distress['kind'], string> = {
  mob: 'MOB',
  sart: 'AIS-SART',
  epirb: 'EPIRB-AIS',
  vessel: 'AIS 14',
}

export const createVesselDesk = (vessels: VesselTable, distress: DistressDesk, safety: SafetyDesk): VesselDesk => ({
  async take(message, from) {
    const verdict = vessels.take(message, from)
    const call = distressIn(message)
    if (call !== null) await distress.call(from.feed, callOf(call, message, vessels, from.heardAtMs))
    await safety.take(message, from)
    return verdict
  },
})

function callOf(
  { mmsi, kind }: Distress,
  { safety }: AisMessage,
  vessels: VesselTable,
  heardAtMs: number,
): DistressCall {
  const vessel = vessels.get(mmsi)
  const name = vessel?.name ?? null
  return {
    caller: `ais-${mmsi}`,
    subject: { kind: 'vessel', id: mmsi },
    category: CATEGORY[kind],
    position: vessel?.latest?.lngLat ?? null,
    place: name === null ? `MMSI ${mmsi}` : `${name} · MMSI ${mmsi}`,
    text: [TERM[kind], `MMSI ${mmsi}`, name, safety?.text].filter(Boolean).join(' · ').slice(0, 600),
    atMs: vessel?.latest?.atMs ?? heardAtMs,
  }
}
