import type { Sailing } from '@skerry/contract'
import type { Translate } from '../i18n/words.ts'

/** From so many minutes on a boat is late. */
export const LATE_FROM_MIN = 10

export const isLate = ({ delayMin, state }: Pick<Sailing, 'delayMin' | 'state'>): boolean =>
  state !== 'cancelled' && delayMin !== null && delayMin >= LATE_FROM_MIN

/** Something is not as the timetable says, or nobody knows. */
export const isTrouble = (sailing: Sailing): boolean =>
  sailing.state === 'cancelled' || sailing.state === 'unknown' || isLate(sailing)

/** Delay in words; null where nobody knows, and for what was cancelled nothing is left to be late. */
export function delayText({ delayMin, state }: Sailing, t: Translate): string | null {
  if (state === 'cancelled') return ''
  if (delayMin === null) return state === 'scheduled' ? '' : null
  return delayMin < 1 ? t('checkpoint.sailing.onTime') : t('checkpoint.sailing.late', { n: delayMin })
}

/** `120 / 300`; what a boat holds may be unknown. */
export function loadText(load: number | null, holds: number | null, t: Translate): string | null {
  if (load === null) return null
  return holds === null
    ? t('checkpoint.sailing.loadUnknown', { n: load })
    : t('checkpoint.sailing.load', { n: load, of: holds })
}

export interface SailingCounts {
  cancelled: number
  late: number
  unknown: number
}
export const countSailings = (sailings: Iterable<Sailing>): SailingCounts => {
  const counts = { cancelled: 0, late: 0, unknown: 0 }
  for (const sailing of sailings) {
    if (sailing.state === 'cancelled') counts.cancelled++
    else if (sailing.state === 'unknown') counts.unknown++
    else if (isLate(sailing) && sailing.state !== 'arrived') counts.late++
  }
  return counts
}
