import { type CommandNotice, type Plan, type UploadNotice } from '@skerry/contract'
import { FakeClock } from '@skerry/mavlink-bridge/testing'
import { expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { simFleet } from './sim-fleet.ts'

const LOSSES = { lost: 0.25, doubled: 0.1, late: 0.1, rttMs: 300 }
const LIMIT_MS = 600_000
const HEIGHT_M = 30
const PLAN: Plan = {
  steps: [
    { do: 'takeoff', heightM: HEIGHT_M },
    { do: 'fly-to', position: moved(TEST_HOME, 0, 60) as [number, number], heightM: HEIGHT_M },
    { do: 'return' },
  ],
}
const SEEDS = Array.from({ length: 12 }, (_, i) => i + 101)
const OVER = ['effective', 'not-effective', 'expired', 'refused', 'unknown']

/** How one start over the bad link ended, given once. */
async function startEnds(droneId: string, seed: number): Promise<string> {
  const clock = new FakeClock()
  const uploads: UploadNotice[] = []
  const commands: CommandNotice[] = []
  const sim = simFleet({
    clock,
    count: 2,
    losses: LOSSES,
    seed,
    tickMs: 100,
    lets: (_, said) => said.comp === 1,
    notify: (notice) => notice.droneId === droneId && commands.push(notice),
    notifyUpload: (notice) => notice.droneId === droneId && uploads.push(notice),
  })
  await clock.advance(8000)
  const request = { droneId, leaseToken: 'lease' }
  /** Asked again until it is taken: over such a link the vehicle may be away for a moment. */
  async function taken(ask: (expiresAtMs: number) => { readonly ok: boolean }): Promise<void> {
    const goes = (): boolean => ask(clock.nowMs()).ok
    expect(await clock.advanceUntil(goes, 60_000)).toBe(true)
  }
  await taken((nowMs) =>
    sim.desk.upload({ ...request, commandId: `u${nowMs}`, plan: PLAN, expiresAtMs: nowMs + LIMIT_MS }),
  )
  await clock.advanceUntil(() => uploads.some(({ phase }) => phase === 'verified'), LIMIT_MS)
  await taken((nowMs) =>
    sim.desk.order({
      ...request,
      commandId: `c${nowMs}`,
      order: 'arm-and-start',
      takeoffHeightM: HEIGHT_M,
      expiresAtMs: nowMs + 15_000,
    }),
  )
  const state = (): string => commands.at(-1)?.state ?? ''
  await clock.advanceUntil(() => OVER.includes(state()), 120_000)
  sim.close()
  return state()
}

it.each([
  ['ArduPilot', 'main-1'],
  ['PX4', 'main-2'],
])(
  'a start of %s over a link that loses a quarter each way comes to its plan in at least eleven of twelve cases',
  async (_, droneId) => {
    const ends: string[] = []
    for (const seed of SEEDS) ends.push(await startEnds(droneId, seed))
    expect(ends.filter((end) => end === 'effective').length).toBeGreaterThanOrEqual(11)
  },
  120_000,
)
