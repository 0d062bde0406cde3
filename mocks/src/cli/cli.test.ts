import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { framesOfDatagram } from '@skerry/mavlink-bridge'
import { describe, expect, it } from 'vitest'
import { parseOptions } from './options.ts'

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url))
function start(args: readonly string[], env: Record<string, string> = {}) {
  const { SKERRY_FEED_TOKEN: _, ...clean } = process.env
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...clean, ...env, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const out = { stdout: '', stderr: '' }
  child.stdout!.on('data', (chunk: Buffer) => void (out.stdout += chunk.toString()))
  child.stderr!.on('data', (chunk: Buffer) => void (out.stderr += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  // A channel that the parent cut never lets 'close' happen.
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  return { child, out, ended, exited }
}

describe('the options', () => {
  it('have defaults', () => {
    const parsed = parseOptions(['city'])
    expect(parsed.kind === 'run' && parsed.options).toMatchObject({
      verb: 'city',
      mavlink: { host: '127.0.0.1', port: 14_550 },
      seed: 1,
      speed: 1,
      drones: 2,
      callAfterS: 20,
    })
  })

  it.each([
    ['no simulator', ['--seed', '1']],
    ['an unknown simulator', ['zeppelin']],
    ['an unknown option', ['city', '--miss-first-pass']],
    ['a speed that is no number', ['city', '--speed', 'fast']],
    ['a speed of nothing', ['city', '--speed', '0']],
    ['a seed with a fraction', ['city', '--seed', '1.5']],
    ['an address without a port', ['drone', '--to', 'localhost']],
    ['a server that is no http address', ['city', '--server', 'ftp://x']],
    ['a place off the earth', ['drone', '--at', '200,95']],
    ['system ids past 250', ['drone', '--count', '10', '--sysid', '245']],
    ['two simulators', ['city', 'drone']],
  ])('refuse %s with one line', (_, args) => {
    const parsed = parseOptions(args)
    expect(parsed.kind).toBe('bad')
    expect(parsed.kind === 'bad' && parsed.message.split('\n')).toHaveLength(1)
  })
})

describe('the command line', () => {
  it('explains itself, and ends bad options with code 2 and one line', async () => {
    const help = start(['--help'])
    const bad = start(['city', '--speed', '-4'])
    expect(await help.ended).toBe(0)
    expect(help.out.stdout).toContain('--print-truth')
    expect(await bad.ended).toBe(2)
    expect(bad.out.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('does not start a feed without a token', async () => {
    const { ended, out } = start(['units'])
    expect(await ended).toBe(1)
    expect(out.stderr).toContain('SKERRY_FEED_TOKEN')
  })

  it('starts drones that report, says that it is ready, and ends on request', async () => {
    const gcs = createSocket('udp4')
    gcs.bind(0, '127.0.0.1')
    await once(gcs, 'listening')
    const ids = new Set<number>()
    const both = new Promise<void>((done) => {
      gcs.on('message', (bytes) => {
        for (const frame of framesOfDatagram(bytes)) ids.add(frame.sys)
        if (ids.size === 2) done()
      })
    })
    const { child, ended } = start(['drone', '--count', '2', '--sysid', '7', '--to', `127.0.0.1:${gcs.address().port}`])
    const [message] = (await once(child, 'message')) as [unknown]
    expect(message).toEqual({ type: 'ready' })
    await both
    expect([...ids].toSorted((a, b) => a - b)).toEqual([7, 8])
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    gcs.close()
  })

  it('ends with its parent, and keeps trying while the server is away', async () => {
    const { child, exited, out } = start(['units', '--server', 'http://127.0.0.1:9'], { SKERRY_FEED_TOKEN: 'x' })
    await once(child, 'message')
    while (!out.stdout.includes('trying again')) await once(child.stdout!, 'data')
    expect(child.exitCode).toBe(null)
    child.disconnect()
    expect(await exited).toBe(0)
  })
})
