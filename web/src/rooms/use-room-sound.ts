import { watch } from 'vue'
import { playTone } from '../alarms/play-tone.ts'
import { useSound } from '../stores/sound.ts'
import { NOTHING_HEARD, planOfferSound } from '../workplaces/fly/offer-sound.ts'

/** Sounds at once when something in a room asks this seat for an answer, and again while it waits. */
export function useRoomSound(asking: () => readonly string[], nowMs: () => number): void {
  const sound = useSound()
  let memory = NOTHING_HEARD
  watch(
    () => [asking().join(' '), Math.floor(nowMs() / 1000)],
    () => {
      const plan = planOfferSound(asking(), memory, nowMs())
      memory = plan.memory
      if (!plan.ring || sound.mutedUntilMs !== null) return
      void playTone('warning').then((played) => {
        sound.blocked = !played
      })
    },
    { immediate: true },
  )
}
