import { COMMAND_ROLES, type Incident, type LngLat, type Unit } from '@skerry/contract'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { CommandDraft } from '../../api/send-command.ts'
import { useLive } from '../../feed/provide-feed.ts'
import type { Scene } from '../../map/scene.ts'
import { useDictionary } from '../../stores/dictionary.ts'
import { useFeed } from '../../stores/feed.ts'
import { useJourneys } from '../../stores/journeys.ts'
import { usePicture } from '../../stores/picture.ts'
import { useSession } from '../../stores/session.ts'
import { nearestUnits, type NearUnit } from './nearest-units.ts'
import { matches, moveIn, orderQueue } from './queue.ts'

/** How close the map comes to an incident whose room is opened. */
const ROOM_ZOOM = 12
/** The list of units is ordered again this often, ms: rows must not run away from under a finger. */
const REORDER_MS = 5000

/** State of a dispatch desk: what is looked for, marked, open and being reported, and what that does. */
export interface Desk {
  query: Ref<string>
  queue: ComputedRef<Incident[]>
  cursorId: Ref<string | null>
  openId: ComputedRef<string | null>
  open: ComputedRef<Incident | null>
  near: ComputedRef<NearUnit[]>
  reporting: Ref<boolean>
  /** The place or the text of the open incident is being corrected. */
  correcting: Ref<boolean>
  busy: Ref<boolean>
  placed: ShallowRef<LngLat | null>
  may: (type: keyof typeof COMMAND_ROLES) => boolean
  openIncident: (id: string) => void
  move: (step: number) => void
  startReport: () => void
  startCorrection: () => void
  report: (draft: CommandDraft) => Promise<void>
}

export function useDesk(scene: Scene): Desk {
  const route = useRoute()
  const router = useRouter()
  const picture = usePicture()
  const feed = useFeed()
  const { dictionary, categoryName, levelName } = useDictionary()
  const journeys = useJourneys()
  const session = useSession()
  const { movers } = useLive()

  const query = ref('')
  const cursorId = ref<string | null>(null)
  const reporting = ref(false)
  const correcting = ref(false)
  const busy = ref(false)
  const placed = shallowRef<LngLat | null>(null)

  const openId = computed(() => {
    const id = route.params['incidentId']
    return typeof id === 'string' && id !== '' ? id : null
  })
  const open = computed(() => (openId.value === null ? null : (picture.incidents.get(openId.value) ?? null)))
  const searchable = (incident: Incident): string =>
    `#${incident.number} ${incident.place} ${incident.text} ${categoryName(incident)} ${levelName(incident)}`
  const queue = computed(() =>
    orderQueue(picture.incidents.values(), dictionary.value).filter((incident) =>
      matches(query.value, searchable(incident)),
    ),
  )
  const reorderedAtMs = computed(() => Math.floor(feed.serverNowMs / REORDER_MS) * REORDER_MS)
  const near = computed(() => {
    if (open.value === null) return []
    const fixOf = (unit: Unit) => movers.find('unit', unit.handle)
    return nearestUnits(picture.units.values(), open.value.position, fixOf, reorderedAtMs.value)
  })
  const may = (type: keyof typeof COMMAND_ROLES): boolean =>
    session.role !== null && (COMMAND_ROLES[type] as readonly string[]).includes(session.role)

  const lookAt = (incident: Incident): void =>
    scene.look({ centre: incident.position, zoom: Math.max(ROOM_ZOOM, scene.view.value?.zoom ?? 0) })

  function openIncident(id: string): void {
    cursorId.value = id
    reporting.value = false
    void router.push({ name: 'dispatch', params: { incidentId: id } })
    const incident = picture.incidents.get(id)
    if (incident !== undefined) lookAt(incident)
  }
  function move(step: number): void {
    const at = queue.value.findIndex((incident) => incident.id === cursorId.value)
    cursorId.value = queue.value[moveIn(queue.value, at, step)]?.id ?? null
  }
  function startReport(): void {
    if (!may('incident.report')) return
    placed.value = null
    correcting.value = false
    reporting.value = true
  }
  function startCorrection(): void {
    if (!may('incident.correct') || open.value === null || open.value.state === 'closed') return
    placed.value = null
    reporting.value = false
    correcting.value = true
  }
  async function report(draft: CommandDraft): Promise<void> {
    busy.value = true
    const answer = await journeys.give(draft)
    busy.value = false
    if (!answer.ok) return
    reporting.value = false
    const id = answer.value.created.find((made) => made.kind === 'incident')?.id
    if (id !== undefined) openIncident(id)
  }

  watch(
    openId,
    (id) => {
      cursorId.value = id ?? cursorId.value
      correcting.value = false
    },
    { immediate: true },
  )
  // After a reload the map looks at the open room once the picture is there.
  let looked = false
  watch(
    open,
    (incident) => {
      if (looked || incident === null) return
      looked = true
      lookAt(incident)
    },
    { immediate: true },
  )

  return {
    query,
    queue,
    cursorId,
    openId,
    open,
    near,
    reporting,
    correcting,
    busy,
    placed,
    may,
    openIncident,
    move,
    startReport,
    startCorrection,
    report,
  }
}
