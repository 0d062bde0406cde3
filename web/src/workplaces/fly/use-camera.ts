import type { CameraWish, LngLat } from '@skerry/contract'
import { ref, watch, type Ref } from 'vue'
import type { Failure } from '../../api/request.ts'
import { useJourneys } from '../../stores/journeys.ts'

/** Tells gimbal and camera of one drone what is wanted. While `picking`, the next touch of the map is the place to look at. */
export function useCamera(droneId: () => string | null): {
  picking: Ref<boolean>
  /** Turns picking on or off; a gimbal is named where the pilot chose one of several. */
  pick: (on: boolean, gimbal: string | null) => void
  asking: Ref<boolean>
  failure: Ref<Failure | null>
  give: (wish: CameraWish) => Promise<void>
  place: (at: LngLat) => void
} {
  const journeys = useJourneys()
  const picking = ref(false)
  const gimbal = ref<string | null>(null)
  const asking = ref(false)
  const failure = ref<Failure | null>(null)
  watch(droneId, () => {
    picking.value = false
    asking.value = false
    failure.value = null
  })
  async function give(wish: CameraWish): Promise<void> {
    const id = droneId()
    if (id === null) return
    picking.value = false
    asking.value = true
    failure.value = null
    const answer = await journeys.give({ type: 'drone.camera', droneId: id, wish })
    if (droneId() !== id) return
    asking.value = false
    if (!answer.ok) failure.value = answer.failure
  }
  return {
    picking,
    pick(on, named) {
      picking.value = on
      gimbal.value = named
    },
    asking,
    failure,
    give,
    place: (at) => {
      const named = gimbal.value === null ? {} : { gimbal: gimbal.value }
      if (picking.value) void give({ do: 'look-at', position: at, ...named })
    },
  }
}
