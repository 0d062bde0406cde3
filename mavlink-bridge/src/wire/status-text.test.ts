import { describe, expect, it } from 'vitest'
import { CORPUS, corpusLines, hasCorpus } from '../testing/corpus.ts'
import { encode } from './encode.ts'
import type { Frame } from './frame.ts'
import { framesOfDatagram } from './framer.ts'
import { createStatusTextJoiner } from './status-text.ts'

interface TextCase {
  name: string
  frames: string[]
  expect?: { sys: number; comp: number; severity: number; text: string }[]
  expectParts?: string[]
}

const FULL = 'x'.repeat(50)
const chunk = (text: string, id = 0, chunk_seq = 0, sys = 1): Frame =>
  framesOfDatagram(encode('STATUSTEXT', { severity: 4, text, id, chunk_seq }, { seq: 0, sys, comp: 1 }))[0]!
/** A chunk of raw bytes: characters may be split at any byte. */
const chunkOfBytes = (bytes: Uint8Array, id: number, chunkSeq: number): Frame => {
  const marked = chunk('a'.repeat(50), id, chunkSeq)
  const raw = marked.raw.slice()
  raw.fill(0, 11, 61)
  raw.set(bytes, 11)
  return { ...marked, v: 2, id: 253, sys: 1, comp: 1, raw }
}
const texts = (joined: { text: string }[]): string[] => joined.map(({ text }) => text)

describe.skipIf(!hasCorpus)(`the status text cases (skipped when ${CORPUS} is absent)`, () => {
  it.each(hasCorpus ? corpusLines<TextCase>('statustext.jsonl') : [])('$name', (one) => {
    const joiner = createStatusTextJoiner()
    const joined = one.frames.flatMap((hex) =>
      framesOfDatagram(Buffer.from(hex, 'hex')).flatMap((f) => joiner.push(f, 0)),
    )
    joined.push(...joiner.flush(60_000))
    const complete = joined
      .filter((text) => !text.incomplete)
      .map(({ sys, comp, severity, text }) => ({ sys, comp, severity, text }))
    expect(complete).toEqual(one.expect ?? [])
    const incomplete = joined.filter((text) => text.incomplete)
    expect((one.expectParts ?? []).filter((part) => !incomplete.some(({ text }) => text.includes(part)))).toEqual([])
    expect(incomplete.length > 0).toBe((one.expectParts ?? []).length > 0)
  })
})

describe('the status text joiner', () => {
  it('hands a text without id out at once', () => {
    const joiner = createStatusTextJoiner()
    expect(texts(joiner.push(chunk('Arming motors'), 0))).toEqual(['Arming motors'])
    expect(texts(joiner.push(chunk(FULL), 0))).toEqual([FULL])
  })

  it('joins chunks that come out of order', () => {
    const joiner = createStatusTextJoiner()
    expect(joiner.push(chunk('end', 7, 1), 0)).toEqual([])
    expect(texts(joiner.push(chunk(FULL, 7, 0), 5))).toEqual([`${FULL}end`])
  })

  it('ignores chunks that come twice, also after the text is complete', () => {
    const joiner = createStatusTextJoiner()
    joiner.push(chunk(FULL, 7, 0), 0)
    expect(joiner.push(chunk(FULL, 7, 0), 1)).toEqual([])
    expect(texts(joiner.push(chunk('end', 7, 1), 2))).toEqual([`${FULL}end`])
    expect(joiner.push(chunk('end', 7, 1), 3)).toEqual([])
    expect(joiner.flush(60_000)).toEqual([])
  })

  it('marks the gap of a lost chunk, once it has waited long enough for it', () => {
    const joiner = createStatusTextJoiner({ quietMs: 1000 })
    joiner.push(chunk(FULL, 7, 0), 0)
    joiner.push(chunk('end', 7, 2), 10)
    expect(joiner.flush(1009)).toEqual([])
    expect(joiner.flush(1010)).toEqual([{ sys: 1, comp: 1, severity: 4, text: `${FULL}…end`, incomplete: true }])
    expect(joiner.flush(2000)).toEqual([])
  })

  it('puts a character together that was split between two chunks', () => {
    const bytes = new TextEncoder().encode(`${'a'.repeat(49)}ö und mehr`)
    const joiner = createStatusTextJoiner()
    joiner.push(chunkOfBytes(bytes.subarray(0, 50), 9, 0), 0)
    expect(texts(joiner.push(chunkOfBytes(bytes.subarray(50), 9, 1), 0))).toEqual([`${'a'.repeat(49)}ö und mehr`])
  })

  it('keeps senders and ids apart', () => {
    const joiner = createStatusTextJoiner()
    joiner.push(chunk(FULL, 7, 0, 1), 0)
    joiner.push(chunk(FULL, 7, 0, 2), 0)
    joiner.push(chunk(FULL, 8, 0, 1), 0)
    expect(texts(joiner.push(chunk('two', 7, 1, 2), 0))).toEqual([`${FULL}two`])
    expect(texts(joiner.push(chunk('eight', 8, 1, 1), 0))).toEqual([`${FULL}eight`])
    expect(texts(joiner.push(chunk('one', 7, 1, 1), 0))).toEqual([`${FULL}one`])
  })

  it('gives the oldest text up when too many are waiting', () => {
    const joiner = createStatusTextJoiner({ maxPending: 2 })
    joiner.push(chunk(FULL, 1, 0), 0)
    joiner.push(chunk(FULL, 2, 0), 0)
    expect(joiner.push(chunk(FULL, 3, 0), 0)).toMatchObject([{ incomplete: true, text: `${FULL}…` }])
  })

  it('starts a new text when a sender uses an id again', () => {
    const joiner = createStatusTextJoiner()
    joiner.push(chunk(FULL, 7, 0), 0)
    expect(joiner.push(chunk('other', 7, 0), 1)).toMatchObject([
      { text: `${FULL}…`, incomplete: true },
      { text: 'other', incomplete: false },
    ])
  })
})
