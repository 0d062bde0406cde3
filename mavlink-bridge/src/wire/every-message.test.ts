import { ardupilotmega, common, icarous, minimal, standard, uavionix } from 'mavlink-mappings'
import { MavLinkProtocolV2 } from 'node-mavlink'
import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../testing/random.ts'
import { decode, type FieldValue } from './decode.ts'
import type { FieldDefinition } from './definitions/definition.ts'
import { allDefinitions, definitionById } from './definitions/definitions.ts'
import { encode } from './encode.ts'
import { framesOfDatagram } from './framer.ts'

const ROUNDS = 20
const LETTERS = ['a', 'Z', '7', ' ', 'é', '舟', '🛟']

/** Any value that a field may carry. */
function anyValue({ name, type, arrayLength }: FieldDefinition, random: Random): FieldValue {
  const bits = (bytes: number): DataView => new DataView(random.bytes(bytes).buffer as ArrayBuffer)
  const one = (): number | bigint => {
    switch (type) {
      case 'uint8':
      case 'char':
        return random.below(256)
      case 'int8':
        return random.below(256) - 128
      case 'uint16':
        return random.below(65_536)
      case 'int16':
        return random.below(65_536) - 32_768
      case 'uint32':
        return bits(4).getUint32(0)
      case 'int32':
        return bits(4).getInt32(0)
      case 'uint64':
        return bits(8).getBigUint64(0)
      case 'int64':
        return bits(8).getBigInt64(0)
      case 'float':
        return Math.fround((random.next() - 0.5) * 10 ** random.below(30))
      case 'double':
        return (random.next() - 0.5) * 10 ** random.below(200)
    }
  }
  if (type === 'char') {
    let text = ''
    const room = random.below(Math.max(arrayLength, 1) + 1)
    for (let i = 0; i < 40; i++) {
      const next = text + LETTERS[random.below(LETTERS.length)]!
      if (Buffer.byteLength(next) > room) break
      text = next
    }
    return text
  }
  // 2 and 3 are immediate orders that the encoder refuses.
  if (name === 'current' && arrayLength === 0 && type === 'uint8') return random.below(2)
  if (arrayLength === 0) return one()
  const many = Array.from({ length: arrayLength }, one)
  return type === 'uint8' ? Uint8Array.from(many as number[]) : (many as number[])
}

describe('every message of the definitions', () => {
  it.each([1, 2] as const)('comes back with equal values over MAVLink %s', (v) => {
    const random = createRandom(v)
    for (const { id, name, fields } of allDefinitions()) {
      if (v === 1 && id > 255) continue
      for (let round = 0; round < ROUNDS; round++) {
        const carried = fields.filter(({ extension }) => v === 2 || !extension)
        const values = Object.fromEntries(carried.map((field) => [field.name, anyValue(field, random)]))
        const [frame, ...more] = framesOfDatagram(encode(name as string, values, { seq: round, sys: 7, comp: 9, v }))
        expect(more).toEqual([])
        expect(frame, name).toMatchObject({ v, id, seq: round, sys: 7, comp: 9 })
        expect(decode(frame!).fields, name).toMatchObject(values)
      }
    }
  })

  it('reads in node-mavlink as it was written, wherever both know it', () => {
    const random = createRandom(3)
    const registry = Object.assign(
      {},
      ...[minimal, standard, common, uavionix, icarous, ardupilotmega].map(({ REGISTRY }) => REGISTRY),
    ) as Record<number, (typeof common.REGISTRY)[number]>
    const protocol = new MavLinkProtocolV2()
    let compared = 0
    for (const [id, clazz] of Object.entries(registry)) {
      const { name, fields } = definitionById(Number(id))!
      // It reads text as Latin-1: only fields of numbers can be compared for every value.
      const values = Object.fromEntries(
        fields.map((field) => [
          field.name,
          field.type === 'char' ? 'plain'.slice(0, Math.max(field.arrayLength, 1)) : anyValue(field, random),
        ]),
      )
      const [frame] = framesOfDatagram(encode(name as string, values, { seq: 0, sys: 7, comp: 9 }))
      const theirs = protocol.data(Buffer.from(frame!.payload), clazz) as unknown as Record<string, unknown>
      for (const field of clazz.FIELDS) {
        const [got, sent] = [theirs[field.name], values[field.source]]
        expect(typeof sent === 'object' ? Array.from(got as number[]) : got, `${name}.${field.source}`).toEqual(
          typeof sent === 'object' ? Array.from(sent as number[]) : sent,
        )
      }
      compared++
    }
    expect(compared).toBeGreaterThan(300)
  })
})
