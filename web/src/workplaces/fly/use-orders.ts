import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Failure } from '../../api/request.ts'
import { useJourneys } from '../../stores/journeys.ts'
import type { PilotOrder } from './order-bar.vue'

/** Gives flight orders to one drone and keeps what the server has not answered or has refused. */
export function useOrders(droneId: () => string | null): {
  asking: ShallowRef<ReadonlySet<PilotOrder>>
  failures: Ref<Partial<Record<PilotOrder, Failure>>>
  give: (order: PilotOrder) => Promise<void>
} {
  const journeys = useJourneys()
  const asking = shallowRef<ReadonlySet<PilotOrder>>(new Set())
  const failures = ref<Partial<Record<PilotOrder, Failure>>>({})
  watch(droneId, () => {
    asking.value = new Set()
    failures.value = {}
  })
  async function give(order: PilotOrder): Promise<void> {
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
