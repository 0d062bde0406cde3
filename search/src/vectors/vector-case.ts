import { expect } from 'vitest'
import type { TestVectors } from './test-vectors.ts'

/** One vector: what it says, and the test of it. */
export interface VectorCase {
  readonly says: string
  readonly test: () => void
}

/** How groups of `test_vectors.json` are checked: every case by itself, every number of it. */
export type VectorChecks<Groups extends keyof TestVectors> = {
  readonly [group in Groups]: (data: TestVectors[group]) => VectorCase[]
}

export const close = (value: number, expected: number, digits = 6): void => expect(value).toBeCloseTo(expected, digits)

export const all = (list: ArrayLike<number>, expected: readonly number[], digits = 5): void => {
  expect(list).toHaveLength(expected.length)
  expected.forEach((value, i) => close(list[i]!, value, digits))
}

export const each = <T>(list: readonly T[], says: (one: T) => string, test: (one: T) => void): VectorCase[] =>
  list.map((one) => ({ says: says(one), test: () => test(one) }))
