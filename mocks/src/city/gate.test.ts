import { CheckpointCounts, CheckpointDeclarations } from '@skerry/contract'
import { isLand } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import { describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { seeded } from '../base/rand.ts'
import { createSimClock } from '../base/sim-clock.ts'
import { createFerryFeed } from './ferry-feed.ts'
import { type Counts, EMPTY_GATE, gateMinute, minuteOfDay, sails } from './gate.ts'
import type { Letter, Outbox } from './outbox.ts'
import { TERMINALS } from './terminals.ts'

const sanjiang = TERMINALS.find((t) => t.declaration.id === 'sanjiang')!

function day(seed: number): { minute: number; counts: Counts }[] {
  const rand = seeded(seed)
  let gate = EMPTY_GATE
  return Array.from({ length: 24 * 60 }, (_, minute) => {
    const step = gateMinute(gate, sanjiang, minute, rand)
    gate = step.gate
    return { minute, counts: step.counts }
  })
}
const sum = (values: readonly number[]): number => values.reduce((s, v) => s + v, 0)

describe('a day at a terminal', () => {
  it('boards people only when a boat sails, and never more than it holds', () => {
    for (const { minute, counts } of day(1)) {
      if (!sails(sanjiang, minute)) expect(counts.outPersons).toBe(0)
      expect(counts.outPersons!).toBeLessThanOrEqual(sanjiang.seats)
    }
  })

  it('has its peak in the morning and is empty at night', () => {
    const out = (from: number, to: number): number =>
      sum(
        day(2)
          .filter((m) => m.minute >= from * 60 && m.minute < to * 60)
          .map((m) => m.counts.outPersons!),
      )
    expect(out(8, 10)).toBeGreaterThan(out(13, 15))
    expect(out(0, 5)).toBe(0)
  })

  it('loses nobody: who came has boarded or still waits', () => {
    const rand = seeded(3)
    let gate = EMPTY_GATE
    let boarded = 0
    for (let minute = 300; minute < 900; minute++) {
      const before = gate.queuePersons
      const step = gateMinute(gate, sanjiang, minute, rand)
      gate = step.gate
      boarded += step.counts.outPersons!
      expect(gate.queuePersons).toBeGreaterThanOrEqual(before - step.counts.outPersons!)
    }
    expect(boarded).toBeGreaterThan(1000)
  })

  it('does not know the queue where the gate cannot see it', () => {
    const blind = TERMINALS.find((t) => !t.knowsQueue)!
    expect(gateMinute(EMPTY_GATE, blind, 480, seeded(1)).counts.queuePersons).toBe(null)
  })

  it('runs by the clock of Shanghai', () => {
    expect(minuteOfDay(Date.UTC(2026, 10, 22, 0, 30))).toBe(8 * 60 + 30)
    expect(minuteOfDay(Date.UTC(2026, 10, 22, 17, 5))).toBe(65)
  })
})

describe('the terminals behind the intake', () => {
  it('tell the past hour once, then a count a minute, never from the future however fast the world runs', () => {
    const letters: Letter[] = []
    const outbox: Outbox = {
      post: (l) => void letters.push(l),
      waiting: 0,
      dropped: 0,
      away: false,
      close: () => undefined,
    }
    let nowMs = Date.UTC(2026, 10, 22, 1, 0, 30)
    const feed = createFerryFeed({ seed: 1, outbox, clock: () => nowMs, sim: createSimClock(nowMs, 10) })
    feed.declare()
    feed.declare()
    expect(CheckpointDeclarations.parse(letters[0]!.body).checkpoints).toHaveLength(TERMINALS.length)
    const past = CheckpointCounts.parse(letters[1]!.body).counts
    expect(past).toHaveLength(60 * TERMINALS.length)
    expect(letters).toHaveLength(3)
    letters.splice(0)
    for (let i = 0; i < 60; i++) {
      nowMs += 1000
      feed.tick()
    }
    expect(letters.length).toBeGreaterThanOrEqual(9)
    for (const letter of letters)
      for (const count of CheckpointCounts.parse(letter.body).counts) expect(count.minuteMs).toBeLessThan(nowMs)
  })

  it('stand on the shore of the map', async () => {
    const land = await loadLand()
    for (const { declaration } of TERMINALS) {
      const around = Array.from({ length: 36 }, (_, i) => {
        const angle = (i * Math.PI) / 18
        return isLand(land, moved(declaration.position, Math.sin(angle) * 250, Math.cos(angle) * 250))
      })
      expect(new Set(around).size, declaration.id).toBe(2)
    }
  })
})
