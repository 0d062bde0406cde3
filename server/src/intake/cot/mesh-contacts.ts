import type { TakControl } from './event.ts'

/** A device whose word on what it reads is older than this is taken to read what it last wrote. */
export const CONTROL_LASTS_MS = 120_000
const MOST_CONTACTS = 2000
const LONGEST_STAY_MS = 10 * 60_000

export type TakVersion = 0 | 1

/** Who is on a network without a server, and which version of the TAK protocol all of them read (protocol.txt). */
export interface MeshContacts {
  /**
   * @param uid of the device
   * @param version in which it wrote; 0 is XML
   * @param lastsMs how long what it said holds; 0 for a word on versions alone
   */
  heard(word: { uid: string; version: TakVersion; control: TakControl | null; lastsMs: number; nowMs: number }): void
  /** The highest version that everybody reads, ourselves too; 0 where there is none. */
  version(nowMs: number): TakVersion
}

interface Contact {
  version: TakVersion
  reads: { min: number; max: number; untilMs: number } | null
  goneMs: number
}

export function createMeshContacts(): MeshContacts {
  const contacts = new Map<string, Contact>()

  return {
    heard({ uid, version, control, lastsMs, nowMs }) {
      const known = contacts.get(uid)
      const { min, max } = control ?? { min: 0, max: 0 }
      const reads = control === null ? (known?.reads ?? null) : { min, max, untilMs: nowMs + CONTROL_LASTS_MS }
      const stays = Math.max(CONTROL_LASTS_MS, Math.min(LONGEST_STAY_MS, lastsMs))
      contacts.delete(uid)
      contacts.set(uid, { version, reads, goneMs: Math.max(known?.goneMs ?? 0, nowMs + stays) })
      const [oldest] = contacts.keys()
      if (contacts.size > MOST_CONTACTS && oldest !== undefined) contacts.delete(oldest)
    },
    version(nowMs) {
      let all = true
      for (const [uid, { version, reads, goneMs }] of contacts) {
        if (goneMs < nowMs) contacts.delete(uid)
        else if (reads === null || reads.untilMs < nowMs) all &&= version === 1
        else all &&= reads.min <= 1 && reads.max >= 1
      }
      return all ? 1 : 0
    },
  }
}
