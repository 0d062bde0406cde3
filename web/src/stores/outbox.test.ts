import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useOutbox } from './outbox.ts'
import { useSession } from './session.ts'

const sent: string[] = []
let answer: () => Promise<Response>
const done = () => Promise.resolve(new Response(JSON.stringify({ seq: 1, created: [] })))
const problem = (status: number, code: string) =>
  Promise.resolve(new Response(JSON.stringify({ type: 'x', title: 'x', status, code }), { status }))

function open(account = 'lin') {
  setActivePinia(createPinia())
  useSession().settle({ id: 's', role: 'dispatcher', name: 'Lin', account })
  return useOutbox()
}
beforeEach(() => {
  const held = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => held.set(key, value),
  })
  sent.length = 0
  answer = done
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    const { id, text } = JSON.parse(body) as { id: string; text: string }
    sent.push(`${id} ${text}`)
    return answer()
  })
})
afterEach(() => vi.unstubAllGlobals())
const texts = (): string[] => sent.map((one) => one.split(' ')[1]!)

it('keeps what was typed while the line is cut, over a reload, and sends it once it is back, in order, under the same ids', async () => {
  answer = () => Promise.reject(new TypeError('offline'))
  const outbox = open()
  outbox.say('i', 'one', false)
  outbox.say('i', 'two', false)
  await outbox.flush()
  expect(outbox.waiting.map(({ command }) => command.text)).toEqual(['one', 'two'])
  const tried = sent[0]
  sent.length = 0
  answer = done
  const reloaded = open()
  await reloaded.flush()
  expect(texts()).toEqual(['one', 'two'])
  expect(sent[0]).toBe(tried)
  expect(reloaded.waiting).toEqual([])
})
it('passes over what is refused and says why, until it is dropped', async () => {
  answer = () => problem(409, 'room-closed')
  const outbox = open()
  outbox.say('i', 'late', false)
  await vi.waitFor(() => expect(outbox.waiting[0]?.failure).toMatchObject({ code: 'room-closed' }))
  answer = done
  outbox.say('i', 'elsewhere', false)
  await vi.waitFor(() => expect(outbox.waiting).toHaveLength(1))
  outbox.drop(outbox.waiting[0]!.command.id)
  expect(outbox.waiting).toEqual([])
})
it('never sends under another name', async () => {
  answer = () => Promise.reject(new TypeError('offline'))
  open().say('i', 'mine', false)
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  answer = done
  const other = open('chen')
  await other.flush()
  expect([sent.length, other.waiting]).toEqual([1, []])
})
