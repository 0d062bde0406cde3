import { describe, expect, it } from 'vitest'
import { CORPUS, corpusLines, hasCorpus } from '../testing/corpus.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'
import { framesOfDatagram } from './framer.ts'
import { decodeParam, encodeParam, paramBytes, type ParamEncoding, paramEncodingOf } from './param-value.ts'

interface ParamCase {
  encoding: ParamEncoding | 'both'
  type: number
  name: string
  index: number
  count: number
  value: number
  exact?: boolean
  frame: string
}

const encodingsOf = ({ encoding }: ParamCase): ParamEncoding[] =>
  encoding === 'both' ? ['bytewise', 'c_cast'] : [encoding]

describe.skipIf(!hasCorpus)(`the parameter cases (skipped when ${CORPUS} is absent)`, () => {
  const cases = hasCorpus ? corpusLines<ParamCase>('params.jsonl') : []

  it('show the value the operator must see', () => {
    const seen = cases.flatMap((one) => {
      const [frame] = framesOfDatagram(Buffer.from(one.frame, 'hex'))
      return encodingsOf(one).map((encoding) => [one.name, decodeParam(paramBytes(frame!), one.type, encoding)])
    })
    expect(seen).toEqual(cases.flatMap((one) => encodingsOf(one).map(() => [one.name, one.value])))
  })

  it('are made again from that value, byte for byte', () => {
    const exact = cases.filter((one) => one.exact !== false)
    const made = exact.map((one) => {
      const frame = framesOfDatagram(Buffer.from(one.frame, 'hex'))[0]!
      const bytes = encodeParam(one.value, one.type, encodingsOf(one)[0]!)
      const { name, index, count, type } = one
      const fields = { param_id: name, param_index: index, param_count: count, param_type: type, param_value: bytes }
      return Buffer.from(encode('PARAM_VALUE', fields, frame)).toString('hex')
    })
    expect(made).toEqual(exact.map((one) => one.frame))
  })
})

describe('parameter values', () => {
  const roundTrip = (value: number, type: number, encoding: ParamEncoding): number | undefined =>
    decodeParam(encodeParam(value, type, encoding), type, encoding)

  it.each([-8388607, -1, 2139095041, 2143289344, -2147483648])(
    'keep the bits of %s through a PARAM_SET frame',
    (value) => {
      const bytes = encodeParam(value, 6, 'bytewise')
      const made = encode(
        'PARAM_SET',
        { param_id: 'P', param_type: 6, param_value: bytes, target_system: 1, target_component: 1 },
        { seq: 0, sys: 255, comp: 190 },
      )
      const frame = framesOfDatagram(made)[0]!
      expect(decodeParam(paramBytes(frame), 6, 'bytewise')).toBe(value)
      expect(decode(frame).name).toBe('PARAM_SET')
    },
  )

  it('survive both encodings at the ends of each type', () => {
    const ends = [
      [1, 255],
      [2, -128],
      [3, 65535],
      [4, -32768],
      [5, 2 ** 24],
      [6, -(2 ** 31)],
    ] as const
    const seen = ends.flatMap(([type, value]) => [roundTrip(value, type, 'bytewise'), roundTrip(value, type, 'c_cast')])
    expect(seen).toEqual(ends.flatMap(([, value]) => [value, value]))
  })

  it('clamp a cast float that rounded out of its type', () => {
    const bytes = new Uint8Array(new Float32Array([4294967296]).buffer)
    expect(decodeParam(bytes, 5, 'c_cast')).toBe(4294967295)
  })

  it('are unknown rather than wrong when a cast float is NaN or the type needs eight bytes', () => {
    const nan = new Uint8Array(new Float32Array([NaN]).buffer)
    expect(decodeParam(nan, 6, 'c_cast')).toBeUndefined()
    expect(decodeParam(new Uint8Array(4), 10, 'bytewise')).toBeUndefined()
  })

  it('are refused for sending when the vehicle would store another value', () => {
    expect(() => encodeParam(16_777_217, 6, 'c_cast')).toThrow(/would be changed/)
    expect(() => encodeParam(256, 1, 'bytewise')).toThrow(/0\.\.255/)
    expect(() => encodeParam(NaN, 9, 'bytewise')).toThrow(/finite/)
    expect(() => encodeParam(1.5, 6, 'bytewise')).toThrow(/integer/)
    expect(() => encodeParam(1, 8, 'bytewise')).toThrow(/type 8/)
  })

  it('are encoded as the capability flags say', () => {
    expect(paramEncodingOf(16n)).toBe('bytewise')
    expect(paramEncodingOf(131_072n)).toBe('c_cast')
    expect(paramEncodingOf(0n)).toBeUndefined()
  })
})
