import type { Actor, DomainEvent } from '@skerry/contract'
import { createAccounts } from './access/accounts.ts'
import { createAttemptLimit } from './access/attempt-limit.ts'
import { createGuests } from './access/guests.ts'
import { createKiosks } from './access/kiosks.ts'
import { createSessions } from './access/sessions.ts'
import { signedOut } from './domain/rooms/keep.ts'
import type { Engine } from './engine/engine.ts'
import type { Scheduler } from './engine/scheduler.ts'
import type { Picture } from './picture/picture.ts'
import type { Store } from './store/open-store.ts'

const ACCESS: Actor = { kind: 'system', part: 'access' }
/** The last workplace of an account was left: so are the rooms that it came into by what it did. */
const leftDesk = (picture: Picture, account: string): DomainEvent[] => [
  { type: 'seat.signed-out', account },
  ...signedOut(picture, account),
]

/** Who may come in: people, walls and guests. */
export function startAccess(parts: {
  store: Pick<Store, 'accounts' | 'sessions' | 'kiosks' | 'guests'>
  engine: Engine
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}) {
  const { store, engine, clock, newId, onFault } = parts
  const sessions = createSessions(store.sessions, clock, newId)
  const accounts = createAccounts({
    store: store.accounts,
    sessions,
    engine,
    clock,
    limit: {
      account: createAttemptLimit({ tries: 5, windowMs: 60_000 }, clock),
      address: createAttemptLimit({ tries: 30, windowMs: 60_000 }, clock),
    },
  })
  const kiosks = createKiosks({ store: store.kiosks, engine, clock })
  const guests = createGuests({ store: store.guests, engine, clock, newId, onFault })
  return {
    sessions,
    accounts,
    kiosks,
    guests,
    /** One cookie, two doors: a person's session, or a wall. */
    seats: {
      seatOf: async (token: string) => (await sessions.seatOf(token)) ?? kiosks.seatOf(token),
      onRevoked(listener: (seatId: string) => void) {
        const undo = [sessions.onRevoked(listener), kiosks.onRemoved(listener)]
        return () => undo.forEach((each) => each())
      },
    },
    /** Ends guests in time, and clears the desk of an account that has left its last workplace. */
    watch(): () => void {
      const stopGuests = guests.watch()
      const stopSignOuts = sessions.onRevoked((_seatId, account) => {
        void sessions
          .isIn(account)
          .then((still) => (still ? null : engine.record(ACCESS, (picture) => leftDesk(picture, account))))
          .catch(onFault)
      })
      return () => {
        stopSignOuts()
        stopGuests()
      }
    },
  }
}
