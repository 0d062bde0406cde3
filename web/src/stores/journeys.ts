import type { CommandDone } from '@skerry/contract'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { sendCommand, type CommandDraft } from '../api/send-command.ts'
import type { Failure, Result } from '../api/request.ts'

/** How one command of this screen fares: sent, accepted, or refused and why. */
export interface Journey {
  key: number
  type: CommandDraft['type']
  state: 'sent' | 'accepted' | 'refused'
  failure: Failure | null
}

const KEPT = 20

/** Journeys of the commands given at this screen, newest last. */
export const useJourneys = defineStore('journeys', () => {
  const journeys = shallowRef<readonly Journey[]>([])
  let next = 1

  /** Sends a command and shows its journey; the answer is also returned. */
  async function give(draft: CommandDraft): Promise<Result<CommandDone>> {
    const key = next++
    put({ key, type: draft.type, state: 'sent', failure: null })
    const answer = await sendCommand(draft)
    put({
      key,
      type: draft.type,
      state: answer.ok ? 'accepted' : 'refused',
      failure: answer.ok ? null : answer.failure,
    })
    return answer
  }

  function put(journey: Journey): void {
    const others = journeys.value.filter((j) => j.key !== journey.key)
    journeys.value = [...others, journey].sort((a, b) => a.key - b.key).slice(-KEPT)
  }

  return { journeys, latest: computed(() => journeys.value.at(-1) ?? null), give }
})
