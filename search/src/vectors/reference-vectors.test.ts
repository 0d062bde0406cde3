import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { NO_LEEWAY_DATA } from '../drift/leeway-vectors.ts'
import { NO_VECTORS } from './test-vectors.ts'
import { DRIFT_VECTORS } from './drift-vectors.ts'
import { FLIGHT_VECTORS } from './flight-vectors.ts'
import { LEEWAY_CHECKS } from './leeway-vectors.ts'
import { LOST_PERSON_VECTORS } from './lost-person-vectors.ts'
import { SEARCH_THEORY_VECTORS } from './search-theory-vectors.ts'

/** One value of the data files, of any shape: the rule below must not trust a type that we wrote ourselves. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const read = (name: string): Record<string, Json> | null => {
  const file = fileURLToPath(new URL(`../../../../shared/data/search/${name}`, import.meta.url))
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Json>) : null
}
/** Texts that explain a group and hold no value. */
const REMARKS = new Set(['note', 'method', 'formula', 'how', 'polygon', 'lens'])

/** The same data, and the paths of all values that were never looked at. */
function watched<T extends Json>(data: T): { data: T; unread: () => string[] } {
  const left = new Set<string>()
  const watch = (value: Json, path: string): Json => {
    if (value === null || typeof value !== 'object') return value
    for (const [key, child] of Object.entries(value)) {
      if ((child === null || typeof child !== 'object') && !REMARKS.has(key)) left.add(`${path}.${key}`)
    }
    const inner = new Map(Object.entries(value).map(([key, child]) => [key, watch(child, `${path}.${key}`)]))
    return new Proxy(value, {
      get(target, key, receiver) {
        if (typeof key !== 'string' || !inner.has(key)) return Reflect.get(target, key, receiver) as Json
        left.delete(`${path}.${key}`)
        return inner.get(key)
      },
    })
  }
  return { data: watch(data, '') as T, unread: () => [...left] }
}

const VECTOR_CHECKS = { ...SEARCH_THEORY_VECTORS, ...LOST_PERSON_VECTORS, ...FLIGHT_VECTORS, ...DRIFT_VECTORS }
const files = [
  { name: 'test_vectors.json', checks: VECTOR_CHECKS, why: NO_VECTORS },
  { name: 'leeway_vectors.json', checks: LEEWAY_CHECKS, why: NO_LEEWAY_DATA },
]
for (const { name, checks, why } of files) {
  const groups = read(name)
  describe(`${name}${groups ? '' : ` (${why})`}`, () => {
    it.skipIf(!groups)('has a check for each of its groups, and no check without a group', () => {
      const withValues = Object.keys(groups!).filter((group) => !REMARKS.has(group))
      expect(Object.keys(checks).sort()).toEqual(withValues.sort())
    })

    for (const [group, check] of Object.entries(checks)) {
      const value = groups?.[group]
      if (value === undefined) continue
      const { data, unread } = watched(value)
      const cases = check(data as never)
      for (const { says, test } of cases)
        it(`${group}: ${says}`, () => {
          expect.hasAssertions()
          test()
        })
      it(`${group}: every number of the group was used`, () => {
        expect(cases.length).toBeGreaterThan(0)
        // Each case looks again at its own values, so the order of tests does not matter.
        for (const { test } of cases) test()
        expect(unread()).toEqual([])
      })
    }
  })
}
