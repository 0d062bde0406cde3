import type { PastStore } from '../store/past.ts'

const HOUR_MS = 3_600_000
/** Windows that are kept: consoles choose among four, and two of an hour meet where it turns. */
const MOST_WINDOWS = 8

/**
 * Where past incidents happened, as the JSON text of `PastPlaces`: every console asks for it at the same moment, when
 * incidents leave the picture, so it is read and written once for all of them until something is put into the archive.
 * @param most places in one answer, the newest
 * @returns takes epoch ms and answers for the whole hour that they lie in and after; the asker leaves out what is too old
 */
export function keptPlaces(
  past: Pick<PastStore, 'places' | 'changes'>,
  most: number,
): (fromMs: number) => Promise<string> {
  /** By the hour, the longest asked for first. */
  const texts = new Map<number, { changes: number; text: Promise<string> }>()

  return (fromMs) => {
    const hour = Math.floor(fromMs / HOUR_MS)
    const changes = past.changes()
    const known = texts.get(hour)
    if (known?.changes === changes) return known.text
    const text = past.places(hour * HOUR_MS, most).then((places) => JSON.stringify(places))
    texts.delete(hour)
    texts.set(hour, { changes, text })
    for (const old of [...texts.keys()].slice(0, -MOST_WINDOWS)) texts.delete(old)
    text.catch(() => {
      if (texts.get(hour)?.text === text) texts.delete(hour) // the next one asks again
    })
    return text
  }
}
