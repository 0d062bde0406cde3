import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Why a data folder cannot be used, in one line for the person who starts the server. */
export class DataFolderError extends Error {}

/**
 * Takes a data folder for this process. The lock is the operating system's own, held through an open SQLite
 * transaction: it ends with the process however that ends, so nothing stale is ever left behind.
 * @returns how to give it back
 * @throws DataFolderError when another process holds it, or it cannot be written
 */
export function lockDataFolder(dir: string): () => void {
  let lock: DatabaseSync | null = null
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    lock = new DatabaseSync(path.join(dir, 'lock.db'), { timeout: 0 })
    lock.exec('PRAGMA locking_mode = NORMAL')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    const { message, errcode } = error as Error & { errcode?: number }
    const busy = errcode !== undefined && (errcode & 0xff) === 5
    throw new DataFolderError(
      busy ? `data folder ${dir} is in use by another Skerry server` : `data folder ${dir} cannot be used: ${message}`,
    )
  }
  const held = lock
  return () => held.close()
}
