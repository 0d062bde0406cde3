import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { freeUdpPort, isRunning, root, startSkerry } from './support/skerry.ts'

const start = (...args: string[]) =>
  spawnSync('npm', ['start', '--silent', '--', ...args], { cwd: root, encoding: 'utf8', timeout: 60_000 })

test.describe('npm start', () => {
  test('documents its options', () => {
    const run = start('--help')
    expect(run.status).toBe(0)
    for (const option of ['--live', '--data', '--port', '--mavlink-udp', '--seed', '--speed'])
      expect(run.stdout).toContain(option)
  })

  test('ends with one clear line and a non-zero code on a bad option', () => {
    const run = start('--port', 'eighty')
    expect(run.status).not.toBe(0)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
    expect(run.stderr).toContain('--port must be a whole number')
  })

  test('ends with one clear line when its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const run = start('--port', String(port), '--mavlink-udp', `127.0.0.1:${await freeUdpPort()}`)
    other.close()
    expect(run.status).not.toBe(0)
    expect(run.stderr.trim()).toBe(`TCP port ${port} is taken; stop what uses it or choose another with --port`)
  })

  test('ends with one clear line when the data folder cannot be written', () => {
    const run = start('--data', '/proc/skerry-cannot-be-here')
    expect(run.status).not.toBe(0)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
    expect(run.stderr).toContain('cannot be written')
  })

  test('stops every process on Ctrl-C, and is up again on the same data within five seconds', async () => {
    const first = await startSkerry()
    const pids = await Promise.all(['server', 'bridge', 'mocks'].map((part) => first.pid(part)))
    expect(pids.every(isRunning)).toBe(true)
    await first.stop()
    expect(pids.filter(isRunning)).toEqual([])

    const before = process.hrtime.bigint()
    const second = await startSkerry({ dataDir: first.dataDir })
    const seconds = Number(process.hrtime.bigint() - before) / 1e9
    console.log(`second start: ${seconds.toFixed(2)} s`)
    expect(second.signIn).toEqual(
      new Map([...first.signIn].map(([who, link]) => [who, link.replace(first.url, second.url)])),
    )
    await second.dispose()
  })

  test('leaves nothing behind when it is killed without a chance to clean up', async () => {
    const skerry = await startSkerry()
    const pids = await Promise.all(['server', 'bridge', 'mocks'].map((part) => skerry.pid(part)))
    const supervisors = spawnSync('pgrep', ['-f', `scripts/start.ts --data ${skerry.dataDir}`], { encoding: 'utf8' })
    for (const pid of supervisors.stdout.trim().split('\n')) process.kill(Number(pid), 'SIGKILL')
    await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([])
    await skerry.dispose()
  })
})

test('npm run refuses an unknown stage of the tests', () => {
  const run = spawnSync('npm', ['test', '--silent', '--', '--only', 'nonsense'], { cwd: root, encoding: 'utf8' })
  expect(run.status).toBe(2)
  expect(run.stderr).toContain('there is no stage "nonsense"')
})
