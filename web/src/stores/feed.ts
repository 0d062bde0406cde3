import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { FIRST_FACTS, feedState, type FeedFacts } from '../feed/feed-state.ts'

/** Ticks come four times a second; a longer pause means that the page stood still. */
const STOOD_STILL_MS = 1200

/** State of the console's own feed, and the server's clock. `tick` moves time; nothing here reads a timer. */
export const useFeed = defineStore('feed', () => {
  const facts = shallowRef<FeedFacts>(FIRST_FACTS)
  const monotonicMs = ref(performance.now())
  const wallMs = ref(Date.now())
  /** Server clock minus browser clock, ms. The smallest transit delay seen gives the best estimate. */
  const offsetMs = ref<number | null>(null)

  /** When this page last came back from standing still. */
  const wokeAtMs = ref<number | null>(null)

  const takeFacts = (next: FeedFacts): void => {
    facts.value = next
    monotonicMs.value = performance.now()
  }
  let tickedAtMs = performance.now()
  function takeServerClock(serverAtMs: number): void {
    const offset = serverAtMs - Date.now()
    const held = offsetMs.value
    // A late pulse makes the offset too small; a clock that was set makes it jump. Both converge.
    offsetMs.value = held === null || offset > held || held - offset > 5000 ? offset : held - 1
  }
  function tick(): void {
    const now = performance.now()
    if (now - tickedAtMs > STOOD_STILL_MS) wokeAtMs.value = now
    tickedAtMs = now
    monotonicMs.value = now
    wallMs.value = Date.now()
  }

  const state = computed(() => feedState(facts.value, monotonicMs.value, wokeAtMs.value))
  /** Now on the server's clock, ms since 1970; moves with `tick`. Ages of things are counted against this. */
  const serverNowMs = computed(() => wallMs.value + (offsetMs.value ?? 0))
  /** When the picture was last true, on the server's clock. */
  const asOfMs = computed(() => {
    const at = facts.value.lastPulseAtMs
    return at === null ? null : serverNowMs.value - (monotonicMs.value - at)
  })
  return { facts, state, serverNowMs, asOfMs, takeFacts, takeServerClock, tick }
})
