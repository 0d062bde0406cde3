import { KpiReport } from '@skerry/contract'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { request, type Failure } from '../api/request.ts'
import { useFeed } from '../stores/feed.ts'

const HOUR_MS = 3_600_000
/** Figures of days do not change by the second, and computing them is the server's work. */
const REFRESH_MS = 60_000

export interface Kpis {
  hours: Ref<number>
  /** The newest answer; null while there is none for these hours. */
  report: ShallowRef<KpiReport | null>
  /** Why the newest question was not answered; what is shown is then older than it says. */
  failure: ShallowRef<Failure | null>
}

/** The figures of the last hours, asked for again each minute as long as the calling component lives. */
export function useKpis(startHours: number): Kpis {
  const feed = useFeed()
  const hours = ref(startHours)
  const report = shallowRef<KpiReport | null>(null)
  const failure = shallowRef<Failure | null>(null)

  async function ask(): Promise<void> {
    const asked = hours.value
    const fromMs = Math.max(0, Math.round(feed.serverNowMs - asked * HOUR_MS))
    const answer = await request('GET', `/api/kpis?fromMs=${fromMs}`, undefined, KpiReport)
    if (asked !== hours.value) return // somebody has asked for another span meanwhile
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) report.value = answer.value
  }
  watch(hours, () => {
    report.value = null
    void ask()
  })
  void ask()
  const timer = setInterval(() => void ask(), REFRESH_MS)
  onScopeDispose(() => clearInterval(timer))
  return { hours, report, failure }
}
