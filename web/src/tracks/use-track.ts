import type { MoverKind } from '@skerry/contract'
import type { TrackPlace } from '@skerry/layers'
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { z } from 'zod'
import { request, type Failure } from '../api/request.ts'
import type { ThingRef } from '../map/scene.ts'
import { useFeed } from '../stores/feed.ts'
import { useSession } from '../stores/session.ts'
import { useVessels } from '../stores/vessels.ts'
import { viewTrack, type SpanH, type TrackView } from './track-view.ts'

const Places = z.array(z.object({ atMs: z.number(), lngLat: z.tuple([z.number(), z.number()]) }))
/** Less than a symbol on the screen at the closest zoom that a desk uses. */
const TOLERANCE_M = 8
/** The newest end of a track is asked for again this often while it is shown. */
const AGAIN_MS = 10_000
const MAY: readonly string[] = ['dispatcher', 'pilot', 'coordinator']

export interface TrackOfThing {
  kind: MoverKind
  id: string
}

export interface TrackDesk {
  /** What the chosen thing is to the tracks; null where it has none, or one may not see it. */
  of: ComputedRef<TrackOfThing | null>
  /** Null while no track is shown. */
  spanH: Readonly<Ref<SpanH | null>>
  /** Where the slider stands, 0..1. */
  share: Readonly<Ref<number>>
  /** Shows so much of it, or nothing. */
  show: (spanH: SpanH | null) => void
  /** Moves the slider. */
  moveTo: (share: number) => void
  view: ComputedRef<TrackView | null>
  failure: ShallowRef<Failure | null>
}

/** The track of the thing that is looked at, once somebody asks for it. */
export function useTrack(thing: () => ThingRef | null): TrackDesk {
  const feed = useFeed()
  const session = useSession()
  const vessels = useVessels()
  const spanH = ref<SpanH | null>(null)
  const share = ref(1)
  const failure = shallowRef<Failure | null>(null)
  const held = shallowRef<{ track: readonly TrackPlace[]; fromMs: number; toMs: number } | null>(null)

  const of = computed((): TrackOfThing | null => {
    const chosen = thing()
    if (chosen === null || session.role === null || !MAY.includes(session.role)) return null
    if (chosen.kind === 'unit' || chosen.kind === 'drone') return { kind: chosen.kind, id: chosen.id }
    const mmsi = chosen.kind === 'vessel' ? vessels.facts.get(Number(chosen.id))?.mmsi : undefined
    return mmsi === undefined ? null : { kind: 'vessel', id: mmsi }
  })
  const key = computed(() => (of.value === null ? '' : `${of.value.kind} ${of.value.id}`))

  async function read(): Promise<void> {
    const [asked, hours] = [of.value, spanH.value]
    if (asked === null || hours === null) return
    const toMs = Math.round(feed.serverNowMs)
    const fromMs = toMs - Math.round(hours * 3_600_000)
    const query = new URLSearchParams({
      ...asked,
      fromMs: String(fromMs),
      toMs: String(toMs),
      toleranceM: String(TOLERANCE_M),
    })
    const answer = await request('GET', `/api/tracks?${query}`, undefined, Places)
    if (key.value !== `${asked.kind} ${asked.id}` || spanH.value !== hours) return // asked for something else meanwhile
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) held.value = { track: answer.value, fromMs, toMs }
  }

  watch(key, (now, before) => {
    if (now === before) return
    spanH.value = null
  })
  watch(spanH, () => {
    held.value = null
    failure.value = null
    share.value = 1
    void read()
  })
  const timer = setInterval(() => {
    // Somebody who looks at the past must not have it move under them.
    if (share.value === 1) void read()
  }, AGAIN_MS)
  onScopeDispose(() => clearInterval(timer))

  const view = computed(() => {
    const [now, asked] = [held.value, of.value]
    return now === null || asked === null ? null : viewTrack(now.track, now, share.value, asked.kind)
  })
  return {
    of,
    spanH,
    share,
    view,
    failure,
    show: (hours) => (spanH.value = hours),
    moveTo: (to) => (share.value = to),
  }
}
