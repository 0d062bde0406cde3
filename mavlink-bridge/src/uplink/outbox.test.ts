import { describe, expect, it } from 'vitest'
import { absencesOf, holderGone, operatorAlive } from './deadman.ts'
import { createLeases } from './leases.ts'
import { createOutbox } from './outbox.ts'

describe('an outbox', () => {
  it('gives what waits in order and keeps it until it is delivered', () => {
    const box = createOutbox<number>({ maxItems: 10, maxAgeMs: 1000 })
    for (const n of [1, 2, 3]) box.put(n, 0)
    expect(box.next(2, 0)).toEqual([1, 2])
    expect(box.next(2, 0)).toEqual([1, 2])
    box.delivered(2)
    expect(box.next(2, 0)).toEqual([3])
  })
  it('lets the oldest go when it is full or they are too old, and counts them', () => {
    const box = createOutbox<number>({ maxItems: 3, maxAgeMs: 1000 })
    for (const n of [1, 2, 3, 4]) box.put(n, n * 100)
    expect(box.next(9, 400)).toEqual([2, 3, 4])
    expect(box.next(9, 1250)).toEqual([3, 4])
    expect(box.dropped).toBe(2)
  })
  it('holds no more than its bound over a long time without a receiver', () => {
    const box = createOutbox<number>({ maxItems: 100, maxAgeMs: 1e9 })
    for (let n = 0; n < 50_000; n++) box.put(n, n)
    expect(box.size).toBe(100)
    expect(box.next(1, 0)).toEqual([49_900])
  })
})

describe('leases', () => {
  it('allow nothing before the server has said so', () => {
    expect(createLeases().allows('main-1', '')).toBe(false)
  })
  it('allow the token that was told last, for that drone alone', () => {
    const leases = createLeases()
    leases.apply({ droneId: 'main-1', token: 'abc', holder: 'Li' })
    expect([leases.allows('main-1', 'abc'), leases.allows('main-2', 'abc'), leases.allows('main-1', 'abd')]).toEqual([
      true,
      false,
      false,
    ])
    leases.apply({ droneId: 'main-1', token: 'new', holder: 'Wang' })
    expect(leases.allows('main-1', 'abc')).toBe(false)
    leases.apply({ droneId: 'main-1', token: null, holder: null })
    expect(leases.allows('main-1', 'new')).toBe(false)
  })
  it('are worth nothing after another vehicle took the name, until there is a new token', () => {
    const leases = createLeases()
    const notice = { droneId: 'main-1', token: 'abc', holder: 'Li' }
    leases.apply(notice)
    leases.fence('main-1')
    expect(leases.allows('main-1', 'abc')).toBe(false)
    leases.replace([notice])
    expect(leases.allows('main-1', 'abc')).toBe(false)
    leases.apply({ ...notice, token: 'new' })
    expect(leases.allows('main-1', 'new')).toBe(true)
  })
  it('are replaced as a whole when the server returns', () => {
    const leases = createLeases()
    leases.apply({ droneId: 'main-1', token: 'abc', holder: 'Li' })
    leases.replace([{ droneId: 'main-2', token: 'xyz', holder: 'Li' }])
    expect([leases.allows('main-1', 'abc'), leases.allows('main-2', 'xyz')]).toEqual([false, true])
  })
})

it('takes the operator side for dead only after the policy', () => {
  const deadman = { lastAliveAtMs: 0, policyMs: 15_000 }
  expect([operatorAlive(deadman, 15_000), operatorAlive(deadman, 15_001)]).toEqual([true, false])
})

it('takes nobody for alive before the server was met', () => {
  expect(operatorAlive({ lastAliveAtMs: null, policyMs: 15_000 }, 0)).toBe(false)
})

it('takes a holder for gone only after the policy, counted on between two words of the server', () => {
  const absences = absencesOf([{ droneId: 'main-1', forMs: 100_000 }], 1_000_000)
  const gone = (nowMs: number, id = 'main-1') => holderGone(absences, id, 120_000, nowMs)
  expect([gone(1_000_000), gone(1_020_000), gone(1_020_001), gone(1_020_001, 'main-2')]).toEqual([
    false,
    false,
    true,
    false,
  ])
})
