import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Role } from '../../contract/src/access.ts'

export interface DemoSecrets {
  accounts: { account: string; name: string; role: Role; password: string }[]
  feeds: { id: string; token: string; scopes: string[] }[]
}

const ACCOUNTS: readonly { account: string; name: string; role: Role }[] = [
  { account: 'dispatcher', name: '值班调度 Lin', role: 'dispatcher' },
  { account: 'coordinator', name: '搜救协调 Chen', role: 'coordinator' },
  { account: 'pilot', name: '飞手 Wang', role: 'pilot' },
  { account: 'pilot2', name: '飞手 Zhou', role: 'pilot' },
  { account: 'wall', name: '大屏 Wall', role: 'observer' },
  { account: 'admin', name: '管理员 Admin', role: 'admin' },
]

/** Random secrets of this demo, made once and kept in the data folder, readable by its owner alone. */
export async function demoSecrets(dataDir: string): Promise<DemoSecrets> {
  const file = path.join(dataDir, 'demo-secrets.json')
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as DemoSecrets
  const secret = () => randomBytes(15).toString('base64url')
  const made: DemoSecrets = {
    accounts: ACCOUNTS.map((account) => ({ ...account, password: secret() })),
    feeds: [
      {
        id: 'demo-city',
        token: randomBytes(24).toString('base64url'),
        scopes: ['fixes', 'roster', 'incidents', 'checkpoints', 'reports'],
      },
    ],
  }
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 })
  return made
}
