import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Seat, Snapshot } from '@skerry/contract'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

const root = mkdtempSync(path.join(tmpdir(), 'skerry-main-'))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function start(env: Record<string, string>): { child: ChildProcess; err: () => string } {
  const child = fork(path.join(import.meta.dirname, 'main.ts'), [], {
    silent: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { PATH: process.env['PATH'] ?? '', SKERRY_PORT: '0', SKERRY_BRIDGE_TOKEN: 'a-bridge-token-for-tests', ...env },
  })
  children.push(child)
  let err = ''
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.stdout!.resume()
  return { child, err: () => err }
}
const ready = async (child: ChildProcess) => (await once(child, 'message'))[0] as { port: number; enrolUrl?: string }
const ended = async (child: ChildProcess): Promise<number | string> => {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return code ?? signal ?? 'unknown'
}
const post = (port: number, where: string, body: unknown, cookie = '') =>
  fetch(`http://127.0.0.1:${port}${where}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })

describe('the server process', () => {
  it('enrols the first administrator once, and after kill -9 has everything that it acknowledged', async () => {
    const data = path.join(root, 'first')
    const first = start({ SKERRY_DATA: data })
    const { port, enrolUrl } = await ready(first.child)
    const secret = new URL(enrolUrl!.replace('/#/', '/')).searchParams.get('secret')
    const me = { account: 'boss', password: 'a long enough password' }
    const enrol = { secret, name: '管理员', ...me }
    const both = await Promise.all([
      post(port, '/api/enrol', enrol),
      post(port, '/api/enrol', { ...enrol, account: 'second' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 403])
    const account = both[0]!.status === 201 ? 'boss' : 'second'
    const signIn = await post(port, '/api/session', { ...me, account })
    const seat = (await signIn.json()) as Seat
    const cookie = signIn.headers.get('set-cookie')!.split(';')[0]!
    const coordinator = { account: 'chen', name: '陈', role: 'coordinator', password: 'another long password' }
    expect((await post(port, '/api/accounts', coordinator, cookie)).status).toBe(201)
    first.child.kill('SIGKILL')
    expect(await ended(first.child)).toBe('SIGKILL')

    const second = start({ SKERRY_DATA: data })
    const again = await ready(second.child)
    expect(again.enrolUrl).toBeUndefined()
    const get = (where: string) => fetch(`http://127.0.0.1:${again.port}${where}`, { headers: { cookie } })
    expect(await (await get('/api/session')).json()).toEqual(seat)
    expect(((await (await get('/api/picture')).json()) as Snapshot).seq).toBe(6)
    const types = ((await (await get('/api/journal')).json()) as { event: { type: string } }[]).map(
      ({ event }) => event.type,
    )
    expect(types).toEqual([
      'server.started',
      'dictionary.declared',
      'account.created',
      'seat.signed-in',
      'account.created',
      'server.started',
    ])
    second.child.kill('SIGTERM')
    expect(await ended(second.child)).toBe(0)
  })
  it('ends when the process that started it has gone', async () => {
    const { child } = start({ SKERRY_DATA: path.join(root, 'orphan') })
    await ready(child)
    child.disconnect()
    expect(await ended(child)).toBe(0)
  })
  it('says in one line that its port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as { port: number }
    const { child, err } = start({ SKERRY_DATA: path.join(root, 'port'), SKERRY_PORT: String(port) })
    expect(await ended(child)).toBe(1)
    expect(err()).toBe(`TCP port ${port} on 127.0.0.1 is taken\n`)
    holder.close()
  })
  it('says in one line that its data folder is taken', async () => {
    const env = { SKERRY_DATA: path.join(root, 'shared') }
    await ready(start(env).child)
    const { child, err } = start(env)
    expect(await ended(child)).toBe(1)
    expect(err()).toBe(`data folder ${env.SKERRY_DATA} is in use by another Skerry server\n`)
  })
  it('says in one line what setting is missing', async () => {
    const { child, err } = start({ SKERRY_BRIDGE_TOKEN: '' })
    expect(await ended(child)).toBe(2)
    expect(err()).toMatch(/^SKERRY_BRIDGE_TOKEN [^\n]+\n$/)
  })
})
