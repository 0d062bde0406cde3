import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { KEY_BYTES } from './signature.ts'

/** Rights of others than the owner. */
const OTHERS = 0o077

/**
 * Reads a signing key. Throws an Error of one line that never shows what is in the file: missing, readable by others, or
 * not a key.
 * @param form `hex`: 64 digits; `passphrase`: the key is the SHA-256 of the text without its final line break
 */
export function readKeyFile(file: string, form: 'hex' | 'passphrase'): Uint8Array {
  let text: string
  try {
    // Windows has no such rights.
    if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0)
      throw new Error(`${file} may be read by others: chmod 600 it`)
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new Error(`${file} cannot be read: ${String(error.code)}`, { cause: error })
    throw error
  }
  if (form === 'passphrase') {
    if (text.length < 8) throw new Error(`${file} must hold a passphrase of at least 8 characters`)
    return createHash('sha256').update(text).digest()
  }
  const digits = text.trim()
  if (digits.length !== 2 * KEY_BYTES || !/^[0-9a-f]+$/i.test(digits))
    throw new Error(`${file} must hold a key of ${2 * KEY_BYTES} hexadecimal digits`)
  return Buffer.from(digits, 'hex')
}
