import { describe, expect, it } from 'vitest'
import { CORPUS, corpusBytes, corpusLines, fieldsFromJson, hasCorpus } from '../testing/corpus.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'
import type { Frame } from './frame.ts'
import { createFramer, framesOfDatagram } from './framer.ts'
import { fieldsToJson } from './fields-to-json.ts'

interface MessageCase {
  off: number
  len: number
  v: 1 | 2
  kind: string
  id: number
  name: string
  seq: number
  sys: number
  comp: number
  fields: Record<string, unknown>
}

interface FramingCase {
  name: string
  chunks: string[]
  must: FrameHead[]
  may: FrameHead[]
  mustNot: FrameHead[]
  ideal?: number
  datagramMust?: FrameHead[]
}
type FrameHead = Pick<Frame, 'id' | 'seq' | 'sys' | 'comp'>

const head = ({ id, seq, sys, comp }: FrameHead): string => `${id}/${seq}/${sys}/${comp}`

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Kinds whose text fields hold nothing after the NUL, so that encoding gives the same bytes back. */
const ENCODABLE = new Set(['v2-rand', 'v2-max', 'v2-min', 'v2-trunc', 'v2-zero', 'v1-rand'])

describe.skipIf(!hasCorpus)(`the conformance corpus (skipped when ${CORPUS} is absent)`, () => {
  const cases = hasCorpus ? corpusLines<MessageCase>('messages.jsonl') : []
  const bytes = hasCorpus ? corpusBytes('messages.bin') : new Uint8Array()

  it('decodes every frame alone, every field exact', () => {
    const decoded = cases.map(({ off, len }) =>
      framesOfDatagram(bytes.subarray(off, off + len)).map((frame) => {
        const { name, fields } = decode(frame)
        return { head: head(frame), name, fields: fieldsToJson(fields) }
      }),
    )
    expect(decoded).toEqual(cases.map((one) => [{ head: head(one), name: one.name, fields: one.fields }]))
  })

  it.each([1, 7, 64, 1400, Infinity])('finds the same frames in chunks of %s bytes', (size) => {
    const framer = createFramer()
    const found: Frame[] = []
    for (let at = 0; at < bytes.length; at += size === Infinity ? bytes.length : size)
      found.push(...framer.push(bytes.subarray(at, at + size)))
    expect(found.map(head)).toEqual(cases.map(head))
    expect(found.map((frame) => frame.raw.length)).toEqual(cases.map((expected) => expected.len))
    expect(framer.counters).toEqual({ good: cases.length, badChecksum: 0, unknown: 0, refusedFlags: 0, junkBytes: 0 })
  })

  it('encodes the same bytes from the fields', () => {
    const encodable = cases.filter((expected) => ENCODABLE.has(expected.kind))
    expect(encodable.length).toBeGreaterThan(0)
    const made = encodable.map(({ name, fields, v, seq, sys, comp }) =>
      hex(encode(name, fieldsFromJson(name, fields), { v, seq, sys, comp })),
    )
    expect(made).toEqual(encodable.map(({ off, len }) => hex(bytes.subarray(off, off + len))))
  })
})

describe.skipIf(!hasCorpus)(`the framing cases (skipped when ${CORPUS} is absent)`, () => {
  const cases = hasCorpus ? corpusLines<FramingCase>('framing.jsonl') : []

  /** What is wrong with the frames delivered; empty when all is well. */
  function complaints(found: readonly Frame[], { must, may, mustNot }: FramingCase): string[] {
    const heads = found.map(head)
    let next = 0
    for (const one of heads) if (next < must.length && one === head(must[next]!)) next++
    const allowed = new Set([...must, ...may].map(head))
    return [
      ...must.slice(next).map((one) => `missing ${head(one)}`),
      ...heads.filter((one) => !allowed.has(one)).map((one) => `unexpected ${one}`),
      ...heads.filter((one) => mustNot.some((no) => head(no) === one)).map((one) => `forbidden ${one}`),
    ]
  }

  it.each(cases)('$name: as a stream', (expected) => {
    const framer = createFramer()
    const found = expected.chunks.flatMap((chunk) => framer.push(Buffer.from(chunk, 'hex')))
    expect(complaints(found, expected)).toEqual([])
    found.push(...framer.end())
    expect(complaints(found, expected)).toEqual([])
    expect(found.length).toBeGreaterThanOrEqual(expected.ideal ?? expected.must.length)
  })

  it.each(cases.filter((expected) => expected.datagramMust !== undefined))('$name: as datagrams', (expected) => {
    const found = expected.chunks.flatMap((chunk) => framesOfDatagram(Buffer.from(chunk, 'hex')))
    expect(complaints(found, { ...expected, must: expected.datagramMust! })).toEqual([])
  })
})
