import { isLand } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import { IncidentReport } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { distanceM } from '../base/flat.ts'
import { createSimClock } from '../base/sim-clock.ts'
import { createIncidentFeed } from './incident-feed.ts'
import { HOT } from './incident-places.ts'
import type { Letter, Outbox } from './outbox.ts'

const land = await loadLand()
function rig(speed = 1) {
  const letters: Letter[] = []
  const outbox: Outbox = {
    post: (l) => void letters.push(l),
    waiting: 0,
    dropped: 0,
    away: false,
    close: () => undefined,
  }
  const clock = { nowMs: Date.UTC(2026, 10, 22, 2) }
  const call = { lastSeen: [122.39, 29.89] as [number, number], afterS: 20 }
  const sim = createSimClock(clock.nowMs, speed)
  const feed = createIncidentFeed({ land, seed: 1, outbox, clock: () => clock.nowMs, sim, past: 150, call })
  return { letters, clock, feed, reports: () => letters.map((l) => IncidentReport.parse(l.body)) }
}

describe('the incidents of the city', () => {
  it('come with three days of past, told once, in clusters that stand out, land on land', () => {
    const r = rig()
    r.feed.declare()
    r.feed.declare()
    const past = r.reports()
    expect(past).toHaveLength(150)
    expect(new Set(past.map((p) => p.externalId)).size).toBe(150)
    for (const p of past) {
      expect(p.occurredAtMs).toBeLessThanOrEqual(r.clock.nowMs)
      expect(p.occurredAtMs).toBeGreaterThan(r.clock.nowMs - 3 * 86_400_000)
      if (p.category !== 'vessel-distress') expect(isLand(land, p.position)).toBe(true)
    }
    for (const p of past) {
      const old = r.clock.nowMs - p.occurredAtMs > 75 * 60_000
      if (old) expect(p.closed, p.externalId).toBeDefined()
      if (p.closed !== undefined) expect(p.closed.atMs).toBeLessThan(r.clock.nowMs)
    }
    const near = past.filter((p) => distanceM(p.position, HOT[0]!.at) < 500)
    expect(near.length).toBeGreaterThan(15)
  })

  it('bring the call about the missing person after the time that was asked for, once, with nobody named', () => {
    const r = rig()
    for (let s = 0; s < 60; s++) {
      r.clock.nowMs += 1000
      r.feed.tick()
      const calls = r.reports().filter((p) => p.externalId.startsWith('call-'))
      expect(calls).toHaveLength(s + 1 < 20 ? 0 : 1)
    }
    const call = r.reports().find((p) => p.externalId === 'call-1')!
    expect(call).toMatchObject({ category: 'other', priority: 'critical', position: [122.39, 29.89] })
    expect(call.text).not.toMatch(/\d{5,}/)
  })

  it('come every five minutes of the world on average, whatever its speed', () => {
    const r = rig(10)
    for (let s = 0; s < 3600; s++) {
      r.clock.nowMs += 1000
      r.feed.tick()
    }
    const live = r.reports().filter((p) => p.externalId.startsWith('live-')).length
    expect(live).toBeGreaterThan(90)
    expect(live).toBeLessThan(150)
  })
})
