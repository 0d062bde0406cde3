import type { Snapshot, Update } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'

/** One client of the events plane. */
export interface UpdatesClient {
  snapshot(snapshot: Snapshot): void
  updates(updates: Update[]): void
}

/** Sends each client every update after the number it holds: in order, none lost, none twice. */
export interface UpdatesStream {
  /** Starts, or starts again from `lastSeq` (null: from a snapshot). Returns the number the client holds now. */
  resume(client: UpdatesClient, lastSeq: number | null): number
  leave(client: UpdatesClient): void
  /** Number of the newest update that clients were told of. */
  newestSeq(): number
  stop(): void
}

/**
 * @param broadcast sends to every client that has resumed and is up to date, encoded once
 * @param follow says whether a client is among those that `broadcast` reaches
 */
export function createUpdatesStream(
  engine: Pick<Engine, 'snapshot' | 'updatesSince'> & { onUpdate(listener: (update: Update) => void): () => void },
  broadcast: (updates: Update[]) => void,
  follow: (client: UpdatesClient, on: boolean) => void,
): UpdatesStream {
  /** Clients that hold more than was broadcast so far: they get their own share until the broadcast has caught up. */
  const ahead = new Map<UpdatesClient, number>()
  let toldSeq = engine.snapshot().seq

  const undo = engine.onUpdate((update) => {
    toldSeq = update.seq
    broadcast([update])
    for (const [client, heldSeq] of ahead) {
      if (update.seq < heldSeq) continue
      if (update.seq > heldSeq) client.updates([update])
      ahead.delete(client)
      follow(client, true)
    }
  })

  return {
    resume(client, lastSeq) {
      follow(client, false)
      ahead.delete(client)
      const missed = lastSeq === null ? null : engine.updatesSince(lastSeq)
      let heldSeq: number
      if (missed === null || lastSeq === null) {
        const snapshot = engine.snapshot()
        heldSeq = snapshot.seq
        client.snapshot(snapshot)
      } else {
        heldSeq = missed.at(-1)?.seq ?? lastSeq
        if (missed.length > 0) client.updates(missed)
      }
      // The picture may be ahead of what listeners were told: entries are taken in groups and told one by one.
      if (heldSeq > toldSeq) ahead.set(client, heldSeq)
      else follow(client, true)
      return heldSeq
    },
    leave(client) {
      ahead.delete(client)
      follow(client, false)
    },
    newestSeq: () => toldSeq,
    stop: undo,
  }
}
