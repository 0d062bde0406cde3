import type { Seat, Snapshot, Update } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import { goodsOfRooms, readableRooms, shownTo, touchesRooms, updateFor } from './scope.ts'
import type { UpdatesClient } from './updates-stream.ts'

/** A client that is shown its own part of the picture. */
export interface ScopedClient extends UpdatesClient {
  /** The same update as told to everybody; where it changes what this seat may see, the whole is sent again. */
  told(update: Update): void
}

/**
 * @param again starts the client from a snapshot: its rooms are others now, or something has left them
 */
export function createScopedClient(parts: {
  seat: Seat
  picture: Picture
  emit: { snapshot: (snapshot: Snapshot) => void; updates: (updates: Update[]) => void }
  again: (client: ScopedClient) => void
}): ScopedClient {
  const { seat, picture, emit, again } = parts
  let rooms = readableRooms(picture, seat)
  let goods = goodsOfRooms(picture, seat, rooms)
  /** True where a consignment that it was told of has gone, or is an affair of another room: to say so would name it. */
  const left = (updates: readonly Update[]): boolean => {
    if (!updates.some(({ changes }) => changes.some(({ kind }) => kind === 'consignment'))) return false
    const before = goods
    goods = goodsOfRooms(picture, seat, rooms)
    return [...before].some((id) => !goods.has(id))
  }
  /** True where its rooms have changed since it was last sent the whole. */
  const moved = (updates: readonly Update[]): boolean => {
    if (!updates.some(({ changes }) => touchesRooms(changes))) return false
    const now = readableRooms(picture, seat)
    return now.size !== rooms.size || [...now].some((id) => !rooms.has(id))
  }
  const client: ScopedClient = {
    snapshot(snapshot) {
      rooms = readableRooms(picture, seat)
      goods = goodsOfRooms(picture, seat, rooms)
      emit.snapshot({ ...snapshot, changes: shownTo(seat, rooms, snapshot.changes) })
    },
    updates(updates) {
      if (moved(updates) || left(updates)) again(client)
      else emit.updates(updates.map((update) => updateFor(seat, rooms, update)))
    },
    told(update) {
      client.updates([update])
    },
  }
  return client
}
