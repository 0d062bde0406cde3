import type { FrameSigner } from '../encode.ts'
import { checkedKey, writeSignature } from './signature.ts'
import type { SigningClock } from './signing-clock.ts'

/**
 * Signs frames of one link.
 * @param key 32 bytes
 * @param linkId 0..255, different for each link that shares the key: streams are told apart by it
 * @param clock the one clock of this key
 */
export function createSigner(key: Uint8Array, linkId: number, clock: SigningClock): FrameSigner {
  const secret = checkedKey(key)
  if (!Number.isInteger(linkId) || linkId < 0 || linkId > 255) throw new TypeError('link id must be 0..255')
  return { sign: (frame) => writeSignature(secret, linkId, clock.next(), frame) }
}
