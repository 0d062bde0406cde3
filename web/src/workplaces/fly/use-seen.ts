import type { Task } from '@skerry/contract'
import { useDocumentVisibility } from '@vueuse/core'
import { watch } from 'vue'
import { sendCommand } from '../../api/send-command.ts'

/** Tells the coordinator that an offer is on a pilot's screen, once, and only while the screen is in sight. */
export function useSeen(shown: () => Task | null, isPilot: () => boolean): void {
  const visibility = useDocumentVisibility()
  const told = new Set<string>()
  watch(
    [shown, visibility],
    async ([task, seen]) => {
      if (task?.state !== 'offered' || seen !== 'visible' || !isPilot()) return
      const key = `${task.id} ${task.offeredAtMs}`
      if (told.has(key)) return
      told.add(key)
      const answer = await sendCommand({ type: 'task.see', taskId: task.id })
      if (!answer.ok && answer.failure.kind === 'offline') told.delete(key)
    },
    { immediate: true },
  )
}
