import { moved } from '../base/flat.ts'
import { createSimClock } from '../base/sim-clock.ts'
import { plainStage } from '../world/plain-stage.ts'
import type { Options } from './options.ts'
import { startDrones } from './start-drones.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Starts what was asked for; the answer stops it. Rejects with one clear line where it cannot run. */
export async function run(o: Options, token: string | undefined): Promise<() => Promise<void>> {
  const clock = (): number => Date.now()
  const sim = createSimClock(clock(), o.speed)
  if (o.verb !== 'drone') throw new Error(`${o.verb}: not there yet ${token === undefined ? '' : ''}`)
  const at = o.at ?? [122.39, 29.9]
  const stage = plainStage(o.seed, at)
  const pads = Array.from({ length: o.drones }, (_, i) => moved(at, i * 15, 0))
  const common = { firstSystemId: o.firstSystemId, bootMs: o.bootS * 1000, to: o.mavlink, seed: o.seed, clock, sim }
  const drones = await startDrones({ stage, pads, ...common })
  say(`${drones.length} drone(s) report to ${o.mavlink.host}:${o.mavlink.port}`)
  return async () => {
    for (const drone of drones) await drone.close()
  }
}
