import type { LngLat } from '@skerry/contract'
import { computed, watch } from 'vue'
import type { Scene } from '../../map/scene.ts'
import { usePicture } from '../../stores/picture.ts'
import { useSettings } from '../../stores/settings.ts'
import { useAfterPaint } from './after-paint.ts'
import { useAim } from './use-aim.ts'
import type { Fly } from './use-fly.ts'
import { useFenceLayer } from './use-fence-layer.ts'
import { useFlyLayers } from './use-fly-layers.ts'

const TRACK_UP = 'fly.trackUp'

/** What the pilot's map shows and where it looks. */
export function useFlyMap(scene: Scene, { droneId, status, work: now, lookedAt, fence }: Fly) {
  const picture = usePicture()
  const settings = useSettings()
  const work = useAfterPaint(() => now.value)
  const trackUp = computed(() => settings.isOn(TRACK_UP, false))
  const shown = computed(() => [work.value.flight, work.value.next].filter((task) => task !== null))
  const taskPlaces = computed<LngLat[]>(() => {
    const task = work.value.next ?? work.value.flight
    if (task === null) return []
    const at = status.value?.home?.lngLat ?? status.value?.position?.lngLat
    return at === undefined ? task.area : [...task.area, at]
  })
  const { aim, zoomBy } = useAim(scene, {
    status: () => status.value,
    taskPlaces: () => taskPlaces.value,
    trackUp: () => trackUp.value,
  })
  // An offer and its checklist are about the whole task; a flight is about the aircraft.
  watch(
    [droneId, () => work.value.next?.id, () => work.value.flight?.id],
    ([id, nextId]) => {
      scene.selected.value = id === null ? null : { kind: 'drone', id }
      aim.value = nextId === undefined ? 'drone' : 'task'
    },
    { immediate: true },
  )
  const candidates = computed(() =>
    shown.value.flatMap(({ candidateId }) => picture.candidates.get(candidateId ?? '') ?? []),
  )
  useFenceLayer(scene, () => fence.value?.transfer?.plan ?? fence.value?.plan ?? null)
  useFlyLayers(scene, {
    status: () => status.value,
    tasks: () => shown.value,
    selectedTask: () => work.value.next?.id ?? null,
    flight: () => work.value.flight,
    candidates: () => candidates.value,
    lookAt: () => lookedAt.value,
    sites: () => [...picture.sites.values()],
  })
  return {
    aim,
    zoomBy,
    trackUp,
    turnTrackUp: (on: boolean): void => settings.turn(TRACK_UP, on),
    candidates,
    hasTask: computed(() => taskPlaces.value.length > 0),
  }
}
