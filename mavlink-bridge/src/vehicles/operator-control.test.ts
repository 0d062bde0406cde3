import { describe, expect, it } from 'vitest'
import { copterInAir } from '../testing/vehicles.ts'
import type { TypedMessages } from '../wire/typed-messages.ts'
import { controlAsked, controlNow, observeControl } from './operator-control.ts'
import { wantedStreams } from './wanted-streams.ts'

const ask = (...[param1, param2, param3, param4]: number[]): TypedMessages['COMMAND_LONG'] => ({
  command: 32_100,
  target_system: 255,
  target_component: 0,
  confirmation: 0,
  param1: param1 ?? 0,
  param2: param2 ?? 0,
  param3: param3 ?? 0,
  param4: param4 ?? 0,
  param5: 0,
  param6: 0,
  param7: 0,
})
const status = (main: number, flags = 1) => ({ flags, gcs_main: main, gcs_secondary: new Uint8Array(10) })

describe('another station that asks for control', () => {
  it('is named with the time that it waits, in the present draft and in the one before it', () => {
    expect(controlAsked(ask(1, 0, 20, 254), 0)).toEqual({ asked: { station: 254, untilMs: 20_000 } })
    expect(controlAsked(ask(254, 1, 0, 20), 0)).toEqual({ asked: { station: 254, untilMs: 20_000 } })
  })
  it('waits three to sixty seconds, and ten where it does not say', () => {
    expect(controlAsked(ask(1, 0, 1, 254), 0)?.asked?.untilMs).toBe(3000)
    expect(controlAsked(ask(1, 0, 900, 254), 0)?.asked?.untilMs).toBe(60_000)
    expect(controlAsked(ask(1, 0, NaN, 254), 0)?.asked?.untilMs).toBe(10_000)
  })
  it.each([
    ['a station gives control back', ask(0, 0, 0, 254)],
    ['nobody is named', ask(1, 0, 10, 0)],
    ['we ourselves are named', ask(1, 0, 10, 255)],
    ['no system id stands there', ask(1, 0, 10, 254.5)],
  ])('asks nothing where %s, and is answered all the same', (_, fields) => {
    expect(controlAsked(fields, 0)).toEqual({ asked: null })
  })
  it('is none where the command is another, or for another station', () => {
    expect(controlAsked({ ...ask(1, 0, 10, 254), command: 400 }, 0)).toBeNull()
    expect(controlAsked({ ...ask(1, 0, 10, 254), target_system: 254 }, 0)).toBeNull()
  })
})

describe('who is in control', () => {
  it('is what the manager of the whole system says, whichever component that is', () => {
    const vehicle = observeControl(copterInAir(5, 0), status(254), 1000, 191)
    expect(controlNow(vehicle, 2000)).toMatchObject({ main: 254, comp: 191 })
    // The autopilot speaks for itself alone: its manager goes before.
    expect(observeControl(vehicle, status(7, 0), 2000, 1)).toBe(vehicle)
    expect(wantedStreams(vehicle).find(({ id }) => id === 512)).toMatchObject({ comp: 191 })
  })
  it('is what the autopilot says of itself where there is no manager, and what no other component says of itself', () => {
    expect(observeControl(copterInAir(5, 0), status(7, 0), 1000, 1).control?.main).toBe(7)
    expect(observeControl(copterInAir(5, 0), status(7, 0), 1000, 100).control).toBeNull()
  })
  it('is not known any more ten seconds after the last word', () => {
    const vehicle = observeControl(copterInAir(5, 0), status(254), 1000, 1)
    expect(controlNow(vehicle, 11_001)).toBeNull()
  })
  it('is asked for where the autopilot says that it has such a thing', () => {
    const asks = (capabilities: bigint | null): boolean =>
      wantedStreams({ ...copterInAir(5, 0), capabilities }).some(({ id }) => id === 512)
    expect([asks(null), asks(0n), asks(524_288n)]).toEqual([false, false, true])
  })
})
