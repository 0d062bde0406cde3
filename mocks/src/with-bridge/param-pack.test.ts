import { allParams, ftpBytes, ftpPayload, type Param } from '@skerry/mavlink-bridge/exchanges'
import { createRandom, FakeClock, type Losses, lossyPort, NO_LOSS } from '@skerry/mavlink-bridge/testing'
import { describe, expect, it } from 'vitest'
import { ftpAnswers, packFile } from '../vehicle/ftp.ts'
import type { Params, ParamType } from '../vehicle/param-types.ts'

/** Names that share beginnings, all types, values below zero and of zero bytes. */
const table = (count: number): Params =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const type = ([2, 4, 6, 9] as const satisfies ParamType[])[i % 4]!
      return [`SERVO${i >> 3}_P${i}`, { type, value: type === 9 ? i / 4 : (i % 100) - 50 }]
    }),
  )
const listOf = (params: Params): Param[] => Object.entries(params).map(([name, param]) => ({ name, ...param }))

function setUp(
  params: Params,
  losses: Partial<Losses> = {},
  seed = 1,
  ftp: 'offered' | 'refused' | 'silent' = 'offered',
) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(seed).next, { ...NO_LOSS, ...losses })
  const to = { sys: 255, comp: 190 }
  const held = listOf(params)
  const asked: string[] = []
  link.attach((message) => {
    asked.push(message.name)
    if (message.name === 'FILE_TRANSFER_PROTOCOL' && ftp !== 'silent') {
      const payload = message.fields['payload'] as Uint8Array
      const wrong = ftpBytes({ ...ftpPayload(payload), op: 99 })
      for (const { fields } of ftpAnswers(packFile(params), ftp === 'refused' ? wrong : payload, to)) {
        const answer = fields as {
          target_network: number
          target_system: number
          target_component: number
          payload: Uint8Array
        }
        const said = ftpPayload(answer.payload)
        const request = ftpPayload(payload).op
        link.say('FILE_TRANSFER_PROTOCOL', { ...answer, payload: ftpBytes({ ...said, request }) })
      }
    }
    if (message.name === 'PARAM_REQUEST_LIST')
      for (const [i, { name, type, value }] of held.entries())
        link.say('PARAM_VALUE', {
          param_id: name,
          param_type: type,
          param_value: value,
          param_count: held.length,
          param_index: i,
        })
  })
  const ports = { port: link.port, clock, comp: 1, encoding: 'c_cast', rttMs: 300, offersPack: true } as const
  const run = async (signal?: AbortSignal) => {
    const end = allParams(signal === undefined ? ports : { ...ports, signal })
    let over = false
    const noted = end.then(() => (over = true))
    for (let ms = 0; ms < 600_000; ms += 500) {
      await clock.advance(500)
      if (over) break
    }
    await noted
    return end
  }
  return { clock, link, asked, run }
}

describe('the pack of parameters', () => {
  it.each([0, 1, 26, 300, 1349])('of %i is read whole, and no parameter is asked for by itself', async (count) => {
    const params = table(count)
    const { run, asked, clock, link } = setUp(params, { rttMs: 100 })
    expect(await run()).toEqual({ ok: true, value: listOf(params) })
    expect(new Set(asked)).toEqual(new Set(['FILE_TRANSFER_PROTOCOL']))
    await clock.advance(5000)
    expect([clock.waiting, link.listeners.size]).toEqual([0, 0])
  })

  it('that is taken back ends, its session with it, and the list is not asked for instead', async () => {
    const { run, asked, clock, link } = setUp(table(1349), { rttMs: 400 })
    const stopper = new AbortController()
    clock.after(700, () => stopper.abort())
    expect(await run(stopper.signal)).toEqual({ ok: false, error: { kind: 'cancelled' } })
    await clock.advance(5000)
    expect(new Set(asked)).toEqual(new Set(['FILE_TRANSFER_PROTOCOL']))
    expect([clock.waiting, link.listeners.size]).toEqual([0, 0])
  })

  it.each([0.1, 0.2, 0.3])('is read whole over a link that loses %d of everything', async (lost) => {
    const params = table(900)
    for (let seed = 1; seed <= 10; seed++) {
      const { run, asked } = setUp(params, { lost, doubled: 0.05, late: 0.05, rttMs: 300 }, seed)
      expect(await run()).toEqual({ ok: true, value: listOf(params) })
      expect(asked).not.toContain('PARAM_REQUEST_LIST')
    }
  })

  it.each(['refused', 'silent'] as const)('that is %s gives way to the list, one by one', async (ftp) => {
    const params = table(30)
    const { run, asked } = setUp(params, {}, 1, ftp)
    expect(await run()).toEqual({ ok: true, value: listOf(params) })
    expect(asked).toContain('PARAM_REQUEST_LIST')
  })
})
