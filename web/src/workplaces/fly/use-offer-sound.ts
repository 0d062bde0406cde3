import { ref, watch, type Ref } from 'vue'
import { playTone } from '../../alarms/play-tone.ts'
import { useSound } from '../../stores/sound.ts'
import { NOTHING_HEARD, planOfferSound } from './offer-sound.ts'

/** Sounds at once when a task is offered, and again while it waits. Gives the id of the offer that sounded last. */
export function useOfferSound(waiting: () => readonly string[], nowMs: () => number): Ref<string | null> {
  const sound = useSound()
  const rang = ref<string | null>(null)
  let memory = NOTHING_HEARD
  watch(
    () => [waiting().join(' '), Math.floor(nowMs() / 1000)],
    () => {
      const plan = planOfferSound(waiting(), memory, nowMs())
      memory = plan.memory
      if (!plan.ring || sound.mutedUntilMs !== null) return
      const newest = waiting().at(-1) ?? null
      void playTone('warning').then((played) => {
        sound.blocked = !played
        if (played) rang.value = newest
        // Held back by the browser: sound again as soon as someone has touched the page.
        else memory = NOTHING_HEARD
      })
    },
    { immediate: true },
  )
  return rang
}
