import type { Task } from '@skerry/contract'
import type { Translate } from '../i18n/words.ts'

/** When a task may take off, counted from the first drone of its cut; null where it need not wait. */
export function startAfterText({ startAfterS }: Pick<Task, 'startAfterS'>, t: Translate): string | null {
  if (startAfterS === null) return t('search.task.startLast')
  if (startAfterS === undefined || startAfterS === 0) return null
  // Never rounded down: who starts early is where another one climbs.
  const seconds = Math.ceil(startAfterS)
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return t('search.task.startAfter', { time })
}
