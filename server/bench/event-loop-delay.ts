import { setTimeout as sleep } from 'node:timers/promises'

/** Longest time by which a timer of one millisecond was late while `run` ran, milliseconds. */
export async function longestDelayMs(run: () => unknown): Promise<number> {
  let [longest, last] = [0, performance.now()]
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 1)
    last = now
  }, 1)
  await sleep(5)
  longest = 0
  await run()
  await sleep(5)
  clearInterval(timer)
  return longest
}
