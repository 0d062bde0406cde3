import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { storeConformance } from './conformance.ts'
import { countsConformance } from './counts-conformance.ts'
import { retentionConformance } from './retention-conformance.ts'
import { DataFolderError, lockDataFolder } from './data-lock.ts'
import { embeddedFile, openJournalForReading, openStore } from './open-store.ts'

const root = mkdtempSync(path.join(tmpdir(), 'skerry-store-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let next = 0
const folder = (): string => path.join(root, String(next++))
const clock = { nowMs: () => 7 }

storeConformance('embedded SQLite', async () => `sqlite:${embeddedFile(folder())}`)
countsConformance('embedded SQLite', async () => `sqlite:${embeddedFile(folder())}`)
retentionConformance('embedded SQLite', async () => `sqlite:${embeddedFile(folder())}`)

describe('data folder', () => {
  it('belongs to one server at a time, and says so in one line', async () => {
    const dir = folder()
    const url = `sqlite:${embeddedFile(dir)}`
    const first = await openStore({ url, clock })
    await expect(openStore({ url, clock })).rejects.toThrow(`data folder ${dir} is in use by another Skerry server`)
    await first.close()
    const second = await openStore({ url, clock })
    await second.close()
  })

  it('is refused with one line when it cannot be a folder', () => {
    const file = path.join(root, 'a-file')
    writeFileSync(file, '')
    expect(() => lockDataFolder(path.join(file, 'data'))).toThrow(DataFolderError)
  })

  it('can be read beside the server that owns it', async () => {
    const url = `sqlite:${embeddedFile(folder())}`
    const store = await openStore({ url, clock })
    const draft = { atMs: 1, actor: { kind: 'system', part: 't' }, commandId: null, incidentId: null } as const
    await store.journal.append([{ ...draft, event: { type: 'task.flying', taskId: 't1' } }], 0)
    const reader = openJournalForReading(url, clock)
    expect(await reader.journal.read(0, 10)).toHaveLength(1)
    const write = reader.journal.append([{ ...draft, event: { type: 'task.flying', taskId: 't2' } }], 1)
    await expect(write).rejects.toThrow('readonly')
    await reader.close()
    await store.close()
  })
})
