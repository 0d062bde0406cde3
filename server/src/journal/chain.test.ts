import { describe, expect, it } from 'vitest'
import { GENESIS, canonicalJson, chainDrafts, entryHash, firstFault } from './chain.ts'
import type { EntryDraft } from './journal.ts'

const draft = (taskId: string): EntryDraft => ({
  atMs: 1,
  actor: { kind: 'system', part: 'test' },
  commandId: null,
  incidentId: null,
  event: { type: 'task.flying', taskId },
})
const start = { seq: 0, hash: GENESIS }
const chain = () => chainDrafts([draft('a'), draft('b'), draft('c')], start)

describe('canonical JSON', () => {
  it('is one text for one value, whatever the order of its keys', () => {
    expect(canonicalJson({ b: [1, { z: null, a: 'ü' }], a: undefined })).toBe('{"b":[1,{"a":"ü","z":null}]}')
    expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }))
  })
  it('says what JSON says of odd values', () => {
    for (const value of [NaN, -0, [undefined], 'a"\\\n\u2028', '\ud800', 1e21, 0.1 + 0.2, true])
      expect(canonicalJson(value)).toBe(JSON.stringify(value))
  })
})

describe('hash chain', () => {
  it('is this value for this entry, so that other tools can check it', () => {
    const [first] = chain()
    expect(first!.prev).toBe(GENESIS)
    expect(first!.hash).toBe(
      entryHash({ seq: 1, prev: GENESIS, event: { taskId: 'a', type: 'task.flying' }, ...pick(draft('a')) }),
    )
    expect(GENESIS).toBe('6cbc073120f0bf9e6c6cb64cb970e16f59b1ffb902050a4d8f53df3b16017878')
  })
  it('has no fault as it was written', () => {
    expect(firstFault(chain(), start)).toBeNull()
  })
  it('names the first entry that was changed, taken out, swapped or put in', () => {
    const [a, b, c] = chain() as [never, never, never] as unknown as ReturnType<typeof chain>
    const changed = { ...b!, event: { type: 'task.flying' as const, taskId: 'x' } }
    expect(firstFault([a!, changed, c!], start)).toEqual({ seq: 2, kind: 'hash' })
    expect(firstFault([a!, { ...b!, atMs: 2 }, c!], start)).toEqual({ seq: 2, kind: 'hash' })
    expect(firstFault([a!, c!], start)).toEqual({ seq: 2, kind: 'gap' })
    expect(firstFault([b!, c!], start)).toEqual({ seq: 1, kind: 'gap' })
    const rehashed = { ...changed, hash: entryHash(changed) }
    expect(firstFault([a!, rehashed, c!], start)).toEqual({ seq: 3, kind: 'prev' })
  })
})

const pick = ({ atMs, actor, commandId, incidentId }: EntryDraft) => ({ atMs, actor, commandId, incidentId })
