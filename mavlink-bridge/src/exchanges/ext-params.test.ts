import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { createRandom } from '../testing/random.ts'
import { decodeExtParam, encodeExtParam } from '../wire/ext-param-value.ts'
import { isMessage } from '../wire/decode.ts'
import { setExtParam } from './ext-params.ts'

function setUp() {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, { lost: 0, doubled: 0, late: 0, rttMs: 20 })
  const stopper = new AbortController()
  const param = { name: 'CAM_COLORS', type: 5, value: 2 }
  const ended = setExtParam(param, { port: link.port, clock, comp: 100, rttMs: 100, signal: stopper.signal })
  return {
    clock,
    link,
    ended,
    stopper,
    sent: () => link.sent.map(({ name }) => name),
    ack: (result: number, value: number, name = 'CAM_COLORS', comp = 100) =>
      link.say(
        'PARAM_EXT_ACK',
        { param_id: name, param_value: encodeExtParam(value, 5), param_type: 5, param_result: result },
        comp,
      ),
    tell: (value: number) =>
      link.say(
        'PARAM_EXT_VALUE',
        {
          param_count: 1,
          param_index: 0,
          param_id: 'CAM_COLORS',
          param_value: encodeExtParam(value, 5),
          param_type: 5,
        },
        100,
      ),
  }
}

describe('setting an extended parameter', () => {
  it('is done when the camera acknowledges that very value', async () => {
    const { clock, ack, ended, link } = setUp()
    await clock.advance(20)
    ack(0, 1) // answers an older order
    ack(0, 2, 'CAM_MODE')
    ack(0, 2, 'CAM_COLORS', 101)
    await clock.advance(20)
    expect(link.listeners.size).toBe(1)
    ack(0, 2)
    await clock.advance(20)
    expect(await ended).toEqual({ ok: true, value: undefined })
    expect([link.listeners.size, clock.waiting]).toEqual([0, 0])
  })
  it('is done when the camera tells the value after its acknowledgement was lost', async () => {
    const { clock, tell, ended, sent } = setUp()
    await clock.advance(1100)
    expect(sent()).toEqual(['PARAM_EXT_SET', 'PARAM_EXT_REQUEST_READ'])
    tell(2)
    await clock.advance(20)
    expect((await ended).ok).toBe(true)
  })
  it('says it again when the camera still holds the old value', async () => {
    const { clock, tell, sent } = setUp()
    await clock.advance(1100)
    tell(0)
    await clock.advance(1100)
    expect(sent()).toEqual(['PARAM_EXT_SET', 'PARAM_EXT_REQUEST_READ', 'PARAM_EXT_SET'])
  })
  it('waits for a camera that says that it is at it', async () => {
    const { clock, ack, ended, sent } = setUp()
    await clock.advance(500)
    ack(3, 0)
    await clock.advance(4500)
    expect(sent()).toEqual(['PARAM_EXT_SET'])
    ack(0, 2)
    await clock.advance(20)
    expect((await ended).ok).toBe(true)
  })
  it.each([1, 2])('is refused with result %i', async (result) => {
    const { clock, ack, ended } = setUp()
    await clock.advance(20)
    ack(result, 0)
    await clock.advance(20)
    expect(await ended).toEqual({ ok: false, error: { kind: 'refused', result } })
  })
  it('ends in silence after nine tries, and at once when it is taken back', async () => {
    const silent = setUp()
    await silent.clock.advance(10_000)
    expect(await silent.ended).toEqual({ ok: false, error: { kind: 'silent' } })
    expect(silent.sent()).toHaveLength(9)
    const fenced = setUp()
    fenced.stopper.abort()
    expect(await fenced.ended).toEqual({ ok: false, error: { kind: 'cancelled' } })
    await fenced.clock.advance(5000)
    expect([fenced.clock.waiting, fenced.sent()]).toEqual([0, ['PARAM_EXT_SET']])
  })
})

describe('the value of an extended parameter', () => {
  it.each([
    [1, 255],
    [2, -128],
    [3, 65_535],
    [4, -1],
    [5, 4_294_967_295],
    [6, -2_147_483_648],
    [9, 0.5],
    [10, 0.1],
  ])('of type %i survives its bytes: %d', (type, value) => {
    const bytes = new Uint8Array(128)
    bytes.set(encodeExtParam(value, type))
    expect(decodeExtParam(bytes, type)).toBe(value)
  })
  it.each([
    [1, 256],
    [2, 0.5],
    [5, -1],
    [9, NaN],
    [7, 1],
    [11, 1],
  ])('of type %i is refused where it does not fit: %d', (type, value) => {
    expect(() => encodeExtParam(value, type)).toThrow(RangeError)
  })
  it('keeps zeros on the wire, where text would end', () => {
    const { link } = setUp()
    const [set] = link.sent
    expect(set !== undefined && isMessage(set, 'PARAM_EXT_SET') && set.fields.param_type).toBe(5)
  })
})
