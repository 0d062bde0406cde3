import { SailingLayer, type SailingOnMap } from '@skerry/layers'
import type { LngLat, Sailing, SailingNetwork } from '@skerry/contract'
import { computed, watch } from 'vue'
import { isLate, LATE_FROM_MIN } from '../checkpoints/sailing-text.ts'
import { minuteText } from '../format/time.ts'
import type { Lang } from '../i18n/lang.ts'
import { useWords } from '../i18n/use-words.ts'
import { useFeed } from '../stores/feed.ts'
import { useSailings } from '../stores/sailings.ts'
import { useSceneLayer, type Scene } from './scene.ts'

const LABELS_FROM_ZOOM = 10
/** What was cancelled or is not known is shown while it would have been at sea. */
const SHOWN_MS = 60 * 60_000

/** Boats under way, and those that should be. */
export function sailingsOnMap(
  sailings: Iterable<Sailing>,
  network: SailingNetwork | null,
  nowMs: number,
  name: (id: string) => string,
  lang: Lang,
): SailingOnMap[] {
  const terminals = new Map(network?.terminals.map(({ id, at }) => [id, at]))
  const lines = new Map(network?.lines.map((line) => [line.id, line]))
  return [...sailings].flatMap((sailing): SailingOnMap[] => {
    const { id, line, from, to, state, scheduledAtMs, position, delayMin } = sailing
    const due = scheduledAtMs <= nowMs && scheduledAtMs > nowMs - SHOWN_MS
    if (state !== 'under-way' && !((state === 'cancelled' || state === 'unknown') && due)) return []
    const [a, b] = [terminals.get(from), terminals.get(to)]
    if (a === undefined || b === undefined) return []
    const way = lines.get(line)
    const known = way?.path ?? null
    const path: LngLat[] = known === null ? [a, b] : way?.from === from ? known : known.toReversed()
    const label = `${name(to)} ${minuteText(scheduledAtMs, lang)}`
    return [{ id, path, state, position, headingDeg: null, delayMin: isLate(sailing) ? delayMin : null, label }]
  })
}

export function useSailingLayer(scene: Scene, on: () => boolean): void {
  const { t, lang } = useWords()
  const sailings = useSailings()
  const feed = useFeed()
  const minute = computed(() => Math.floor(feed.serverNowMs / 60_000))
  const selected = (): string | null => (scene.selected.value?.kind === 'sailing' ? scene.selected.value.id : null)
  watch(on, (shown) => void (shown && sailings.ask()), { immediate: true })
  useSceneLayer(
    scene,
    {
      id: 'sailings',
      order: 58,
      build: ({ theme, stale, zoom, nowMs }) =>
        on()
          ? [
              new SailingLayer({
                id: 'sailings',
                data: sailingsOnMap(
                  sailings.all.values(),
                  sailings.network,
                  nowMs,
                  (id) => sailings.nameOf(id, lang.value),
                  lang.value,
                ),
                selected: selected(),
                lateFromMin: LATE_FROM_MIN,
                labels: zoom >= LABELS_FROM_ZOOM,
                theme,
                stale,
                unknownWord: t('common.unknown'),
                pickable: true,
              }),
            ]
          : [],
      toThing: ({ object }) => ({ kind: 'sailing', id: (object as SailingOnMap).id }),
    },
    () => [sailings.all, sailings.network, on(), selected(), minute.value],
  )
}
