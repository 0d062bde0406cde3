import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { type Losses, NO_LOSS } from '../testing/lossy-link.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { createRandom } from '../testing/random.ts'
import { isMessage } from '../wire/decode.ts'
import { decodeParam, encodeParam, type ParamEncoding } from '../wire/param-value.ts'
import { hashedParams } from './hashed-params.ts'
import { listParams, paramHash, readParam, setParam } from './params.ts'

interface Held {
  name: string
  type: number
  value: number
}
const table = (count: number): Held[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `P_${i}`,
    type: i % 2 === 0 ? 6 : 9,
    value: i % 2 === 0 ? i - 3 : i / 4,
  }))

/** A vehicle with parameters, over a bad link. */
function setUp(held: Held[], encoding: ParamEncoding = 'c_cast', losses: Partial<Losses> = {}, seed = 1) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(seed).next, { ...NO_LOSS, ...losses })
  const behaviour = { echoes: true, frozen: '', denies: 'NOTHING' }
  const tell = (i: number, index = i): void => {
    const param = held[i]
    if (param === undefined) return
    link.say('PARAM_VALUE', {
      param_id: param.name,
      param_type: param.type,
      param_value: encodeParam(param.value, param.type, encoding),
      param_count: held.length,
      param_index: index,
    })
  }
  link.attach((message) => {
    if (isMessage(message, 'PARAM_REQUEST_LIST'))
      for (let i = 0; i < held.length; i++) clock.after(i * 5, () => tell(i))
    if (isMessage(message, 'PARAM_REQUEST_READ')) {
      const { param_id, param_index } = message.fields
      const error = { target_system: 255, target_component: 190, param_id, param_index }
      if (param_id === behaviour.denies) link.say('PARAM_ERROR', { ...error, error: 3 })
      else if (param_id === '_HASH_CHECK')
        link.say('PARAM_VALUE', {
          param_id,
          param_type: 5,
          param_value: new Uint8Array([1, 2, 3, 4]),
          param_count: held.length,
          param_index: 65_535,
        })
      else if (param_index >= 0) tell(param_index)
      else if (held.some(({ name }) => name === param_id))
        tell(
          held.findIndex(({ name }) => name === param_id),
          65_535,
        )
      else link.say('PARAM_ERROR', { ...error, error: 1 })
    }
    if (isMessage(message, 'PARAM_SET')) {
      const { param_id, param_value, param_type } = message.fields
      const i = held.findIndex(({ name }) => name === param_id)
      const bytes = new Uint8Array(4)
      new DataView(bytes.buffer).setFloat32(0, param_value, true)
      const param = held[i]
      if (param === undefined) return
      if (param_id !== behaviour.frozen) param.value = decodeParam(bytes, param_type, encoding) ?? NaN
      if (behaviour.echoes) tell(i)
    }
  })
  return {
    clock,
    link,
    behaviour,
    ports: { port: link.port, clock, comp: 1, encoding, rttMs: 300 },
  }
}

async function ended<T>(clock: FakeClock, run: Promise<T>, withinMs = 600_000): Promise<T> {
  let over = false
  const end = run.finally(() => (over = true))
  end.catch(() => undefined)
  for (let ms = 0; ms < withinMs; ms += 500) {
    await clock.advance(500)
    if (over) break
  }
  return end
}

describe('the list of parameters', () => {
  it.each(['c_cast', 'bytewise'] as const)('is read whole, as %s numbers', async (encoding) => {
    const held = table(40)
    const { clock, ports, link } = setUp(held, encoding)
    const read = await ended(clock, listParams(ports))
    expect(read).toEqual({ ok: true, value: held })
    expect([clock.waiting, link.listeners.size]).toEqual([0, 0])
  })

  it.each([0.1, 0.2, 0.3])('is read whole over a link that loses %d of everything', async (lost) => {
    for (let seed = 1; seed <= 10; seed++) {
      const held = table(120)
      const { clock, ports } = setUp(held, 'c_cast', { lost, doubled: 0.05, late: 0.05, rttMs: 300 }, seed)
      const read = await ended(clock, listParams(ports))
      expect(read.ok ? read.value : read.error).toEqual(held)
    }
  })

  it('never has more than ten questions open', async () => {
    const { clock, link, ports } = setUp(table(200))
    link.attach((message) => {
      if (isMessage(message, 'PARAM_REQUEST_LIST'))
        link.say('PARAM_VALUE', { param_id: 'P_0', param_type: 9, param_value: 0, param_count: 200, param_index: 0 })
    })
    void listParams(ports)
    await clock.advance(1900)
    expect(link.sent.filter(({ name }) => name === 'PARAM_REQUEST_READ')).toHaveLength(10)
  })

  it('that is taken back ends at once, and asks nothing more', async () => {
    const { clock, link, ports } = setUp(table(200))
    const stopper = new AbortController()
    const reading = listParams({ ...ports, signal: stopper.signal })
    await clock.advance(700)
    const asked = link.sent.length
    stopper.abort()
    expect(await reading).toEqual({ ok: false, error: { kind: 'cancelled' } })
    await clock.advance(20_000)
    expect([link.sent.length, clock.waiting, link.listeners.size]).toEqual([asked, 0, 0])
  })

  it('says which never came, rather than a list with holes', async () => {
    const { clock, link, ports } = setUp(table(3))
    link.attach((message) => {
      if (!isMessage(message, 'PARAM_REQUEST_LIST')) return
      for (const index of [0, 2])
        link.say('PARAM_VALUE', {
          param_id: `P_${index}`,
          param_type: 9,
          param_value: 0,
          param_count: 3,
          param_index: index,
        })
    })
    const read = await ended(clock, listParams(ports))
    expect(read).toEqual({ ok: false, error: { kind: 'incomplete', missing: [1], total: 3 } })
  })

  it('gives up after four unanswered requests', async () => {
    const { clock, link, ports } = setUp([])
    expect(await ended(clock, listParams(ports))).toEqual({ ok: false, error: { kind: 'silent' } })
    expect(link.sent).toHaveLength(4)
  })

  it('has a check sum on PX4', async () => {
    const { clock, ports } = setUp(table(3), 'bytewise')
    expect(await ended(clock, paramHash(ports))).toBe(0x0403_0201)
  })
})

describe('a list that is known already', () => {
  const SUM = 0x0403_0201
  const bad = { lost: 0.2, doubled: 0.05, late: 0.05, rttMs: 300 }

  it('is not read again while the check sum is the same', async () => {
    const { clock, link, ports } = setUp(table(60), 'bytewise', bad)
    const known = { hash: SUM, params: table(60) }
    expect(await ended(clock, hashedParams(known, ports))).toEqual({ ok: true, value: known })
    expect(link.sent.some(({ name }) => name === 'PARAM_REQUEST_LIST')).toBe(false)
  })

  it('is read anew where the sum differs', async () => {
    const { clock, ports } = setUp(table(60), 'bytewise', bad)
    const read = await ended(clock, hashedParams({ hash: 7, params: [] }, ports))
    expect(read).toEqual({ ok: true, value: { hash: SUM, params: table(60) } })
  })
})

describe('one parameter', () => {
  it('is set when the vehicle tells the new value', async () => {
    const { clock, ports } = setUp([{ name: 'NAV_DLL_ACT', type: 6, value: 0 }], 'bytewise')
    expect(await ended(clock, setParam('NAV_DLL_ACT', 2, ports))).toEqual({
      ok: true,
      value: { name: 'NAV_DLL_ACT', type: 6, value: 2 },
    })
  })

  it('is set although the vehicle does not echo it: it is read back', async () => {
    const { clock, behaviour, ports } = setUp([{ name: 'RTL_ALT', type: 9, value: 15 }])
    behaviour.echoes = false
    expect(await ended(clock, setParam('RTL_ALT', 60, ports))).toMatchObject({ ok: true, value: { value: 60 } })
  })

  it('is not called set while the vehicle holds another value', async () => {
    const { clock, behaviour, ports } = setUp([{ name: 'RTL_ALT', type: 9, value: 15 }])
    behaviour.frozen = 'RTL_ALT'
    expect(await ended(clock, setParam('RTL_ALT', 60, ports))).toMatchObject({ ok: false, error: { kind: 'differs' } })
  })

  it('that does not exist is told from one that is not answered and one that is refused', async () => {
    const { clock, behaviour, link, ports } = setUp([])
    expect(await ended(clock, readParam('NOT_THERE', ports))).toEqual({ ok: false, error: { kind: 'absent' } })
    behaviour.denies = 'SECRET'
    expect(await ended(clock, readParam('SECRET', ports))).toEqual({ ok: false, error: { kind: 'refused', error: 3 } })
    link.attach(() => undefined)
    expect(await ended(clock, readParam('ANY', ports))).toEqual({ ok: false, error: { kind: 'silent' } })
  })

  it('refuses a value that is none of its type before anything is sent', async () => {
    const { clock, link, ports } = setUp([{ name: 'FS_GCS_ENABLE', type: 2, value: 1 }])
    await expect(
      ended(
        clock,
        setParam('FS_GCS_ENABLE', 1.5, ports).catch((e: unknown) => String(e)),
      ),
    ).resolves.toMatch(/integer -128..127/)
    expect(link.sent.filter(({ name }) => name === 'PARAM_SET')).toEqual([])
  })
})
