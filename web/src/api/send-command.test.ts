import type { Command } from '@skerry/contract'
import { expect, it } from 'vitest'
import type { Failure } from './request.ts'
import { sendCommand } from './send-command.ts'

const offline: Failure = { kind: 'offline' }

it('asks again under the same id when the answer got lost', async () => {
  const seen: Command[] = []
  const answer = await sendCommand(
    { type: 'alarm.acknowledge', alarmId: 'a1' },
    {
      newId: () => '3f0e7c5a-0000-4000-8000-000000000001',
      wait: async () => undefined,
      post: async (command) => {
        seen.push(command)
        return seen.length < 2 ? { ok: false, failure: offline } : { ok: true, value: { seq: 9, created: [] } }
      },
    },
  )
  expect(answer.ok).toBe(true)
  expect(seen.map((c) => c.id)).toEqual(Array(2).fill('3f0e7c5a-0000-4000-8000-000000000001'))
})
it('does not repeat what the server refused, and gives up in the end', async () => {
  let posts = 0
  const ports = { newId: () => 'x', wait: async () => undefined }
  const refused: Failure = { kind: 'problem', status: 409, code: 'task-taken', detail: null }
  await sendCommand(
    { type: 'alarm.acknowledge', alarmId: 'a1' },
    { ...ports, post: async () => (posts++, { ok: false, failure: refused }) },
  )
  expect(posts).toBe(1)
  const lost = await sendCommand(
    { type: 'alarm.acknowledge', alarmId: 'a1' },
    { ...ports, post: async () => (posts++, { ok: false, failure: offline }) },
  )
  expect(lost).toEqual({ ok: false, failure: offline })
  expect(posts).toBe(4)
})
