import { COMMAND_ROLES, type Alarm, type CommandType, type Priority } from '@skerry/contract'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import type { useWords } from '../i18n/use-words.ts'
import { useDrones } from '../stores/drones.ts'
import { useFeed } from '../stores/feed.ts'
import { useJourneys } from '../stores/journeys.ts'
import { useLookAt } from '../stores/look-at.ts'
import { usePicture } from '../stores/picture.ts'
import { useSession } from '../stores/session.ts'
import { matches, moveIn } from '../workplaces/dispatch/queue.ts'
import { alarmDetail } from './alarm-detail.ts'
import { ALARM_VIEWS, listAlarms, nextWaiting, type AlarmLine, type AlarmView } from './alarm-list.ts'
import { isWaiting } from './alarm-order.ts'
import { alarmPlace } from './alarm-place.ts'

/** State of the alarm list of one seat, and what its keys do. */
export interface AlarmDesk {
  view: Ref<AlarmView>
  hidden: Ref<ReadonlySet<Priority>>
  query: Ref<string>
  list: ComputedRef<ReturnType<typeof listAlarms>>
  cursor: ComputedRef<AlarmLine | null>
  /** Line whose shelf is being filled in. */
  shelving: Ref<Alarm | null>
  unfolded: Ref<ReadonlySet<string>>
  may: (type: CommandType) => boolean
  move: (step: number) => void
  mark: (line: AlarmLine) => void
  toggle: (line: AlarmLine) => void
  acknowledge: (line: AlarmLine) => void
  shelve: (alarm: Alarm, minutes: number, reason: string) => Promise<void>
  unshelve: (line: AlarmLine) => void
  askShelf: (line: AlarmLine) => void
  show: (line: AlarmLine) => void
  turnPriority: (priority: Priority) => void
  nextView: () => void
  nameOf: (alarmId: string) => string
  zoneOf: (alarm: Alarm) => string
}

export function useAlarmDesk({ t, lang }: ReturnType<typeof useWords>): AlarmDesk {
  const picture = usePicture()
  const drones = useDrones()
  const feed = useFeed()
  const journeys = useJourneys()
  const session = useSession()
  const lookAt = useLookAt()
  const router = useRouter()
  const view = ref<AlarmView>('open')
  const hidden = ref<ReadonlySet<Priority>>(new Set())
  const query = ref('')
  const shelving = ref<Alarm | null>(null)
  const unfolded = ref<ReadonlySet<string>>(new Set())
  const cursorKey = ref<string | null>(null)

  const words = (alarm: Alarm): string =>
    [t(`alarm.kind.${alarm.kind}.name`), alarm.subject.id, alarmDetail(alarm, lang.value, t)].join(' ')
  // The list turns with the minute at most: what is a flood is not judged anew at every tick.
  const minuteMs = computed(() => Math.floor(feed.serverNowMs / 10_000) * 10_000)
  const list = computed(() =>
    listAlarms(
      picture.alarms.values(),
      { view: view.value, hidden: hidden.value, matches: (alarm) => matches(query.value, words(alarm)) },
      minuteMs.value,
      unfolded.value,
    ),
  )
  const at = computed(() => list.value.lines.findIndex(({ key }) => key === cursorKey.value))
  const cursor = computed(() => list.value.lines[at.value] ?? null)
  /** The line that was marked is gone: its place in the list keeps the mark, so that the next `a` meets the next alarm. */
  let lastAt = 0
  watch(
    list,
    ({ lines }) => {
      if (at.value >= 0) lastAt = at.value
      else cursorKey.value = lines[Math.min(lastAt, lines.length - 1)]?.key ?? null
    },
    { immediate: true },
  )
  const may = (type: CommandType): boolean =>
    session.role !== null && (COMMAND_ROLES[type] as readonly string[]).includes(session.role)

  return {
    view,
    hidden,
    query,
    list,
    cursor,
    shelving,
    unfolded,
    may,
    move(step) {
      lastAt = moveIn(list.value.lines, at.value, step)
      cursorKey.value = list.value.lines[lastAt]?.key ?? null
    },
    mark: ({ key }) => {
      cursorKey.value = key
      lastAt = at.value
    },
    toggle({ key, alarms }) {
      if (alarms.length === 1) return
      const next = new Set(unfolded.value)
      if (!next.delete(key)) next.add(key)
      unfolded.value = next
    },
    acknowledge({ alarms }) {
      const ids = alarms.filter(isWaiting).map(({ id }) => id)
      if (ids.length > 0) cursorKey.value = nextWaiting(list.value.lines, at.value)?.key ?? cursorKey.value
      if (ids.length === 1 && may('alarm.acknowledge'))
        void journeys.give({ type: 'alarm.acknowledge', alarmId: ids[0]! })
      else if (ids.length > 1 && may('alarm.acknowledge-all'))
        void journeys.give({ type: 'alarm.acknowledge-all', alarmIds: ids.slice(0, 500) })
    },
    async shelve(alarm, minutes, reason) {
      const done = await journeys.give({ type: 'alarm.shelve', alarmId: alarm.id, minutes, reason })
      if (done.ok) shelving.value = null
    },
    unshelve({ alarm }) {
      if (alarm.shelved && may('alarm.unshelve')) void journeys.give({ type: 'alarm.unshelve', alarmId: alarm.id })
    },
    askShelf({ alarm, alarms }) {
      if (alarms.length === 1 && !alarm.shelved && may('alarm.shelve')) shelving.value = alarm
    },
    show({ alarm }) {
      const place = alarmPlace(alarm, picture.all, drones.statuses)
      if (place === null) return
      lookAt.place = place
      if (router.currentRoute.value.name !== 'dispatch') void router.push({ name: 'dispatch' })
    },
    turnPriority(priority) {
      const next = new Set(hidden.value)
      if (!next.delete(priority)) next.add(priority)
      hidden.value = next
    },
    nextView() {
      view.value = ALARM_VIEWS[(ALARM_VIEWS.indexOf(view.value) + 1) % ALARM_VIEWS.length]!
    },
    zoneOf: ({ zoneId }) => picture.zones.get(zoneId ?? '')?.name ?? '',
    nameOf(alarmId) {
      const alarm = picture.alarms.get(alarmId)
      return alarm === undefined ? alarmId : t(`alarm.kind.${alarm.kind}.name`)
    },
  }
}
