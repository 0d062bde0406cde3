import { describe, expect, it } from 'vitest'
import { createRandom } from '../testing/random.ts'
import { createSendQueue, type Letter, LONGEST_WAIT_MS } from './send-queue.ts'
import type { Urgency } from './urgency.ts'

const letter = (urgency: Urgency, share: number, item: string, bytes = 50): Letter<string> => ({
  urgency,
  share,
  bytes,
  item,
})

describe('a send queue', () => {
  it('lets everything out at once where the link has no budget', () => {
    const queue = createSendQueue<string>(null, 0)
    for (let i = 0; i < 100; i++) queue.put(letter('bulk', 1, `${i}`), 0)
    expect(queue.take(0)).toHaveLength(100)
    expect(queue.waitMs(0)).toBeNull()
  })

  it('sends no more than the budget over any ten seconds, beyond one burst', () => {
    const queue = createSendQueue<string>(1000, 0)
    let sent = 0
    for (let ms = 0; ms < 10_000; ms += 10) {
      for (let sys = 1; sys <= 3; sys++) queue.put(letter('bulk', sys, 'x'), ms)
      sent += queue.take(ms).length * 50
    }
    expect(sent).toBeLessThanOrEqual(10_000 + 600)
    expect(sent).toBeGreaterThan(9900)
  })

  it('lets safety out at once, commands before bulk, whatever waits', () => {
    const queue = createSendQueue<string>(1000, 0)
    for (let i = 0; i < 100; i++) queue.put(letter('bulk', 1, 'bulk'), 0)
    queue.take(0)
    queue.put(letter('command', 1, 'command'), 10)
    queue.put(letter('safety', 1, 'safety'), 10)
    expect(queue.take(10)).toEqual(['safety'])
    expect(queue.take(200)[0]).toBe('command')
  })

  it('gives each vehicle the same bytes, whatever the size of its frames', () => {
    const queue = createSendQueue<string>(2000, 0)
    const had = { long: 0, short: 0 }
    for (let ms = 0; ms < 20_000; ms += 20) {
      for (let i = 0; i < 4; i++) queue.put(letter('bulk', 1, 'long', 200), ms)
      for (let i = 0; i < 4; i++) queue.put(letter('bulk', 2, 'short', 40), ms)
      for (const item of queue.take(ms)) had[item as 'long' | 'short'] += item === 'long' ? 200 : 40
    }
    expect(had.long / had.short).toBeGreaterThan(0.9)
    expect(had.long / had.short).toBeLessThan(1.1)
  })

  it('delays a vehicle that begins to send by no more than the frames of one round', () => {
    const queue = createSendQueue<string>(1000, 0)
    for (let i = 0; i < 100; i++) queue.put(letter('bulk', 1, 'upload'), 0)
    for (let ms = 0; ms <= 2000; ms += 50) queue.take(ms)
    queue.put(letter('bulk', 2, 'question'), 2000)
    const sent: string[] = []
    for (let ms = 2000; !sent.includes('question') && ms < 4000; ms += 50) sent.push(...queue.take(ms))
    expect(sent.length).toBeLessThanOrEqual(2)
  })

  it('delivers nothing that has waited too long', () => {
    const queue = createSendQueue<string>(100, 0)
    for (let i = 0; i < 20; i++) queue.put(letter('bulk', 1, 'x'), 0)
    queue.take(0)
    queue.put(letter('command', 1, 'old'), 0)
    const later = LONGEST_WAIT_MS.bulk + 1
    expect(queue.take(later)).toEqual([])
    expect(queue.waiting).toBe(0)
    expect(queue.dropped).toBe(9)
  })

  it('holds a bounded number of frames and loses none without counting it, over 200 random runs', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed)
      const queue = createSendQueue<string>(500 + random.below(5000), 0)
      let [put, taken] = [0, 0]
      for (let ms = 0; ms < 3000; ms += 1 + random.below(40)) {
        const burst = random.below(60)
        for (let i = 0; i < burst; i++, put++) {
          const urgency = (['safety', 'command', 'bulk'] as const)[random.below(3)] ?? 'bulk'
          queue.put(letter(urgency, random.below(20), 'x', 20 + random.below(200)), ms)
        }
        taken += queue.take(ms).length
      }
      expect(queue.waiting).toBeLessThanOrEqual(2048)
      expect(taken + queue.waiting + queue.dropped).toBe(put)
    }
  })
})
