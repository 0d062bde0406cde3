import type { ConsignmentDraft } from '@skerry/contract'
import { NOW_MS, at } from '../test-kit.ts'

/** Petrol in one lorry along a straight road, for tests. */
export const petrol = (over: Partial<ConsignmentDraft> = {}): ConsignmentDraft => ({
  vehicle: { callSign: '危运-3', terminalId: 'T-3' },
  loads: [
    {
      unNumber: '1203',
      substance: '汽油',
      hazardClass: '3',
      packingGroup: 'II',
      quantity: 12_000,
      unit: 'L',
      packing: '槽罐',
    },
  ],
  corridor: { line: [at(0, 0), at(5000, 0)], halfWidthM: 100 },
  speedLimitMps: 20,
  longestStopS: 600,
  window: { fromMs: NOW_MS, toMs: NOW_MS + 3_600_000 },
  dutyDesk: { desk: '承运公司值班台', contact: '0580-2345678' },
  ...over,
})
