import { seeded } from '../base/rand.ts'
import type { LossyOptions } from '../lossy/lossy-options.ts'
import { startLossyRelay } from '../lossy/lossy-relay.ts'

const REPORT_MS = 10_000
const say = (line: string): void => void process.stdout.write(`mocks: ${line}\n`)

/** Starts the relay and tells now and then what it did; the answer stops it. */
export async function runLossy({ listen, to, losses, seed }: LossyOptions): Promise<() => Promise<void>> {
  const relay = await startLossyRelay({ listen, to, losses, rand: seeded(seed) })
  say(`a bad radio from ${listen.host}:${relay.port} to ${to.host}:${to.port}`)
  const timer = setInterval(() => say(`${relay.counts.taken} datagrams taken, ${relay.counts.given} given`), REPORT_MS)
  return async () => {
    clearInterval(timer)
    await relay.close()
  }
}
