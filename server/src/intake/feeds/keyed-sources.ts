import { timingSafeEqual } from 'node:crypto'
import { hashSecret } from '../../access/secrets.ts'
import { createAttemptLimit } from '../../access/attempt-limit.ts'
import type { Clock } from '../../clock.ts'
import type { KeyedSource } from './feed-fields.ts'

/** Devices of a feed with a key each. An address that guesses is not listened to for a while. */
export interface KeyedSources {
  unitOf(source: string): string | undefined
  /** `locked` when this address has failed too often of late. An unknown source and a wrong key look the same. */
  check(peer: string, source: string, key: string): 'good' | 'bad' | 'locked'
}

const TRIES = { tries: 20, windowMs: 60_000 }

export function createKeyedSources(
  list: readonly (Pick<KeyedSource, 'source' | 'keySha256'> & Partial<Pick<KeyedSource, 'unit'>>)[],
  clock: Clock,
): KeyedSources {
  const known = new Map(list.map((one) => [one.source, one]))
  const failures = createAttemptLimit(TRIES, clock)
  const nobody = hashSecret('')
  return {
    unitOf: (source) => known.get(source)?.unit,
    check(peer, source, key) {
      if (failures.waitMs(peer) > 0) return 'locked'
      const expected = known.get(source)
      const same = timingSafeEqual(Buffer.from(hashSecret(key)), Buffer.from(expected?.keySha256 ?? nobody))
      if (expected !== undefined && same) return 'good'
      failures.failed(peer)
      return 'bad'
    },
  }
}

/** User and password of HTTP basic authentication, or null. */
export function basicOf(authorization: string): { user: string; password: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(authorization)?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const at = text.indexOf(':')
  return at < 0 ? null : { user: text.slice(0, at), password: text.slice(at + 1) }
}
