import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AccountRole } from '../../contract/src/access.ts'

export interface DemoSecrets {
  accounts: { account: string; name: string; role: AccountRole; password: string; unitId?: string }[]
  feeds: { id: string; token: string; scopes: string[] }[]
}

const ACCOUNTS: readonly { account: string; name: string; role: AccountRole; unitId?: string }[] = [
  { account: 'dispatcher', name: '值班调度 Lin', role: 'dispatcher' },
  { account: 'coordinator', name: '搜救协调 Chen', role: 'coordinator' },
  { account: 'pilot', name: '飞手 Wang', role: 'pilot' },
  { account: 'pilot2', name: '飞手 Zhou', role: 'pilot' },
  { account: 'unit', name: '普陀-101 车载 Crew', role: 'unit', unitId: 'c101' },
  { account: 'doctor', name: '值班医生 Doctor', role: 'adviser' },
  { account: 'wall', name: '大屏 Wall', role: 'observer' },
  { account: 'admin', name: '管理员 Admin', role: 'admin' },
]

const CITY = 'demo-city'
const SCOPES = ['fixes', 'roster', 'incidents', 'checkpoints', 'sailings', 'reports']

/** Random secrets of this demo, made once and kept in the data folder, readable by its owner alone. */
export async function demoSecrets(dataDir: string): Promise<DemoSecrets> {
  const file = path.join(dataDir, 'demo-secrets.json')
  if (existsSync(file)) {
    const known = JSON.parse(await readFile(file, 'utf8')) as DemoSecrets
    // A folder of an earlier version keeps its secrets; what the city may write is of this one.
    return { ...known, feeds: known.feeds.map((feed) => (feed.id === CITY ? { ...feed, scopes: SCOPES } : feed)) }
  }
  const secret = () => randomBytes(15).toString('base64url')
  const made: DemoSecrets = {
    accounts: ACCOUNTS.map((account) => ({ ...account, password: secret() })),
    feeds: [
      {
        id: CITY,
        token: randomBytes(24).toString('base64url'),
        scopes: SCOPES,
      },
    ],
  }
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 })
  return made
}
