import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { BadOption } from './options.ts'
import { lockDataFolder } from '../../server/src/store/data-lock.ts'
import { dataFolderMustBeFree, dataFolderMustBeWritable, tcpPortMustBeFree } from './preflight.ts'

describe('before anything is started', () => {
  it('makes the data folder with those above it, and takes one that is there', async () => {
    const scratch = await mkdtemp(path.join(os.tmpdir(), 'skerry-preflight-'))
    const folder = path.join(scratch, 'a/b/data')
    await dataFolderMustBeWritable(folder)
    await dataFolderMustBeWritable(folder)
    expect(existsSync(path.join(folder, 'logs'))).toBe(true)
    await rm(scratch, { recursive: true })
  })
  it.skipIf(!existsSync('/proc/self'))('says at once that a folder cannot be made (needs /proc)', async () => {
    await expect(dataFolderMustBeWritable('/proc/skerry-cannot-be-here')).rejects.toThrow(BadOption)
  })
  it('says that a file stands where the folder should be', async () => {
    await expect(dataFolderMustBeWritable(path.join(import.meta.filename, 'data'))).rejects.toThrow(/cannot be written/)
  })
  it('says that another runs on the data folder, and is content when it has ended', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'skerry-preflight-'))
    const giveBack = lockDataFolder(folder)
    expect(() => dataFolderMustBeFree(folder)).toThrow(BadOption)
    giveBack()
    dataFolderMustBeFree(folder)
    lockDataFolder(folder)() // it holds nothing itself
    await rm(folder, { recursive: true })
  })
  it('names a taken port', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expect(tcpPortMustBeFree('127.0.0.1', port)).rejects.toThrow(`TCP port ${port} is taken`)
    other.close()
  })
})
