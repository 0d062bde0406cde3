import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { SILENCE, planSound, soundsOn } from '../alarms/sound-plan.ts'
import { playTone } from '../alarms/play-tone.ts'
import { usePicture } from './picture.ts'

const MUTE_MS = 10 * 60_000

/** Sound of this workplace: a mute always has an end that is shown. */
export const useSound = defineStore('sound', () => {
  const picture = usePicture()
  const mutedUntilMs = ref<number | null>(null)
  /** The browser held a tone back; someone must touch the page first. */
  const blocked = ref(false)
  let memory = SILENCE

  function mute(nowMs: number): void {
    mutedUntilMs.value = nowMs + MUTE_MS
  }
  function unmute(): void {
    mutedUntilMs.value = null
  }
  async function test(): Promise<void> {
    blocked.value = !(await playTone('notice'))
  }
  /** Called a few times a second while signed in. */
  function tick(nowMs: number): void {
    if (mutedUntilMs.value !== null && nowMs >= mutedUntilMs.value) mutedUntilMs.value = null
    const plan = planSound(picture.alarms.values(), memory, nowMs, mutedUntilMs.value !== null)
    memory = plan.memory
    if (plan.tone !== null)
      void playTone(plan.tone).then((played) => {
        blocked.value = !played
      })
  }
  /** A tone repeats until a seat acknowledges; shown, for a room may be loud and a machine may have no speaker. */
  const sounding = computed(() => mutedUntilMs.value === null && soundsOn(picture.alarms.values()))
  return { mutedUntilMs, blocked, sounding, mute, unmute, test, tick }
})
