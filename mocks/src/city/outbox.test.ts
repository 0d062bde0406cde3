import { describe, expect, it } from 'vitest'
import { createOutbox, type Fetch, type Outbox } from './outbox.ts'

interface Rig {
  box: Outbox
  bodies: unknown[]
  lines: string[]
  waits: number[]
  answer: { status: number; text: string } | 'no'
  /** Lets promises settle, then runs the wait that was asked for last. */
  wake(): Promise<void>
}
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

function rig(most = 500): Rig {
  let pending: (() => void) | null = null
  const bodies: unknown[] = []
  const lines: string[] = []
  const waits: number[] = []
  const fetch: Fetch = (_, init) => {
    if (made.answer === 'no') return Promise.reject(new Error('ECONNREFUSED'))
    const { status, text } = made.answer
    bodies.push(JSON.parse(init.body))
    return Promise.resolve({ status, text: () => Promise.resolve(text) })
  }
  const later = (run: () => void, ms: number): (() => void) => {
    waits.push(ms)
    pending = run
    return () => (pending = null)
  }
  const server = new URL('http://server.test')
  const box = createOutbox({ server, token: 't', fetch, later, rand: () => 0.5, say: (l) => void lines.push(l), most })
  const made: Rig = {
    box,
    bodies,
    lines,
    waits,
    answer: { status: 200, text: '{"ok":true}' },
    async wake() {
      await settle()
      const run = pending
      pending = null
      run?.()
      await settle()
    },
  }
  return made
}
const letter = (n: number) => ({ method: 'POST' as const, path: '/x', body: n })

describe('the way to the server', () => {
  it('sends letters in order, one at a time, and hands back the answer', async () => {
    const r = rig()
    const answers: unknown[] = []
    for (const n of [1, 2, 3]) r.box.post({ ...letter(n), taken: (a) => void answers.push(a) })
    await settle()
    await settle()
    expect(r.bodies).toEqual([1, 2, 3])
    expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }])
    r.box.close()
  })

  it('waits longer and longer while the server is away, says so once, and loses nothing', async () => {
    const r = rig()
    r.answer = 'no'
    r.box.post(letter(1))
    r.box.post(letter(2))
    for (let i = 0; i < 7; i++) await r.wake()
    expect(r.waits.slice(0, 4)).toEqual([500, 1000, 2000, 4000])
    expect(Math.max(...r.waits)).toBe(10_000)
    expect(r.lines).toEqual(['no answer from http://server.test, trying again'])
    r.answer = { status: 200, text: '' }
    await r.wake()
    await settle()
    expect(r.bodies).toEqual([1, 2])
    expect(r.lines.at(-1)).toBe('the server is back')
    r.box.close()
  })

  it('takes a 503 for a server that is away, and drops what is refused with a 4xx, said once', async () => {
    const r = rig()
    r.answer = { status: 503, text: '' }
    r.box.post(letter(1))
    await settle()
    expect(r.box.waiting).toBe(1)
    r.answer = { status: 422, text: '{"code":"bad"}' }
    let lost = 0
    r.box.post({ ...letter(2), lost: () => void lost++ })
    await r.wake()
    await settle()
    expect(r.box.waiting).toBe(0)
    expect(lost).toBe(1)
    expect(r.lines.filter((l) => l.includes('422'))).toHaveLength(1)
    r.box.close()
  })

  it('keeps a bounded number of letters: the oldest go', async () => {
    const r = rig(3)
    r.answer = 'no'
    for (let n = 1; n <= 6; n++) r.box.post(letter(n))
    await settle()
    r.answer = { status: 200, text: '' }
    await r.wake()
    await settle()
    await settle()
    expect(r.box.dropped).toBe(3)
    expect(r.bodies).toEqual([1, 5, 6])
    r.box.close()
  })
})
