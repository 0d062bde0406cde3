import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { MadeFeed } from '@skerry/contract'
import { expect, it, onTestFinished } from 'vitest'
import { startTestServer } from './test-server.ts'

const GUIDE = path.resolve(import.meta.dirname, '../../../docs/guides/feeds/counts.md')
const noTools = spawnSync('bash', ['-c', 'command -v curl']).status === 0 ? false : 'bash or curl is not here'

it.skipIf(noTools)(
  'everything in the guide of counts is taken when it is pasted, and answered as it says',
  async () => {
    const server = await startTestServer()
    onTestFinished(() => server.stop())
    const body = { id: 'gates', scopes: ['checkpoints', 'sailings'] }
    const made = await server.send('POST', '/api/feeds', { as: await server.signIn('admin'), body })
    const { token } = (await made.json()) as MadeFeed
    const guide = readFileSync(GUIDE, 'utf8')
    const shell = [...guide.matchAll(/```sh\n([^]+?)```/g)]
      .map((match) => `${match[1]!.trim()}\necho`)
      .join('\n')
      .replace('the-token-of-your-feed', token)
      .replace('http://127.0.0.1:8080', server.url)
    const answers = (await run(shell)).split('\n').filter((line) => line.startsWith('{'))
    const said = [...guide.matchAll(/^Answer: `({.+?})`/gm)].map((match) => match[1]!)
    expect(answers[0]).toMatch(/^{"seq":\d+}$/)
    expect(answers.slice(1)).toEqual(said)
    expect(said).toHaveLength(3)
  },
)

const run = (shell: string): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn('bash', ['-c', shell])
    let output = ''
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
    child.on('close', () => resolve(output))
  })
