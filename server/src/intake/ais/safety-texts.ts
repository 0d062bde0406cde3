import { withoutPersonal, type JournalEntry, type SafetyText } from '@skerry/contract'
import type { Clock } from '../../clock.ts'

/** The same words of the same sender within this time are a repeat: stations send a warning until it is over, ms. */
export const REPEATED_MS = 12 * 3_600_000
/** Different texts of one sender within an hour, and of all, that become entries; what is over stands at the ship only. */
const MOST_OF_ONE = 10
const MOST_OF_ALL = 120
const HOUR_MS = 3_600_000
/** Newest texts kept of one sender, and those of them that are shown. */
const KEPT_OF_ONE = 40
const SHOWN_OF_ONE = 8
/** Whose texts are kept: who said something last. */
const MOST_SENDERS = 2000

/** `new`: no entry says it yet. `too-many`: new, and more than people could read; kept at the ship. */
export type SafetyVerdict = 'new' | 'repeated' | 'too-many' | 'empty'

/** Safety texts (ITU-R M.1371 messages 12 and 14) by who sent them, in memory; entries of the journal bring them back. */
export interface SafetyTexts {
  hear(mmsi: string, said: { to: string | null; text: string }, heardAtMs: number): SafetyVerdict
  /** Whether an entry of the journal says it. */
  isTold(mmsi: string, said: Pick<SafetyText, 'to' | 'text'>): boolean
  /** Of one sender, newest last. */
  of(mmsi: string): readonly SafetyText[]
  follow(entry: Pick<JournalEntry, 'event' | 'atMs'>): void
}

/** Telephone and identity numbers have no place in what is kept, whoever broadcasts them. */
export const wordsOf = (text: string): string => withoutPersonal(text.replace(/\s+/g, ' ').trim()).text

/** Detail of an alarm: what the ship is called, its number, to whom (empty: to all) and the words, which hold no bar. */
export const safetyDetail = (
  ship: string | null,
  mmsi: string,
  { to, text }: Pick<SafetyText, 'to' | 'text'>,
): string => [ship ?? '', mmsi, to ?? '', text].map((part) => part.replaceAll('|', '/')).join('|')

export const safetyKey = ({ to, text }: Pick<SafetyText, 'to' | 'text'>): string => `${to ?? ''} ${text}`

/** `told`: an entry of the journal says it. */
type Kept = SafetyText & { told: boolean }

export function createSafetyTexts(clock: Clock): SafetyTexts {
  const senders = new Map<string, Kept[]>()
  /** When each new text was let through. */
  let told: { mmsi: string; atMs: number }[] = []

  /** Adds a text, or its repeat to what is known of it. */
  function keep(mmsi: string, said: Kept): Kept {
    const texts = senders.get(mmsi) ?? []
    senders.delete(mmsi) // the order of the map is the order of speaking
    const same = texts.find((one) => safetyKey(one) === safetyKey(said) && said.lastAtMs - one.lastAtMs < REPEATED_MS)
    const kept = same ?? said
    kept.lastAtMs = Math.max(kept.lastAtMs, said.lastAtMs)
    kept.told ||= said.told
    const all = same === undefined ? [...texts, said] : texts
    senders.set(mmsi, all.sort((x, y) => x.lastAtMs - y.lastAtMs).slice(-KEPT_OF_ONE))
    const [silent] = senders.keys()
    if (senders.size > MOST_SENDERS && silent !== undefined) senders.delete(silent)
    return kept
  }

  return {
    isTold: (mmsi, said) => senders.get(mmsi)?.findLast((one) => safetyKey(one) === safetyKey(said))?.told ?? false,
    hear(mmsi, { to, text: sent }, heardAtMs) {
      const text = wordsOf(sent)
      if (text === '') return 'empty'
      const kept = keep(mmsi, { to, text, firstAtMs: heardAtMs, lastAtMs: heardAtMs, told: false })
      if (kept.told) return 'repeated'
      const nowMs = clock.nowMs()
      told = told.filter(({ atMs }) => atMs > nowMs - HOUR_MS)
      const own = told.filter((one) => one.mmsi === mmsi).length
      if (own >= MOST_OF_ONE || told.length >= MOST_OF_ALL) return 'too-many'
      told.push({ mmsi, atMs: nowMs })
      return 'new'
    },
    of: (mmsi) =>
      (senders.get(mmsi) ?? [])
        .filter(({ lastAtMs }) => lastAtMs > clock.nowMs() - REPEATED_MS)
        .slice(-SHOWN_OF_ONE)
        .map(({ to, text, firstAtMs, lastAtMs }) => ({ to, text, firstAtMs, lastAtMs })),
    follow({ event, atMs }) {
      if (event.type !== 'alarm.raised' || event.alarm.kind !== 'safety-text') return
      const [, mmsi, to, text] = event.alarm.detail.split('|')
      if (mmsi === undefined || to === undefined || text === undefined || atMs < clock.nowMs() - REPEATED_MS) return
      const saidAtMs = event.alarm.happenedAtMs ?? atMs
      keep(mmsi, { to: to === '' ? null : to, text, firstAtMs: saidAtMs, lastAtMs: saidAtMs, told: true })
    },
  }
}
