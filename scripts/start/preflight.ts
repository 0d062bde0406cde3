import { createSocket } from 'node:dgram'
import { existsSync } from 'node:fs'
import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { DataFolderError, lockDataFolder } from '../../server/src/store/data-lock.ts'
import { BadOption } from './options.ts'

/** @throws BadOption when nothing can listen on the TCP port */
export function tcpPortMustBeFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => reject(new BadOption(inWords('TCP', host, port, error))))
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

/** @throws BadOption when nothing can listen on the UDP port */
export function udpPortMustBeFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createSocket('udp4')
    probe.once('error', (error: NodeJS.ErrnoException) => {
      probe.close()
      reject(new BadOption(inWords('UDP', host, port, error)))
    })
    probe.bind({ port, address: host, exclusive: true }, () => probe.close(() => resolve()))
  })
}

function inWords(protocol: string, host: string, port: number, error: NodeJS.ErrnoException): string {
  const option = protocol === 'TCP' ? '--port' : '--mavlink-udp'
  if (error.code === 'EADDRINUSE')
    return `${protocol} port ${port} is taken; stop what uses it or choose another with ${option}`
  if (error.code === 'EACCES')
    return `${protocol} port ${port} may not be opened by this user; choose one above 1023 with ${option}`
  return `cannot listen on ${protocol} ${host}:${port}: ${error.message}`
}

/** @throws BadOption with the option's name when the file is not there or may not be read */
export async function fileMustBeReadable(option: string, file: string): Promise<void> {
  try {
    await access(file, constants.R_OK)
  } catch (error) {
    throw new BadOption(
      `${option}: ${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}`,
    )
  }
}

/** Makes the data folder and proves that files can be written there. @throws BadOption */
export async function dataFolderMustBeWritable(dataDir: string): Promise<void> {
  try {
    await makeFolder(path.join(dataDir, 'logs'))
    await access(dataDir, constants.W_OK)
    const probe = path.join(dataDir, `.write-test-${process.pid}`)
    await writeFile(probe, 'x')
    await rm(probe)
  } catch (error) {
    throw new BadOption(`the data folder ${dataDir} cannot be written: ${(error as Error).message}`)
  }
}

/**
 * Nobody else may be running on this data folder; looked at before anything there is written, so that the logs and
 * process ids of the one that runs stay its own. The server takes the lock itself, later and for good.
 * @throws BadOption
 */
export function dataFolderMustBeFree(dataDir: string): void {
  try {
    lockDataFolder(dataDir)()
  } catch (error) {
    if (!(error instanceof DataFolderError)) throw error
    throw new BadOption(`${error.message}; stop it or choose another with --data`)
  }
}

/**
 * Makes a folder and those above it. Not by `mkdir` with `recursive`: on file systems that cannot hold folders
 * (`/proc`) that one never comes back.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    const above = path.dirname(folder)
    if (code !== 'ENOENT' || existsSync(above)) throw error
    await makeFolder(above)
    await mkdir(folder, { mode: 0o700 })
  }
}
