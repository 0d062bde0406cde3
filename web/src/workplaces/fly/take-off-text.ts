import type { TakeOffWait } from '@skerry/contract'
import type { Translate } from '../../i18n/words.ts'

/** What a take-off waits for, in words; null where it may go. */
export function takeOffText({ kind, untilMs, behind }: TakeOffWait, nowMs: number, t: Translate): string | null {
  const named = { drone: behind?.droneId ?? t('common.unknown'), task: behind?.number ?? '–' }
  switch (kind) {
    case 'clear':
      return null
    case 'goes-first':
      return t('fly.wait.goesFirst', named)
    case 'until-down':
      return t('fly.wait.untilDown', named)
    case 'apart': {
      // Never rounded down: who starts early is where another one flies.
      const seconds = Math.max(0, Math.ceil(((untilMs ?? nowMs) - nowMs) / 1000))
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
      return t('fly.wait.apart', { ...named, time })
    }
  }
}
