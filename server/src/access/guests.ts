import { memberId, type MadeGuest, type NewGuest, type Seat } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { decideGuest, guestEntered } from '../domain/rooms/advisers.ts'
import type { Engine, Refusal, Result } from '../engine/engine.ts'
import type { GuestStore } from '../store/guests.ts'
import { hashSecret, newSecret } from './secrets.ts'

const KEPT_IN_MEMORY = 2000

/** Guests of rooms: a link is a token for one room, for a time. Whether it still opens is what the journal says of the member. */
export interface Guests {
  invite(incidentId: string, guest: NewGuest, by: Seat): Promise<Result<MadeGuest, Refusal>>
  /** The seat of a link that opens now, or null. */
  seatOf(token: string): Promise<Seat | null>
  /** The link was opened: in the journal the first time. */
  entered(seat: Seat): Promise<void>
  /** Forgets the tokens of guests that are gone. Gives its own undo. */
  watch(): () => void
}

export function createGuests(parts: {
  store: GuestStore
  engine: Pick<Engine, 'picture' | 'record' | 'onUpdate'>
  clock: Clock
  newId: () => string
  onFault: (error: unknown) => void
}): Guests {
  const { store, engine, clock, newId, onFault } = parts
  const known = new Map<string, { guestId: string; incidentId: string }>()
  const incidentOf = new Map<string, string>()

  async function load(tokenHash: string): Promise<{ guestId: string; incidentId: string } | null> {
    const held = known.get(tokenHash)
    if (held !== undefined) return held
    const stored = await store.findByToken(tokenHash)
    if (stored === null) return null
    if (known.size >= KEPT_IN_MEMORY) known.clear()
    known.set(tokenHash, stored)
    incidentOf.set(stored.guestId, stored.incidentId)
    return stored
  }

  return {
    async invite(incidentId, guest, by) {
      const id = newId()
      const token = newSecret()
      // Before the journal says that there is a guest: a link that nobody was given opens nothing.
      await store.create({ guestId: id, incidentId }, hashSecret(token), clock.nowMs())
      let refusal: Refusal | null = null
      await engine.record({ kind: 'seat', seat: by }, (picture) => {
        const decided = decideGuest(picture, incidentId, { ...guest, id }, { nowMs: clock.nowMs() })
        refusal = decided.ok ? null : decided.error
        return decided.ok ? decided.value : []
      })
      if (refusal !== null) {
        await store.remove(id)
        return { ok: false, error: refusal }
      }
      const key = `guest:${id}` as const
      const untilMs = engine.picture.member.get(memberId(incidentId, key))?.untilMs ?? clock.nowMs()
      return { ok: true, value: { key, token, untilMs } }
    },
    async seatOf(token) {
      const guest = await load(hashSecret(token))
      if (guest === null) return null
      const member = engine.picture.member.get(memberId(guest.incidentId, `guest:${guest.guestId}`))
      if (member === undefined || member.leftAtMs !== null) return null
      if (member.untilMs !== null && clock.nowMs() >= member.untilMs) return null
      return { id: guest.guestId, role: 'guest', name: member.name }
    },
    async entered(seat) {
      const incidentId = incidentOf.get(seat.id)
      if (incidentId === undefined || guestEntered(engine.picture, incidentId, seat).length === 0) return
      await engine.record({ kind: 'seat', seat }, (picture) => guestEntered(picture, incidentId, seat))
    },
    watch: () =>
      engine.onUpdate(({ changes }) => {
        for (const change of changes) {
          if (change.kind !== 'member') continue
          const [, guestId] = /\/guest:(.+)$/.exec(change.id) ?? []
          if (guestId === undefined || change.value?.leftAtMs === null) continue
          for (const [hash, guest] of known) if (guest.guestId === guestId) known.delete(hash)
          store.remove(guestId).catch(onFault)
        }
      }),
  }
}
