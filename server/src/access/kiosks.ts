import type { DomainEvent, MadeKiosk, NewKiosk, Seat } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Engine } from '../engine/engine.ts'
import type { Kiosk, KioskStore } from '../store/kiosks.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** How long a browser keeps a kiosk's cookie: as long as browsers keep any. Until when it opens is the store's to say. */
export const KIOSK_COOKIE_S = 400 * 24 * 3600

/**
 * Walls that look and can do nothing else: one token each, in the link that the wall is started with. It has no end of its
 * own, since a wall runs for months with nobody before it; removing the kiosk ends it at once.
 */
export interface Kiosks {
  list(): Promise<Kiosk[]>
  /** The seat of a kiosk's token, or null. */
  seatOf(token: string): Promise<Seat | null>
  /** Null when there is a kiosk of that id. The token is in this answer and nowhere else. */
  create(given: NewKiosk, by: Seat): Promise<MadeKiosk | null>
  /** False when there is none of that id. */
  remove(id: string, by: Seat): Promise<boolean>
  /** Called with the seat of a kiosk that was removed. Returns its own undo. */
  onRemoved(listener: (seatId: string) => void): () => void
}

const seatIdOf = (id: string): string => `kiosk-${id}`

export function createKiosks(parts: { store: KioskStore; engine: Pick<Engine, 'record'>; clock: Clock }): Kiosks {
  const { store, engine, clock } = parts
  const listeners = new Set<(seatId: string) => void>()
  const record = (by: Seat, event: DomainEvent) => engine.record({ kind: 'seat', seat: by }, () => [event])
  return {
    list: () => store.list(),
    // Asked of the store each time: a wall asks little, and what another node removed must not live on in memory.
    async seatOf(token) {
      const kiosk = await store.findByToken(hashSecret(token))
      return kiosk === null ? null : { id: seatIdOf(kiosk.id), role: 'wall', name: kiosk.id }
    },
    async create({ id }, by) {
      const token = newSecret()
      const kiosk = { id, createdAtMs: clock.nowMs() }
      if (!(await store.create(kiosk, hashSecret(token)))) return null
      await record(by, { type: 'kiosk.created', kiosk: id })
      return { kiosk, token }
    },
    async remove(id, by) {
      const removed = await store.remove(id)
      if (!removed) return false
      for (const listener of listeners) listener(seatIdOf(id))
      await record(by, { type: 'kiosk.removed', kiosk: id })
      return true
    },
    onRemoved(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
