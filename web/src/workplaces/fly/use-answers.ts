import { ref, watch } from 'vue'
import type { CommandDraft } from '../../api/send-command.ts'
import type { Failure } from '../../api/request.ts'
import { useJourneys } from '../../stores/journeys.ts'

/** Gives commands from a card, one at a time, and keeps the last refusal until the card is about something else. */
export function useAnswers(subject: () => string | null) {
  const journeys = useJourneys()
  const busy = ref(false)
  const failure = ref<Failure | null>(null)
  watch(subject, () => (failure.value = null))
  async function give(draft: CommandDraft): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = null
    const about = subject()
    const answer = await journeys.give(draft)
    busy.value = false
    if (!answer.ok && subject() === about) failure.value = answer.failure
    return answer.ok
  }
  return { busy, failure, give }
}
