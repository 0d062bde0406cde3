import type { Snapshot, Update } from '@skerry/contract'
import { expect, it } from 'vitest'
import type { FeedFacts } from './feed-state.ts'
import { createLiveFeed, type FeedSinks, type FeedSocket, type LiveFeed } from './live-feed.ts'

type Listener = (...args: never[]) => void

function bench(): {
  feed: LiveFeed
  hear: (event: string, ...args: unknown[]) => void
  sent: { event: string; args: unknown[] }[]
  connects: () => number
  advance: (ms: number) => void
  applied: number[]
  snapshots: number[]
  facts: () => FeedFacts
  refusals: () => number
  left: string[]
} {
  const listeners = new Map<string, Listener>()
  const sent: { event: string; args: unknown[] }[] = []
  let connects = 0
  let nowMs = 0
  let refusals = 0
  let facts: FeedFacts | null = null
  const timers: { atMs: number; run: () => void; dead: boolean }[] = []
  const applied: number[] = []
  const snapshots: number[] = []
  const left: string[] = []
  const socket = {
    on: (event: string, listener: Listener) => void listeners.set(event, listener),
    emit: (event: string, ...args: unknown[]) => void sent.push({ event, args }),
    connect: () => void connects++,
    disconnect: () => undefined,
  } as unknown as FeedSocket
  const none = (): void => undefined
  const sinks: FeedSinks = {
    snapshot: (s) => void snapshots.push(s.seq),
    updates: (updates) => void applied.push(...updates.map((u) => u.seq)),
    motion: none,
    left: (topic) => void left.push(topic),
    drones: none,
    checkpoints: none,
    sailings: none,
    consignments: none,
    grid: none,
    readings: none,
    health: none,
    facts: (f) => (facts = f),
    serverClock: none,
    refused: () => void refusals++,
  }
  const feed = createLiveFeed(
    {
      socket,
      nowMs: () => nowMs,
      random: () => 0.5,
      after: (ms, run) => {
        const timer = { atMs: nowMs + ms, run, dead: false }
        timers.push(timer)
        return () => {
          timer.dead = true
        }
      },
    },
    sinks,
  )
  return {
    feed,
    sent,
    applied,
    snapshots,
    left,
    connects: () => connects,
    refusals: () => refusals,
    facts: () => facts!,
    hear: (event, ...args) => listeners.get(event)?.(...(args as never[])),
    advance(ms) {
      nowMs += ms
      for (const timer of timers.filter((t) => !t.dead && t.atMs <= nowMs)) {
        timer.dead = true
        timer.run()
      }
    },
  }
}
const update = (seq: number): Update => ({ seq, atMs: 0, type: 'incident.noted', incidentId: null, changes: [] })
const snapshot = (seq: number): Snapshot => ({ seq, atMs: 0, changes: [] })
const pulse = (seq: number) => ({ atMs: 0, seq, run: 'run-1' })
const resumes = (sent: { event: string; args: unknown[] }[]): unknown[] =>
  sent.filter((s) => s.event === 'resume').map((s) => s.args[0])

function resumed(): ReturnType<typeof bench> {
  const b = bench()
  b.feed.start()
  b.hear('connect')
  b.hear('snapshot', snapshot(10))
  ;(b.sent[0]!.args[1] as (answer: { run: string; seq: number }) => void)({ run: 'run-1', seq: 10 })
  b.hear('pulse', pulse(10))
  return b
}

it('asks for the whole picture first and for what it missed after a cut', () => {
  const b = resumed()
  b.hear('updates', [update(11)])
  b.hear('disconnect')
  b.advance(1000)
  expect(b.connects()).toBe(2)
  b.hear('connect')
  expect(resumes(b.sent)).toEqual([
    { lastSeq: null, run: null },
    { lastSeq: 11, run: 'run-1' },
  ])
})
it('loses nothing and applies nothing twice over a gap and its repair', () => {
  const b = resumed()
  b.hear('updates', [update(11), update(13)])
  expect(b.applied).toEqual([11])
  expect(resumes(b.sent).at(-1)).toEqual({ lastSeq: 11, run: 'run-1' })
  b.hear('updates', [update(12), update(13), update(14)])
  b.hear('updates', [update(14), update(15)])
  expect(b.applied).toEqual([11, 12, 13, 14, 15])
})
it('asks once for a gap, not once for every update behind it', () => {
  const b = resumed()
  b.hear('updates', [update(13)])
  b.hear('updates', [update(14)])
  expect(resumes(b.sent)).toHaveLength(2)
})
it('cuts and makes again a connection that is open but silent', () => {
  const b = resumed()
  b.advance(5000)
  expect(b.facts().connected).toBe(false)
  b.advance(1000)
  expect(b.connects()).toBe(2)
})
it('joins what is wanted, leaves what is not, and joins again after a cut', () => {
  const b = resumed()
  b.feed.want('map', ['motion/unit/8/214/105', 'drones'])
  b.feed.want('map', ['drones'])
  const asked = b.sent.filter((s) => s.event !== 'resume').map((s) => [s.event, s.args[0]])
  expect(asked).toEqual([
    ['join', ['motion/unit/8/214/105', 'drones']],
    ['leave', ['motion/unit/8/214/105']],
  ])
  b.hear('disconnect')
  b.hear('connect')
  expect(b.sent.at(-1)).toMatchObject({ event: 'join', args: [['drones'], expect.anything()] })
})
it('does not believe that it has joined what was refused: it forgets its things and asks again', () => {
  const b = resumed()
  const topics = ['motion/unit/8/214/105', 'motion/unit/8/215/105'] as const
  b.feed.want('map', topics)
  b.hear('disconnect')
  b.hear('connect')
  const [, answer] = b.sent.at(-1)!.args as [unknown, (answer: { joined: string[]; refused: string[] }) => void]
  answer({ joined: [topics[0]], refused: [topics[1]] })
  expect(b.left).toEqual([topics[1]])
  b.feed.again(topics)
  expect(b.sent.at(-1)!.args[0]).toEqual([topics[0]])
  b.feed.want('list', ['drones'])
  expect(b.sent.at(-1)!.args[0]).toEqual([topics[1], 'drones'])
})
it('keeps a topic that one of two parts still wants', () => {
  const b = resumed()
  b.feed.want('map', ['drones'])
  b.feed.want('list', ['drones'])
  b.feed.want('map', [])
  expect(b.sent.some((s) => s.event === 'leave')).toBe(false)
})
it('keeps trying, ever slower, and tells of a refused session', () => {
  const b = resumed()
  b.hear('disconnect')
  for (let i = 0; i < 6; i++) {
    b.advance(10_000)
    b.hear('connect_error', new Error('websocket error'))
  }
  expect(b.connects()).toBe(7)
  expect(b.refusals()).toBe(0)
  b.hear('connect_error', Object.assign(new Error('unauthorised'), { data: { code: 'no-session' } }))
  expect(b.refusals()).toBe(1)
})
it('stops trying when told to stop', () => {
  const b = resumed()
  b.feed.stop()
  b.advance(60_000)
  expect(b.connects()).toBe(1)
  expect(b.facts().lastPulseAtMs).toBeNull()
})
it('forgets the things of a topic that is no longer wanted, also when that happens while the line is down', () => {
  const b = resumed()
  b.feed.want('map', ['motion/unit/8/214/105', 'motion/unit/8/215/105'])
  b.feed.want('map', ['motion/unit/8/215/105'])
  expect(b.left).toEqual(['motion/unit/8/214/105'])
  b.hear('disconnect')
  b.feed.want('map', ['motion/unit/8/216/105'])
  expect(b.left).toEqual(['motion/unit/8/214/105', 'motion/unit/8/215/105'])
  b.feed.stop()
  expect(b.left).toHaveLength(2)
})
it('asks again for a topic that misses something, as long as it is joined', () => {
  const b = resumed()
  b.feed.want('map', ['motion/unit/8/214/105'])
  const joins = () => b.sent.filter(({ event }) => event === 'join').map(({ args }) => args[0])
  b.feed.again(['motion/unit/8/214/105', 'motion/unit/8/1/1'])
  expect(joins()).toEqual([['motion/unit/8/214/105'], ['motion/unit/8/214/105']])
  b.hear('disconnect')
  b.feed.again(['motion/unit/8/214/105'])
  expect(joins()).toHaveLength(2)
})
