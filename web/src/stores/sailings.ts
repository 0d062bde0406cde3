import { SailingNetwork, type Sailing } from '@skerry/contract'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { request } from '../api/request.ts'
import type { Lang } from '../i18n/lang.ts'

/** Sailings are told for the last three hours; what is older is put away. */
const KEPT_MS = 4 * 3_600_000
/** Ways over water are worked out in the first seconds of a server's run. */
const ASK_AGAIN_MS = 10_000

/** The ferries as the server tells them, and the network they sail on. */
export const useSailings = defineStore('sailings', () => {
  const all = shallowRef<ReadonlyMap<string, Sailing>>(new Map())
  const network = shallowRef<SailingNetwork | null>(null)
  let asking = false

  function take(sailings: readonly Sailing[]): void {
    const next = new Map(all.value)
    for (const sailing of sailings) next.set(sailing.id, sailing)
    const newest = Math.max(...[...next.values()].map(({ scheduledAtMs }) => scheduledAtMs))
    // What is told reaches eight hours ahead: counted from there, no clock is needed.
    for (const { id, scheduledAtMs } of next.values()) if (scheduledAtMs < newest - KEPT_MS - AHEAD_MS) next.delete(id)
    all.value = next
  }

  /** Asks for names and ways once; again while the ways are still being worked out. */
  async function ask(): Promise<void> {
    const complete = network.value?.lines.some(({ path }) => path !== null) ?? false
    if (complete || asking) return
    asking = true
    const answer = await request('GET', '/api/sailings/network', undefined, SailingNetwork)
    asking = false
    if (answer.ok) network.value = answer.value
    if (!(network.value?.lines.some(({ path }) => path !== null) ?? false)) setTimeout(() => void ask(), ASK_AGAIN_MS)
  }

  const terminals = computed(() => new Map(network.value?.terminals.map((each) => [each.id, each])))
  const islands = computed(() => new Map(network.value?.islands.map((each) => [each.id, each])))
  const nameOf = (id: string, lang: Lang): string =>
    terminals.value.get(id)?.name[lang] ??
    islands.value.get(id)?.name[lang] ??
    network.value?.bridges.find((bridge) => bridge.id === id)?.name[lang] ??
    id

  return { all, network, terminals, islands, take, ask, nameOf }
})

const AHEAD_MS = 8 * 3_600_000
