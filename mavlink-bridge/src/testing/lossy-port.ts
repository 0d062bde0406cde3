import type { Clock } from '../clock.ts'
import type { Heard, VehiclePort } from '../exchanges/vehicle-port.ts'
import { decode, type DecodedMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import type { Frame } from '../wire/frame.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'
import { carry, IDLE_WAY, type Losses, type Way } from './lossy-link.ts'

export interface SharedRadio {
  up: Way
  down: Way
}
export const newRadio = (): SharedRadio => ({ up: IDLE_WAY, down: IDLE_WAY })

export interface LossyPortOptions {
  readonly systemId?: number
  /** One radio that several vehicles share; each has its own where nothing is said. */
  readonly radio?: SharedRadio
  /** `memory` hands the fields over as they are: for long simulations in which the codec is not what is tested. */
  readonly path?: 'codec' | 'memory'
}
/** What an average message of the exchanges weighs, bytes, where nothing is encoded. */
const TYPICAL_BYTES = 40
/** Stands for the bytes that were never made; exchanges of plans look at the message only. */
const NO_FRAME: Frame = framesOfDatagram(
  encode('MISSION_CLEAR_ALL', { target_system: 0, target_component: 0 }, { seq: 0, sys: 1, comp: 1 }),
)[0]!
/** More are not kept: a simulated day must not fill the memory. */
const KEPT = 2000

/** A port to one vehicle over a bad link: what is lost, doubled or late is drawn from `random`, 0 <= x < 1. */
export function lossyPort(clock: Clock, random: () => number, losses: Losses, options: LossyPortOptions = {}) {
  const { systemId = 1, path = 'codec', radio = newRadio() } = options
  const listeners = new Set<(heard: Heard) => void>()
  const nextSeq = createSequence()
  const sent: DecodedMessage[] = []
  const openedAtMs = clock.nowMs()
  let vehicleHears: (message: DecodedMessage, from: { sys: number; comp: number }) => void = () => undefined

  const deliver = (delaysMs: readonly number[], run: () => void): void => {
    for (const delayMs of delaysMs) clock.after(delayMs, run)
  }
  /** Over the real codec: what cannot be encoded cannot be sent. */
  function onTheWire<N extends TypedName>(
    name: N,
    fields: EncodeFields<N>,
    from: { sys: number; comp: number },
  ): { message: DecodedMessage; frame: Frame; bytes: number } {
    if (path === 'memory') {
      const message = { name, fields: fields as unknown as DecodedMessage['fields'] }
      return { message, frame: NO_FRAME, bytes: TYPICAL_BYTES }
    }
    const raw = encode(name, fields, { seq: nextSeq(), ...from })
    const [frame] = framesOfDatagram(raw)
    if (frame === undefined) throw new Error(`${name} did not survive the codec`)
    return { message: decode(frame), frame, bytes: raw.length }
  }
  function toVehicle(message: DecodedMessage, bytes: number, from: { sys: number; comp: number }): void {
    const [way, delaysMs] = carry(radio.up, losses, clock.nowMs() - openedAtMs, bytes, random)
    radio.up = way
    deliver(delaysMs, () => vehicleHears(message, from))
  }
  const own = { sys: 255, comp: 190 }
  const port: VehiclePort = {
    systemId,
    own,
    send(name, fields) {
      try {
        const { message, bytes } = onTheWire(name, fields, own)
        if (sent.length < KEPT) sent.push(message)
        toVehicle(message, bytes, own)
        return null
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error))
      }
    },
    listen(hear) {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
  }
  return {
    port,
    /** What we sent, the first two thousand messages. */
    sent,
    listeners,
    /** What the vehicle does with what reaches it. */
    attach(hear: (message: DecodedMessage, from: { sys: number; comp: number }) => void): void {
      vehicleHears = hear
    },
    /** Another ground station speaks to the vehicle over the same link. */
    otherSays<N extends TypedName>(sys: number, name: N, fields: EncodeFields<N>): void {
      const from = { sys, comp: 190 }
      const { message, bytes } = onTheWire(name, fields, from)
      toVehicle(message, bytes, from)
    },
    /** The vehicle speaks. */
    say<N extends TypedName>(name: N, fields: EncodeFields<N>, comp = 1): void {
      const { message, frame, bytes } = onTheWire(name, fields, { sys: systemId, comp })
      const [way, delaysMs] = carry(radio.down, losses, clock.nowMs() - openedAtMs, bytes, random)
      radio.down = way
      deliver(delaysMs, () => {
        for (const hear of Array.from(listeners)) hear({ comp, message, atMs: clock.nowMs(), frame })
      })
    },
  }
}
