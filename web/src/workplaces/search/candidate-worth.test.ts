import type { Candidate, GridFrame } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { expect, it } from 'vitest'
import { candidateWorths } from './candidate-worth.ts'

const ORIGIN: [number, number] = [122.2, 30]
const frame = (): GridFrame => ({
  shape: { rows: 40, cols: 40, cellM: 50, origin: ORIGIN },
  revision: 1,
  restOfWorld: 0.2,
  pos: 0,
  poa: new Float32Array(1600).fill(0.8 / 1600),
  pod: new Uint8Array(1600),
})
const candidate = (id: string, likelihoodRatio: number, state: Candidate['state'] = 'open') =>
  ({ id, state, position: localFrame(ORIGIN).toLngLat([1000, 1000]), errorRadiusM: 12, likelihoodRatio }) as Candidate

it('another look pays for what is likely the person, and not for what is likely a roof', () => {
  const worths = candidateWorths(frame(), { nextHourPos: 0.3 }, [candidate('a', 200)], () => null)
  const weak = candidateWorths(frame(), { nextHourPos: 0.3 }, [candidate('a', 0.01)], () => null)
  expect(worths.get('a')!.probability).toBeGreaterThan(0.5)
  expect(worths.get('a')!.worthIt).toBe(true)
  expect(weak.get('a')!.worthIt).toBe(false)
  expect(weak.get('a')!.givenUp).toBeCloseTo((0.3 / 3600) * weak.get('a')!.timeS, 10)
})
it('candidates compete: only one of them can be the person', () => {
  const all = candidateWorths(frame(), { nextHourPos: 0.1 }, [candidate('a', 50), candidate('b', 50)], () => null)
  expect(all.get('a')!.probability + all.get('b')!.probability).toBeLessThan(1)
})
it('takes few other warm things for given where much was swept and nothing dismissed, and says how many', () => {
  const swept = { ...frame(), pod: new Uint8Array(1600).fill(80) }
  const before = candidateWorths(frame(), { nextHourPos: 0.1 }, [candidate('a', 1)], () => null).get('a')!
  const clean = candidateWorths(swept, { nextHourPos: 0.1 }, [candidate('a', 1)], () => null).get('a')!
  const dismissed = Array.from({ length: 40 }, (_, i) => candidate(`d${i}`, 1, 'dismissed'))
  const noisy = candidateWorths(swept, { nextHourPos: 0.1 }, [candidate('a', 1), ...dismissed], () => null).get('a')!
  expect(before.clutterPerKm2).toBe(5)
  expect(clean.clutterPerKm2).toBeLessThan(1)
  expect(noisy.clutterPerKm2).toBeGreaterThan(5)
  expect(clean.probability).toBeGreaterThan(before.probability)
  expect(noisy.probability).toBeLessThan(before.probability)
})
it('says nothing without a plan to compare with, and nothing of what is dismissed', () => {
  expect(candidateWorths(frame(), { nextHourPos: null }, [candidate('a', 50)], () => null).size).toBe(0)
  expect(candidateWorths(frame(), { nextHourPos: 0.1 }, [candidate('a', 50, 'dismissed')], () => null).size).toBe(0)
})
