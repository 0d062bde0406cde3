import type { Ref } from 'vue'
import { useTimeout } from '@vueuse/core'

/** A person who was about to press sees what has changed and stops within this time, milliseconds [assumption]. */
export const SETTLE_MS = 600

/**
 * Whether a card has been on the screen long enough that a press on it is meant for it. Plans and offers are replaced
 * while somebody looks at them: a finger already on its way would answer for one that nobody has read.
 * Called in the setup of the card, which is made anew for another plan (`:key`).
 */
export function useSettled(ms: number = SETTLE_MS): Readonly<Ref<boolean>> {
  const { ready, start } = useTimeout(ms, { controls: true, immediate: false })
  start()
  return ready
}
