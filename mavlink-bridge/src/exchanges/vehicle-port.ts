import type { DecodedMessage, TypedName } from '../wire/decode.ts'
import type { EncodeFields } from '../wire/encode.ts'
import type { Frame } from '../wire/frame.ts'

/** A message of the vehicle's system, already decoded. */
export interface Heard {
  readonly comp: number
  readonly message: DecodedMessage
  readonly atMs: number
  /** As it came: a parameter's four bytes do not survive being read as a float. */
  readonly frame: Frame
}

/** What an exchange sees of one vehicle: its system's messages, and a way to send to it. */
export interface VehiclePort {
  readonly systemId: number
  /** Our own ids: answers to other stations are not for us. */
  readonly own: { readonly sys: number; readonly comp: number }
  /**
   * Never throws: what the encoder refuses is not sent, and noted as a fault of ours; the exchange that wanted it ends
   * with that. One exchange that goes wrong ends no other, here or with another vehicle.
   * @param turn which of several ways to it: 0 the best, 1 the next best, and so on round and round
   * @returns why the encoder refused it; null: it is on its way
   */
  send<N extends TypedName>(name: N, fields: EncodeFields<N>, turn?: number): Error | null
  /** Ways to it that are heard, beside the best one. Absent: none. */
  otherWays?(): number
  /** Listens until the answer is called. */
  listen(hear: (heard: Heard) => void): () => void
}

/** True where a message that carries a target is meant for us; 0 is "everyone" or an old message without target. */
export const isForUs = (port: VehiclePort, target: { target_system: number; target_component: number }): boolean =>
  (target.target_system === port.own.sys || target.target_system === 0) &&
  (target.target_component === port.own.comp || target.target_component === 0)
