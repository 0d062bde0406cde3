import type { Update } from '@skerry/contract'

export interface Taken {
  /** Updates to apply, contiguous from the one after `lastSeq`. */
  apply: Update[]
  /** Something is missing between what is held and what came: ask for a resume. */
  gap: boolean
}

/** Sorts out what came against what is held: nothing twice, nothing skipped. */
export function takeUpdates(lastSeq: number, came: readonly Update[]): Taken {
  const apply: Update[] = []
  let seq = lastSeq
  for (const update of came) {
    if (update.seq <= seq) continue
    if (update.seq !== seq + 1) return { apply, gap: true }
    apply.push(update)
    seq = update.seq
  }
  return { apply, gap: false }
}
