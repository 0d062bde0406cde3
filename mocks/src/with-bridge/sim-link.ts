import { type EncodeFields, framesOfDatagram, type TypedName } from '@skerry/mavlink-bridge'
import {
  type Arrival,
  carry,
  every,
  type FakeClock,
  IDLE_WAY,
  type Link,
  type Losses,
  type PeerKey,
  type Way,
} from '@skerry/mavlink-bridge/testing'
import type { Drone } from '../vehicle/drone.ts'
import type { Heard, Saying } from '../vehicle/mavlink.ts'
import { encodeSaying, heardOf } from '../vehicle/udp-drone.ts'

export interface SimVehicle {
  readonly systemId: number
  readonly drone: Drone
  /** What it says reaches nobody, and nothing reaches it. */
  silent: boolean
}
export interface SimLinkOptions {
  readonly clock: FakeClock
  readonly vehicles: readonly SimVehicle[]
  readonly losses: Losses
  /** Uniform numbers, 0 <= x < 1. */
  readonly random: () => number
  readonly tickMs: number
  readonly hear: (arrival: Arrival) => void
  /** Every datagram that the bridge puts on the wire, before the link loses it. */
  readonly onSent?: (systemId: number, bytes: Uint8Array) => void
  /** Which messages of a vehicle go out at all. */
  readonly lets?: (vehicle: SimVehicle, said: Saying) => boolean
}

export interface SimLink extends Link {
  peers(): PeerKey[]
  /** Another ground station speaks to a vehicle, on a link that loses nothing; the bridge overhears what it answers. */
  otherSays<N extends TypedName>(sys: number, systemId: number, name: N, fields: EncodeFields<N>): readonly Saying[]
  stop(): void
}

const peerOf = ({ systemId }: Pick<SimVehicle, 'systemId'>): PeerKey => `sim:${systemId}`

/** The bridge's link to simulated vehicles on a simulated clock: the real codec both ways, one radio each. */
export function simLink(o: SimLinkOptions): SimLink {
  const { clock, losses, random } = o
  const openedAtMs = clock.nowMs()
  const ends = new Map(
    o.vehicles.map((vehicle) => {
      const ways = { up: IDLE_WAY as Way, down: IDLE_WAY as Way }
      return [peerOf(vehicle), { vehicle, ways, sequences: new Map<number, () => number>() }]
    }),
  )
  type End = typeof ends extends Map<string, infer E> ? E : never

  function over(end: End, way: 'up' | 'down', bytes: Uint8Array, arrive: () => void): void {
    const [after, delaysMs] = carry(end.ways[way], losses, clock.nowMs() - openedAtMs, bytes.length, random)
    end.ways[way] = after
    for (const delayMs of delaysMs) clock.after(delayMs, arrive)
  }
  function say(end: End, says: readonly Saying[]): void {
    const { vehicle } = end
    for (const said of says) {
      if (vehicle.silent || o.lets?.(vehicle, said) === false) continue
      const bytes = encodeSaying(said, vehicle.systemId, end.sequences)
      over(end, 'down', bytes, () => {
        for (const frame of framesOfDatagram(bytes)) o.hear({ peer: peerOf(vehicle), frame, atMs: clock.nowMs() })
      })
    }
  }
  const stop = every(clock, o.tickMs, () => {
    for (const end of ends.values()) say(end, end.vehicle.drone.tick(clock.nowMs(), o.tickMs / 1000))
  })
  return {
    peers: () => [...ends.keys()],
    send(peer, bytes) {
      const end = ends.get(peer)
      if (end === undefined) return
      o.onSent?.(end.vehicle.systemId, bytes)
      over(end, 'up', bytes, () => {
        if (end.vehicle.silent) return
        for (const frame of framesOfDatagram(bytes)) say(end, end.vehicle.drone.hears(heardOf(frame), clock.nowMs()))
      })
    },
    lossShare: () => null,
    otherSays(sys, systemId, name, fields) {
      const end = ends.get(peerOf({ systemId }))
      if (end === undefined) return []
      const heard = { sys, comp: 190, message: { name, fields } } as unknown as Heard
      const says = end.vehicle.drone.hears(heard, clock.nowMs())
      say(end, says)
      return says
    },
    stop,
  }
}
