import { ardupilotmega, common, icarous, minimal, standard, uavionix } from 'mavlink-mappings'
import { describe, expect, it } from 'vitest'
import { crcExtraOf } from './crc-extra.ts'
import { allDefinitions, definitionById, definitionByName } from './definitions.ts'

const mapped = [minimal, standard, common, uavionix, icarous, ardupilotmega].flatMap(({ REGISTRY }) =>
  Object.values(REGISTRY),
)

describe('the checked-in definitions', () => {
  it('agree with mavlink-mappings on every message both know', () => {
    const theirs = mapped.map((message) => ({
      id: message.MSG_ID,
      name: message.MSG_NAME,
      crcExtra: message.MAGIC_NUMBER,
      fields: message.FIELDS.map(({ source, offset, length, extension, type }) => ({
        name: source,
        offset,
        arrayLength: length,
        extension,
        type: type.replace('[]', '').replace('_mavlink_version', '').replace(/_t$/, ''),
      })),
    }))
    const ours = theirs.map(({ id, fields }) => {
      const definition = definitionById(id)!
      return {
        id,
        name: definition.name,
        crcExtra: definition.crcExtra,
        // Ours may know newer extension fields behind theirs.
        fields: definition.fields
          .slice(0, fields.length)
          .map(({ name, offset, arrayLength, extension, type }) => ({ name, offset, arrayLength, extension, type })),
      }
    })
    expect(ours).toEqual(theirs)
    expect(theirs.length).toBeGreaterThan(300)
  })

  it('have the CRC extra that follows from their own layout', () => {
    const wrong = allDefinitions().filter((message) => crcExtraOf(message) !== message.crcExtra)
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it('never exceed what a frame can carry, and sort base fields by size', () => {
    const sizes = { uint64: 8, int64: 8, double: 8, uint32: 4, int32: 4, float: 4, uint16: 2, int16: 2 } as Record<
      string,
      number
    >
    const wrong = allDefinitions().filter(({ fields, fullLength, baseLength }) => {
      const base = fields.filter(({ extension }) => !extension).map(({ type }) => sizes[type] ?? 1)
      return fullLength > 255 || baseLength < 1 || base.some((size, i) => i > 0 && size > base[i - 1]!)
    })
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it.each([
    ['EVENT', 410, 160],
    ['CURRENT_EVENT_SEQUENCE', 411, 106],
    ['REQUEST_EVENT', 412, 33],
    ['RESPONSE_EVENT_ERROR', 413, 77],
    ['COMPONENT_METADATA', 397, 182],
    ['PROTOCOL_VERSION', 300, 217],
    ['ONBOARD_COMPUTER_STATUS', 390, 156],
    ['ESC_INFO', 290, 251],
    ['ESC_STATUS', 291, 10],
    ['BATTERY_STATUS_V2', 369, 151],
    ['CONTROL_STATUS', 512, 21],
  ])('know %s, which others lack', (name, id, crcExtra) => {
    expect(definitionByName(name)).toMatchObject({ id, crcExtra })
  })
})
