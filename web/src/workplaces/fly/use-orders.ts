import { shallowRef, watch, type ShallowRef } from 'vue'
import type { CommandDraft } from '../../api/send-command.ts'
import type { Failure } from '../../api/request.ts'
import { useJourneys } from '../../stores/journeys.ts'

type Order = Extract<CommandDraft, { type: 'drone.order' }>['order']

/** Gives orders of one line to one drone and keeps what the server has not answered or has refused. */
export function useOrders<O extends Order>(
  droneId: () => string | null,
): {
  asking: ShallowRef<ReadonlySet<O>>
  failures: ShallowRef<Partial<Record<O, Failure>>>
  give: (order: O) => Promise<void>
} {
  const journeys = useJourneys()
  const asking = shallowRef<ReadonlySet<O>>(new Set())
  const failures = shallowRef<Partial<Record<O, Failure>>>({})
  watch(droneId, () => {
    asking.value = new Set()
    failures.value = {}
  })
  async function give(order: O): Promise<void> {
    const id = droneId()
    if (id === null) return
    asking.value = new Set(asking.value).add(order)
    failures.value = {}
    const answer = await journeys.give({ type: 'drone.order', droneId: id, order })
    if (droneId() !== id) return
    asking.value = new Set([...asking.value].filter((other) => other !== order))
    if (!answer.ok) failures.value = { ...failures.value, [order]: answer.failure }
  }
  return { asking, failures, give }
}
