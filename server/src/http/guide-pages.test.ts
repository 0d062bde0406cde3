import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { MadeFeed } from '@skerry/contract'
import { expect, it, onTestFinished } from 'vitest'
import { startTestServer } from './test-server.ts'

const GUIDES = path.resolve(import.meta.dirname, '../../../docs/guides/feeds')
const noTools = spawnSync('bash', ['-c', 'command -v curl']).status === 0 ? false : 'bash or curl is not here'

it.skipIf(noTools).each([
  { page: 'counts.md', scopes: ['checkpoints', 'sailings'], answers: 3 },
  { page: 'positions.md', scopes: ['roster', 'fixes', 'reports'], answers: 1 },
])('everything in $page is taken when it is pasted, and answered as it says', async ({ page, scopes, answers }) => {
  const server = await startTestServer()
  onTestFinished(() => server.stop())
  const made = await server.send('POST', '/api/feeds', {
    as: await server.signIn('admin'),
    body: { id: 'own', scopes },
  })
  const { token } = (await made.json()) as MadeFeed
  const guide = readFileSync(path.join(GUIDES, page), 'utf8')
  const shell = [...guide.matchAll(/```sh\n([^]+?)```/g)]
    .map((match) => `${match[1]!.trim()}\necho`)
    .join('\n')
    .replace('the-token-of-your-feed', token)
    .replace('http://127.0.0.1:8080', server.url)
  const given = (await run(shell)).split('\n').filter((line) => line.startsWith('{'))
  const said = [...guide.matchAll(/^Answer: `({.+?})`/gm)].map((match) => match[1]!)
  expect(given[0]).toMatch(/^{"seq":\d+}$/)
  expect(given.slice(1)).toEqual(said)
  expect(said).toHaveLength(answers)
})

const run = (shell: string): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn('bash', ['-c', shell])
    let output = ''
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
    child.on('close', () => resolve(output))
  })
