import { CAMERA_ORDERS, COMMAND_ROLES, CONTROL_ORDERS, type Task } from '@skerry/contract'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useWords } from '../../i18n/use-words.ts'
import { useDrones } from '../../stores/drones.ts'
import { useFeed } from '../../stores/feed.ts'
import { usePicture } from '../../stores/picture.ts'
import { useSession } from '../../stores/session.ts'
import { inAir, linkView, standsDisarmed } from './aircraft-state.ts'
import { droneTabs, tabToShow } from './drone-tabs.ts'
import { brokenOff } from './broken-off.ts'
import { askOf, workOf } from './drone-work.ts'
import { holdsPlanOf } from './flight-leg.ts'
import { mustReturnInS } from './must-return.ts'
import { lookedAt } from './looked-at.ts'
import { ledgerOf, orderJourney } from './order-journey.ts'

/** Speed home where no task says how fast this aircraft flies, metres per second. */
const CRUISE_MPS = 10
/** How long a finished task is still mentioned, ms. */
const LAST_SHOWN_MS = 15 * 60_000

/** Everything the Fly workplace shows, derived from the stores. The chosen drone is in the address: a reload keeps it. */
export function useFly() {
  const { t } = useWords()
  const route = useRoute()
  const router = useRouter()
  const picture = usePicture()
  const drones = useDrones()
  const feed = useFeed()
  const session = useSession()
  const nowMs = computed(() => feed.serverNowMs)
  const feedLost = computed(() => feed.state.at === 'lost')
  // Without a picture nothing new is known: ages stand still with it, and no link is blamed for the screen's own loss.
  const asOfMs = computed(() => (feedLost.value ? (feed.asOfMs ?? nowMs.value) : nowMs.value))
  const seatId = computed(() => session.seat?.id ?? null)
  const mayAct = computed(
    () => session.role !== null && (COMMAND_ROLES['drone.order'] as readonly string[]).includes(session.role),
  )

  const tabs = computed(() =>
    droneTabs(picture.drones.values(), drones.statuses, picture.tasks.values(), seatId.value, asOfMs.value),
  )
  const chosenId = ref(typeof route.query['drone'] === 'string' ? route.query['drone'] : null)
  const tab = computed(() => tabToShow(tabs.value, chosenId.value))
  const droneId = computed(() => tab.value?.id ?? null)
  const choose = (id: string): void => {
    chosenId.value = id
  }
  watch(
    droneId,
    (id) => {
      if (id === null) return
      chosenId.value = id
      if (route.query['drone'] !== id) void router.replace({ query: { ...route.query, drone: id } })
    },
    { immediate: true },
  )

  const status = computed(() => (droneId.value === null ? null : (drones.statuses.get(droneId.value) ?? null)))
  const searchOpen = (id: string): boolean => picture.searches.get(id)?.state === 'open'
  const work = computed(() => workOf(droneId.value ?? '', picture.tasks.values(), searchOpen))
  const ask = computed(() => {
    const next = work.value.next
    if (next === null) return null
    return askOf(next, tab.value?.mine === true || next.pilot?.seatId === seatId.value)
  })
  const ledger = computed(() => ledgerOf(droneId.value ?? '', picture.commands.values()))
  const journey = (...kind: Parameters<typeof orderJourney>[0]) =>
    orderJourney(kind, ledger.value, status.value, nowMs.value)
  const link = computed(() => linkView(status.value, asOfMs.value))

  return {
    tabs,
    tab,
    droneId,
    choose,
    mayAct,
    nowMs,
    feedLost,
    status,
    link,
    work,
    ask,
    airborne: computed(() => inAir(status.value) === true),
    orderJourneys: computed(() => ({
      resume: journey('resume'),
      hold: journey('hold'),
      return: journey('return'),
      land: journey('land'),
    })),
    fence: computed(() => picture.drones.get(droneId.value ?? '')?.fence),
    upkeep: computed(() => picture.drones.get(droneId.value ?? '')?.upkeep),
    lookedAt: computed(() => lookedAt(ledger.value)),
    cameraJourney: computed(() => journey(...CAMERA_ORDERS)),
    controlJourney: computed(() => journey(...CONTROL_ORDERS)),
    startJourney: computed(() => journey('arm-and-start', 'start-in-air')),
    locked: computed(() => {
      if (status.value?.duplicateId === true) return 'locked' as const
      if (!mayAct.value || tab.value?.mine !== true) return 'notHeld' as const
      return standsDisarmed(status.value) ? ('onGround' as const) : null
    }),
    /** Why gimbal and camera cannot be told anything: they can be on the ground, too. */
    cameraLocked: computed(() => {
      if (status.value?.duplicateId === true) return 'locked' as const
      return mayAct.value && tab.value?.mine === true ? null : ('notHeld' as const)
    }),
    /** It holds or was called back, and the plan in it is still the one of its task. */
    mayResume: computed(
      () =>
        work.value.flight?.upload?.verified === true &&
        // While it climbs, its start is still going on: going over to the plan is that order's business.
        work.value.flight.state !== 'starting' &&
        holdsPlanOf(work.value.flight, status.value) &&
        (status.value === null || status.value.mission.plan === 'verified') &&
        inAir(status.value) !== false &&
        status.value?.mode?.kind !== 'auto',
    ),
    turnHomeInS: computed(() => mustReturnInS(status.value, work.value.flight?.speedMps ?? CRUISE_MPS, nowMs.value)),
    brokenOff: computed(() => brokenOff(work.value, status.value, searchOpen)),
    lastDone: computed(() => {
      const { last } = work.value
      return last?.endedAtMs != null && nowMs.value - last.endedAtMs < LAST_SHOWN_MS ? last : null
    }),
    waitingOffers: computed(() => tabs.value.flatMap(({ offer }) => (offer === null ? [] : [offer.id]))),
    incidentOf: (task: Task) => picture.incidents.get(task.incidentId) ?? null,
    kindText(task: Task): string {
      const candidate = task.candidateId === null ? null : picture.candidates.get(task.candidateId)
      return task.kind === 'sweep' ? t('fly.task.sweep') : t('fly.task.lookAgain', { n: candidate?.number ?? '?' })
    },
  }
}
export type Fly = ReturnType<typeof useFly>
