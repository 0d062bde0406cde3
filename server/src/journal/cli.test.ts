import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DEFAULT_RETENTION, type Incident, type LngLat } from '@skerry/contract'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { embeddedFile, openStore } from '../store/open-store.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skerry-journal-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const journal = (...args: string[]) => {
  const cli = path.join(import.meta.dirname, 'cli.ts')
  const node = ['--disable-warning=ExperimentalWarning', cli, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { encoding: 'utf8' })
  return { status, stdout, stderr }
}
const change = (statement: string): void => {
  const db = new DatabaseSync(embeddedFile(dir))
  db.exec(statement)
  db.close()
}

beforeAll(async () => {
  const store = await openStore({ url: `sqlite:${embeddedFile(dir)}`, clock: { nowMs: () => 1 } })
  const actor = { kind: 'system', part: 'test' } as const
  const drafts = Array.from({ length: 1500 }, (_, i) => ({
    atMs: i,
    actor,
    commandId: null,
    incidentId: null,
    event: { type: 'task.flying', taskId: `t${i}` } as const,
  }))
  await store.journal.append(drafts, 0)
  await store.close()
})

it('says that a whole journal is valid, and exports every line of it', () => {
  expect(journal('verify', '--data', dir)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^VALID: 1500 /) })
  const json = journal('verify', '--json', '--data', dir)
  expect(JSON.parse(json.stdout)).toMatchObject({ valid: true, entries: 1500 })
  const lines = journal('export', '--data', dir).stdout.trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(lines.map((_, i) => i + 1))
})

it('finds that the end was cut off when it is told an earlier head', () => {
  const { headHash } = JSON.parse(journal('verify', '--json', '--data', dir).stdout) as { headHash: string }
  expect(journal('verify', '--head', headHash, '--data', dir).status).toBe(0)
  change(`CREATE TABLE kept AS SELECT * FROM journal WHERE seq > 1490; DELETE FROM journal WHERE seq > 1490`)
  expect(journal('verify', '--data', dir).status).toBe(0)
  const cut = journal('verify', '--head', headHash, '--data', dir)
  expect(cut).toMatchObject({ status: 1, stdout: expect.stringMatching(/^BROKEN: .* ends with entry 1490 /) })
  change(`INSERT INTO journal SELECT * FROM kept; DROP TABLE kept`)
  expect(journal('verify', '--head', headHash.toUpperCase(), '--data', dir).status).toBe(0)
})

it('verifies what a purge has left by its seal, and finds an entry that only says that it was purged', async () => {
  const other = mkdtempSync(path.join(tmpdir(), 'skerry-journal-purged-'))
  onTestFinished(() => rmSync(other, { recursive: true, force: true }))
  const store = await openStore({ url: `sqlite:${embeddedFile(other)}`, clock: { nowMs: () => 1 } })
  const actor = { kind: 'system', part: 'test' } as const
  const incident = {
    id: 'i1',
    number: 1,
    source: 'x',
    place: '',
    text: '',
    position: [122, 30],
    closedAtMs: 1,
    subject: null,
  }
  const times = { occurredAtMs: 1, receivedAtMs: 1 }
  await store.past.put([{ incident: { ...incident, ...times } as unknown as Incident, searches: [] }])
  const noted = (text: string) => ({ type: 'incident.noted', incidentId: 'i1', text }) as const
  const of = { atMs: 1, actor, commandId: null, incidentId: 'i1' }
  await store.journal.append(
    [
      { ...of, event: noted('secret') },
      { ...of, event: noted('other') },
    ],
    0,
  )
  const how = { incidentId: 'i1', policy: DEFAULT_RETENTION, actor, atMs: 2, coarse: (at: LngLat) => at }
  await store.purges.purge({ ...how, rules: ['messages'] }, 2)
  await store.close()
  expect(journal('verify', '--data', other)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^VALID: 3 /) })
  expect(journal('export', '--data', other).stdout).not.toContain('secret')
  const db = new DatabaseSync(embeddedFile(other))
  db.exec(`UPDATE journal SET event = replace(event, 'incident.noted', 'incident.closed') WHERE seq = 2`)
  db.close()
  expect(journal('verify', '--data', other)).toMatchObject({
    status: 1,
    stdout: `BROKEN: entry 1 of ${other} says that it was purged, and is not what a purge left: no seal fits\n`,
  })
})

it('names the first bad entry of a journal that was changed', () => {
  change(`UPDATE journal SET event = replace(event, 't1233', 't9999') WHERE seq = 1234`)
  expect(JSON.parse(journal('verify', '--json', '--data', dir).stdout)).toEqual({
    valid: false,
    entries: 1233,
    firstBadSeq: 1234,
    kind: 'hash',
  })
  change(`UPDATE journal SET event = 'no json' WHERE seq = 1200`)
  expect(journal('verify', '--data', dir)).toMatchObject({
    status: 1,
    stdout: `BROKEN: entry 1200 of ${dir} cannot be read any more\n`,
  })
  change(`DELETE FROM journal WHERE seq = 7`)
  const broken = journal('verify', '--data', dir)
  expect(broken).toMatchObject({ status: 1, stdout: `BROKEN: entry 7 of ${dir} is missing\n` })
})

it.each([
  [[]],
  [['frob']],
  [['verify', '--nonsense']],
  [['verify', 'more']],
  [['verify', '--head', 'abc']],
  [['export', '--head', 'a'.repeat(64)]],
  [['verify', '--url', 'mysql://x']],
  [['verify', '--data', 'a', '--url', 'postgres://b']],
  [['verify', '--data', '/nowhere/at/all']],
])('answers %j with one line and code 2', (args) => {
  const { status, stdout, stderr } = journal(...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^journal: [^\n]+\n$/)
})
