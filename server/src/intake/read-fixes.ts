import { FixReport, type FixBatch, type FixBatchResult } from '@skerry/contract'

export interface ReadFixes {
  good: FixReport[]
  /** Where each good fix stood in the batch. */
  indexOf: number[]
  malformed: FixBatchResult['refused']
}

/** Tells the fixes of a batch that can be judged from those that are none, each of which is refused by itself. */
export function readFixes(batch: FixBatch): ReadFixes {
  const read: ReadFixes = { good: [], indexOf: [], malformed: [] }
  batch.fixes.forEach((given, index) => {
    const fix = FixReport.safeParse(given)
    if (fix.success) {
      read.good.push(fix.data)
      read.indexOf.push(index)
      return
    }
    const [first] = fix.error.issues
    const field = first === undefined || first.path.length === 0 ? 'fix' : first.path.map(String).join('.')
    read.malformed.push({ index, reason: 'malformed', detail: `${field}: ${first?.message ?? 'does not fit'}` })
  })
  return read
}
