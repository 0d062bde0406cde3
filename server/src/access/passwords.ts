import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt with the cost that OWASP names as its minimum (N=2^15, r=8, p=3 needs 32 MB); 32 bytes out. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }
const KEY_BYTES = 32

export interface PasswordHash {
  /** Base64. */
  salt: string
  /** Base64. */
  passwordHash: string
}

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // One password has one form, whichever way the keyboard composed its characters.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return { salt: salt.toString('base64'), passwordHash: key.toString('base64') }
}

export async function passwordFits(password: string, known: PasswordHash): Promise<boolean> {
  const key = await derive(password, Buffer.from(known.salt, 'base64'))
  const expected = Buffer.from(known.passwordHash, 'base64')
  return key.length === expected.length && timingSafeEqual(key, expected)
}
