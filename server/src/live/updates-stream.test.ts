import type { Snapshot, Update } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createUpdatesStream, type UpdatesClient } from './updates-stream.ts'

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
const update = (seq: number): Update => ({ seq, atMs: seq, type: 'x', incidentId: null, changes: [] })

/** An events plane that takes entries in groups before it tells of them one by one. */
function fakeEngine(held: number) {
  const updates: Update[] = []
  const listeners = new Set<(update: Update) => void>()
  let told = 0
  return {
    snapshot: (): Snapshot => ({ seq: updates.length, atMs: 0, changes: [] }),
    updatesSince: (seq: number): Update[] | null =>
      seq < updates.length - held || seq > updates.length ? null : updates.slice(seq),
    onUpdate(listener: (update: Update) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    take: () => updates.push(update(updates.length + 1)),
    tellOne() {
      const next = updates[told]
      if (next === undefined) return
      told++
      for (const listener of listeners) listener(next)
    },
    size: () => updates.length,
  }
}

/** A console on a line that can be cut: it holds what reached it. */
function fakeClient() {
  const client = {
    held: null as number | null,
    seen: [] as number[],
    up: false,
    snapshot: ({ seq }: Snapshot) => {
      client.held = seq
      client.seen.push(
        ...Array.from({ length: seq - (client.seen.at(-1) ?? 0) }, (_, i) => (client.seen.at(-1) ?? 0) + 1 + i),
      )
    },
    updates: (came: Update[]) => {
      for (const { seq } of came) {
        client.held = seq
        client.seen.push(seq)
      }
    },
  }
  return client
}

describe('updates stream', () => {
  it('gives every client every number once and in order, wherever its line is cut', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed)
      const engine = fakeEngine(seed % 3 === 0 ? 5 : 1000)
      const following = new Set<UpdatesClient>()
      const stream = createUpdatesStream(
        engine,
        (updates) => {
          for (const client of following) client.updates(updates)
        },
        (client, on) => void (on ? following.add(client) : following.delete(client)),
      )
      const clients = Array.from({ length: 4 }, fakeClient)
      for (let step = 0; step < 400; step++) {
        const client = clients[Math.floor(random() * clients.length)]!
        const what = random()
        if (what < 0.3) engine.take()
        else if (what < 0.7) engine.tellOne()
        else if (client.up) {
          stream.leave(client)
          client.up = false
        } else {
          client.up = true
          stream.resume(client, client.held)
        }
      }
      for (const client of clients) {
        if (!client.up) stream.resume(client, client.held)
        client.up = true
      }
      for (let i = 0; i < 400; i++) engine.tellOne()
      for (const client of clients)
        expect([seed, client.seen]).toEqual([seed, Array.from({ length: engine.size() }, (_, i) => i + 1)])
    }
  })

  it('gives exactly what was missed, and a snapshot only where that is no longer held', () => {
    const engine = fakeEngine(3)
    for (let i = 0; i < 10; i++) engine.take()
    const stream = createUpdatesStream(
      engine,
      () => {},
      () => {},
    )
    const heard: string[] = []
    const client = {
      snapshot: ({ seq }: Snapshot) => void heard.push(`snapshot ${seq}`),
      updates: (came: Update[]) => void heard.push(came.map(({ seq }) => seq).join(' ')),
    }
    expect(stream.resume(client, 8)).toBe(10)
    expect(stream.resume(client, 10)).toBe(10)
    expect(stream.resume(client, 2)).toBe(10)
    expect(stream.resume(client, 99)).toBe(10)
    expect(stream.resume(client, null)).toBe(10)
    expect(heard).toEqual(['9 10', 'snapshot 10', 'snapshot 10', 'snapshot 10'])
  })
})
