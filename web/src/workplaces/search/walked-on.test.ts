import type { Candidate } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { expect, it } from 'vitest'
import { walkedOn } from './walked-on.ts'

const { toLngLat } = localFrame([122.2, 30])
/** Seen from one second to another, so far north of one place. */
const candidate = (number: number, northM: number, [firstS, lastS]: readonly [number, number], state = 'open') =>
  ({
    id: `c${number}`,
    number,
    state,
    position: toLngLat([0, northM]),
    errorRadiusM: 8,
    firstSeenAtMs: firstS * 1000,
    lastSeenAtMs: lastS * 1000,
  }) as Candidate

it('names the earlier candidate that a later one may be, with the way and the time between them', () => {
  const found = walkedOn([candidate(4, 100, [160, 170]), candidate(3, 0, [0, 10])])
  expect([...found.keys()]).toEqual(['c4'])
  expect(found.get('c4')).toMatchObject({ number: 3, elapsedS: 150 })
  expect(found.get('c4')!.distanceM).toBeCloseTo(100, 0)
})

it('names of several the one that takes the slowest walk', () => {
  const found = walkedOn([candidate(1, 0, [0, 10]), candidate(2, 250, [20, 30]), candidate(3, 300, [400, 410])])
  expect(found.get('c3')).toMatchObject({ number: 2 })
})

it('names none that is too far to walk, nor one that was seen in its place again afterwards', () => {
  expect(walkedOn([candidate(1, 0, [0, 10]), candidate(2, 400, [100, 110])]).size).toBe(0)
  expect(walkedOn([candidate(1, 0, [0, 300]), candidate(2, 100, [160, 170])]).size).toBe(0)
})

it('takes a dismissed candidate for nobody, and a place where a team found nothing only for one that somebody left', () => {
  const pair = (first: string, second: string) =>
    walkedOn([candidate(1, 0, [0, 10], first), candidate(2, 100, [160, 170], second)]).size
  expect(pair('dismissed', 'open')).toBe(0)
  expect(pair('open', 'dismissed')).toBe(0)
  expect(pair('nothing-there', 'open')).toBe(1)
  expect(pair('open', 'nothing-there')).toBe(0)
})
