import type { Clock } from '../clock.ts'
import type { Heard, VehiclePort } from '../exchanges/vehicle-port.ts'
import { decode, type DecodedMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'

export interface Losses {
  /** Shares of all messages, both ways, 0..1. */
  readonly lost: number
  readonly doubled: number
  /** Held back for one more round trip, so that later ones overtake. */
  readonly late: number
  readonly rttMs: number
}
export const NO_LOSS: Losses = { lost: 0, doubled: 0, late: 0, rttMs: 20 }

/** A port to one vehicle over a bad link: what is lost, doubled or late is drawn from `random`, 0..1. */
export function lossyPort(clock: Clock, random: () => number, losses: Losses) {
  const listeners = new Set<(heard: Heard) => void>()
  const nextSeq = createSequence()
  const sent: DecodedMessage[] = []
  let vehicleHears: (message: DecodedMessage) => void = () => undefined

  function carry(deliver: () => void): void {
    if (random() < losses.lost) return
    const delayMs = losses.rttMs / 2 + (random() < losses.late ? losses.rttMs : 0)
    clock.after(delayMs, deliver)
    if (random() < losses.doubled) clock.after(delayMs + random() * losses.rttMs, deliver)
  }
  /** Over the real codec: what cannot be encoded cannot be sent. */
  const onTheWire = <N extends TypedName>(name: N, fields: EncodeFields<N>, sys: number) => {
    const [frame] = framesOfDatagram(encode(name, fields, { seq: nextSeq(), sys, comp: sys === 1 ? 1 : 190 }))
    if (frame === undefined) throw new Error(`${name} did not survive the codec`)
    return { frame, message: decode(frame) }
  }
  const port: VehiclePort = {
    systemId: 1,
    own: { sys: 255, comp: 190 },
    send(name, fields) {
      const { message } = onTheWire(name, fields, 255)
      sent.push(message)
      carry(() => vehicleHears(message))
    },
    listen(hear) {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
  }
  return {
    port,
    sent,
    listeners,
    /** What the vehicle does with what reaches it. */
    attach(hear: (message: DecodedMessage) => void): void {
      vehicleHears = hear
    },
    /** The vehicle speaks. */
    say<N extends TypedName>(name: N, fields: EncodeFields<N>): void {
      const { frame, message } = onTheWire(name, fields, 1)
      carry(() => {
        for (const hear of Array.from(listeners)) hear({ comp: 1, message, atMs: clock.nowMs(), frame })
      })
    },
  }
}
