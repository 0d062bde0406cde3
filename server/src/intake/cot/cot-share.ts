import type { Unit, UnitKind } from '@skerry/contract'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { MotionStore } from '../../motion/motion-store.ts'
import type { PeerOut } from '../feeds/session.ts'
import { writeCotXml, writeTakMessage, type OutEvent } from './write-event.ts'

const EVERY_MS = 2000
/** A unit that has not moved is told again so often; receivers drop what is stale. */
const STALE_MS = 90_000
/** A peer that does not read gets no more until it has: newest wins. */
const MOST_WAITING = 1_000_000

/** CoT types of our units, all friendly. */
const TYPES: Record<UnitKind, string> = {
  car: 'a-f-G-E-V-C',
  motorbike: 'a-f-G-E-V-C',
  foot: 'a-f-G-U-C',
  'ground-team': 'a-f-G-U-C-I',
  boat: 'a-f-S-X',
}

export interface CotPeer {
  /** From now on TAK messages and no XML. */
  useTakProtocol(): void
  leave(): void
}
/** Tells peers where our units on duty are: all of them at once, then those that have a new position. */
export interface CotShare {
  join(out: PeerOut): CotPeer
  stop(): void
}

export function createCotShare(parts: {
  units: () => Iterable<Unit>
  motion: Pick<MotionStore, 'find'>
  clock: Scheduler
}): CotShare {
  const { units, motion, clock } = parts
  const peers = new Set<{ out: PeerOut; tak: boolean; whole: boolean }>()
  const told = new Map<string, number>()

  function* events(): Generator<{ event: OutEvent; fresh: boolean }> {
    for (const unit of units()) {
      const mover = unit.onDuty ? motion.find('unit', unit.handle) : null
      if (mover === null) continue
      const { lngLat, headingDeg: courseDeg, speedMps, fixAtMs: atMs } = mover
      const fresh = told.get(unit.id) !== atMs
      told.set(unit.id, atMs)
      const uid = `skerry-unit-${unit.id}`
      const place = { lngLat, courseDeg, speedMps, accuracyM: null }
      yield {
        fresh,
        event: { uid, type: TYPES[unit.kind], atMs, staleMs: atMs + STALE_MS, callSign: unit.callSign, ...place },
      }
    }
  }

  function tick(): void {
    disarm = clock.after(EVERY_MS, tick)
    if (peers.size === 0) return
    const all = [...events()]
    const xml = once(() => all.map(({ event }) => Buffer.from(writeCotXml(event))))
    const tak = once(() => all.map(({ event }) => writeTakMessage(event)))
    for (const peer of peers) {
      if (peer.out.waitingBytes() > MOST_WAITING) continue
      const messages = peer.tak ? tak() : xml()
      const chosen = messages.filter((_, i) => peer.whole || all[i]!.fresh)
      peer.whole = false
      if (chosen.length > 0) peer.out.write(Buffer.concat(chosen))
    }
  }
  let disarm = clock.after(EVERY_MS, tick)

  return {
    join(out) {
      const peer = { out, tak: false, whole: true }
      peers.add(peer)
      return {
        useTakProtocol: () => void (peer.tak = true),
        leave: () => void peers.delete(peer),
      }
    },
    stop: () => disarm(),
  }
}

/** Made when first asked for: each message is encoded once a tick and form, however many peers there are. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
