import { expect, it } from 'vitest'
import { emptyConsignment, emptyLoad, toConsignment, type ConsignmentForm } from './consignment-form.ts'

const NOW = Date.UTC(2026, 10, 22, 1, 0)
const filled = (over: Partial<ConsignmentForm> = {}): ConsignmentForm => ({
  ...emptyConsignment(NOW),
  callSign: '危运-3',
  rings: [
    [
      [122.1, 30],
      [122.2, 30],
    ],
  ],
  limitKmh: 72,
  stopMin: 10,
  desk: '承运公司值班台',
  contact: '0580-2345678',
  loads: [
    { ...emptyLoad(), unNumber: '1203', substance: '汽油', packingGroup: 'II', quantity: 12_000, packing: '槽罐' },
  ],
  ...over,
})

it('declares what was entered, in the units of the contract; what was left empty is not watched', () => {
  expect(toConsignment(filled(), NOW)).toMatchObject({
    ok: true,
    draft: {
      vehicle: { callSign: '危运-3', terminalId: null },
      speedLimitMps: 20,
      longestStopS: 600,
      window: { fromMs: NOW, toMs: NOW + 4 * 3_600_000 },
      loads: [{ unNumber: '1203', packingGroup: 'II', quantity: 12_000 }],
    },
  })
  expect(toConsignment(filled({ limitKmh: '', stopMin: '' }), NOW)).toMatchObject({
    draft: { speedLimitMps: null, longestStopS: null },
  })
})
it.each<[string, Partial<ConsignmentForm>, object]>([
  ['a plate for a call sign', { callSign: '浙L12345' }, { part: 'vehicle' }],
  ['a terminal with blanks', { terminalId: 'T 3' }, { part: 'terminal' }],
  ['a clock without a date', { to: '18:00' }, { part: 'window' }],
  ['a window that is over', { from: '2026-11-21 08:00', to: '2026-11-21 09:00' }, { part: 'window' }],
  ['a line of one point', { rings: [[[122, 30]]] }, { part: 'corridor' }],
  ['no width', { halfWidthM: '' }, { part: 'corridor' }],
  ['a limit of a kilometre an hour', { limitKmh: 1 }, { part: 'limits' }],
  ['a mobile number as a contact', { contact: '13957201234' }, { part: 'desk' }],
  ['a second line that is empty', { loads: [filled().loads[0]!, emptyLoad()] }, { part: 'load', n: 2 }],
])('names the part at fault: %s', (_, over, fault) => {
  expect(toConsignment(filled(over), NOW)).toEqual({ ok: false, fault })
})
