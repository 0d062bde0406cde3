import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const LEAST = 32

/** A secret in a file of its own. @throws Error of one line when others may read it, or it is too short */
export function secretIn(file: string, least = LEAST): string {
  const { mode } = statSync(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${file} may be read by others: chmod 600 ${file}`)
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < least) throw new Error(`${file} must hold at least ${least} characters`)
  return secret
}

/** @throws Error of one line that names the field */
export function readSecret(field: string, file: string, folder: string, least = LEAST): string {
  try {
    return secretIn(path.resolve(folder, file), least)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(`${field}: ${code === undefined ? message : `${file} cannot be read: ${code}`}`, { cause: error })
  }
}
