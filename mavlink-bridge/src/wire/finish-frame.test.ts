import { describe, expect, it } from 'vitest'
import { urgencyOf } from '../links/urgency.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'
import { finishFrame } from './finish-frame.ts'
import { framesOfDatagram } from './framer.ts'
import { createSigner } from './signing/signer.ts'
import { strayFramesOf } from './stray-frames.ts'
import { targetOf } from './target.ts'

const ids = { seq: 0, sys: 255, comp: 190 }
const only = (bytes: Uint8Array) => framesOfDatagram(bytes)[0]!
const command = (command: number) => ({
  command,
  param1: 1,
  param2: 0,
  param3: 0,
  param4: 0,
  param5: 0,
  param6: 0,
  param7: 0,
  target_system: 7,
  target_component: 1,
  confirmation: 0,
})

describe('finishing a frame', () => {
  it.each([1, 2] as const)('gives a MAVLink %s frame its sequence number and a checksum that fits', (v) => {
    const bytes = encode('HEARTBEAT', heartbeat(4), { ...ids, v })
    const finished = only(finishFrame(bytes, 77))
    expect(finished).toMatchObject({ v, seq: 77, sys: 255, comp: 190, signed: false })
    expect(decode(finished)).toEqual(decode(only(bytes)))
    expect(finishFrame(bytes, 0)).toEqual(bytes)
  })

  it('signs it where the link signs', () => {
    let stamp = 0
    const signer = createSigner(new Uint8Array(32), 3, { next: () => ++stamp, follow: () => undefined })
    const finished = only(finishFrame(encode('HEARTBEAT', heartbeat(4), ids), 5, signer))
    expect(finished).toMatchObject({ signed: true, seq: 5 })
    expect(() => finishFrame(encode('HEARTBEAT', heartbeat(4), { ...ids, v: 1 }), 5, signer)).toThrow(TypeError)
  })
})

describe('the target of a frame', () => {
  it('is read also where its bytes were trimmed, and is everyone where a message has none', () => {
    expect(targetOf(only(encode('COMMAND_LONG', command(400), ids)))).toEqual({ sys: 7, comp: 1 })
    expect(targetOf(only(encode('HEARTBEAT', heartbeat(0), ids)))).toEqual({ sys: 0, comp: 0 })
    const ack = { command: 0, result: 0, progress: 0, result_param2: 0, target_system: 0, target_component: 0 }
    expect(targetOf(only(encode('COMMAND_ACK', ack, ids)))).toEqual({ sys: 0, comp: 0 })
  })
})

describe('the urgency of a frame', () => {
  it.each([
    ['return', command(20), 'safety'],
    ['land', command(21), 'safety'],
    ['hold by mode', command(176), 'safety'],
    ['zoom', command(531), 'command'],
    ['a question', command(512), 'bulk'],
  ])('%s is %s', (_what, fields, urgency) => {
    expect(urgencyOf(only(encode('COMMAND_LONG', fields, ids)))).toBe(urgency)
  })

  it('of our heartbeat is safety, of a plan item bulk', () => {
    expect(urgencyOf(only(encode('HEARTBEAT', heartbeat(0), ids)))).toBe('safety')
    const count = { count: 3, target_system: 1, target_component: 1, mission_type: 0 }
    expect(urgencyOf(only(encode('MISSION_COUNT', count, ids)))).toBe('bulk')
  })
})

describe('frames of unknown messages', () => {
  const stray = Uint8Array.of(0xfd, 2, 0, 0, 9, 1, 1, 0xf0, 0xff, 0xee, 1, 2, 3, 4)
  it('are taken raw from a datagram that splits cleanly', () => {
    const good = encode('HEARTBEAT', heartbeat(0), ids)
    expect(strayFramesOf(Buffer.concat([good, stray, good]))).toEqual([
      { v: 2, id: 0xeefff0, sys: 1, comp: 1, raw: stray },
    ])
  })
  it('are not believed beside anything that is no frame, nor when they are cut or signed', () => {
    const broken = encode('HEARTBEAT', heartbeat(0), ids)
    broken[12]! ^= 1
    expect(strayFramesOf(Buffer.concat([stray, broken]))).toEqual([])
    expect(strayFramesOf(Buffer.concat([stray, Uint8Array.of(1)]))).toEqual([])
    expect(strayFramesOf(stray.subarray(0, -1))).toEqual([])
    const signed = new Uint8Array(stray.length + 13)
    signed.set(stray)
    signed[2] = 1
    expect(strayFramesOf(signed)).toEqual([])
  })
})
