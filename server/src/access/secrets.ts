import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits that are given away once and kept only as a hash. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256, hex. Enough for secrets of 256 random bits; passwords go through scrypt. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares in a time that does not depend on where the two differ. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(expected)))
}
