import { describe, expect, it } from 'vitest'
import { allDefinitions, definitionByName } from '../wire/definitions/definitions.ts'
import { encode } from '../wire/encode.ts'
import type { Frame } from '../wire/frame.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { refusalOf } from './station-rules.ts'

const OWN = { sys: 255, comp: 190 }
const isVehicle = (sys: number): boolean => sys === 1
const verdict = (frame: Frame, control: boolean) => refusalOf(frame, { control }, OWN, isVehicle)
/** A frame of station 254 that names vehicle 1, with zeros for the rest. */
function frameOf(name: string): Frame {
  const { id, fields } = definitionByName(name)!
  const raw = new Uint8Array(280)
  raw.set([0xfd, 255])
  const [model] = framesOfDatagram(encode('PING', PING, { seq: 0, sys: 254, comp: 190 }))
  const target = fields.find((field) => field.name === 'target_system')
  if (target !== undefined) raw[10 + target.offset] = 1
  return { ...model!, id, sys: 254, raw }
}
const PING = { time_usec: 0n, seq: 0, target_system: 1, target_component: 1 }
const command = (id: number): Frame => {
  const params = { param1: 0, param2: 0, param3: 0, param4: 0, param5: 0, param6: 0, param7: 0 }
  const fields = { target_system: 1, target_component: 1, command: id, confirmation: 0, ...params }
  return framesOfDatagram(encode('COMMAND_LONG', fields, { seq: 0, sys: 254, comp: 190 }))[0]!
}

describe('a station without control', () => {
  it('gets nothing of all messages through but those that only look', () => {
    const through = allDefinitions()
      .filter(({ name }) => verdict(frameOf(name), false) === null)
      .map(({ name }) => name)
      .sort()
    expect(through).toEqual([
      'MISSION_ACK',
      'MISSION_REQUEST',
      'MISSION_REQUEST_INT',
      'MISSION_REQUEST_LIST',
      'PARAM_REQUEST_LIST',
      'PARAM_REQUEST_READ',
      'PING',
      'TIMESYNC',
    ])
  })
  it('gets no command through but the request for a message', () => {
    const through = Array.from({ length: 4000 }, (_, id) => id).filter((id) => verdict(command(id), false) === null)
    expect(through).toEqual([512])
  })
})

describe('a station with control', () => {
  it('gets everything through but keys', () => {
    const refused = allDefinitions().filter(({ name }) => verdict(frameOf(name), true) !== null)
    expect(refused.map(({ name }) => name)).toEqual([
      'CHANGE_OPERATOR_CONTROL',
      'AUTH_KEY',
      'SETUP_SIGNING',
      'AIRLINK_AUTH',
    ])
  })
  it('speaks neither for a vehicle nor for this system', () => {
    for (const sys of [0, 1, OWN.sys]) expect(verdict({ ...command(512), sys }, true)).toBe('not-its-own')
  })
})
