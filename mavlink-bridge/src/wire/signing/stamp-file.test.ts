import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSigningClock } from './signing-clock.ts'
import { stampFile } from './stamp-file.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'skerry-stamps-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('carries the clock over a restart: no stamp is given twice', () => {
  const file = path.join(folder, 'key-1')
  const nowMs = (): number => Date.UTC(2026, 10, 22)
  const before = createSigningClock(nowMs, stampFile(file))
  const last = Array.from({ length: 10 }, () => before.next()).at(-1)!
  expect(createSigningClock(nowMs, stampFile(file)).next()).toBeGreaterThan(last)
  expect(readdirSync(folder)).toEqual(['key-1'])
})

it('starts from 0 without a file, and refuses a damaged one', () => {
  expect(stampFile(path.join(folder, 'none')).load()).toBe(0)
  const damaged = path.join(folder, 'damaged')
  for (const text of ['', 'x', '-5', '999999999999999']) {
    writeFileSync(damaged, text)
    expect(() => stampFile(damaged).load()).toThrow(/does not hold a signing time stamp/)
  }
})
