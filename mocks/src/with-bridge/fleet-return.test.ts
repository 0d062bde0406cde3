import type { CommandNotice } from '@skerry/contract'
import { decode, framesOfDatagram } from '@skerry/mavlink-bridge'
import { FakeClock } from '@skerry/mavlink-bridge/testing'
import { describe, expect, it } from 'vitest'
import { CMD } from '../vehicle/mavlink.ts'
import { lift, simFleet } from './sim-fleet.ts'

const FLEET = 50
/** They hear nothing and say nothing more. */
const SILENT = [7, 31]

/** Fifty vehicles of both kinds in the air at ten percent loss; two fall silent, then all are told to return. */
async function returned(seed: number) {
  const clock = new FakeClock()
  const firstSentMs = new Map<number, number>()
  const rows = new Map<string, { state: CommandNotice['state']; reason: string | null; atMs: number }>()
  let toldAtMs = Infinity
  const sim = simFleet({
    clock,
    count: FLEET,
    losses: { lost: 0.1, doubled: 0.05, late: 0.05, rttMs: 150 },
    seed,
    tickMs: 100,
    // Thermal pictures are not what this is about, and cost a hundred times the rest.
    lets: (_, said) => said.comp === 1,
    onSent(systemId, bytes) {
      if (clock.nowMs() < toldAtMs || firstSentMs.has(systemId)) return
      const [frame] = framesOfDatagram(bytes)
      const message = frame === undefined ? null : decode(frame)
      if (message?.name === 'COMMAND_LONG' && message.fields['command'] === CMD.NAV_RETURN_TO_LAUNCH)
        firstSentMs.set(systemId, clock.nowMs() - toldAtMs)
    },
    notify: ({ droneId, state, reason }) => rows.set(droneId, { state, reason, atMs: clock.nowMs() - toldAtMs }),
  })
  await clock.advance(4000)
  for (const vehicle of sim.vehicles) lift(vehicle, clock.nowMs())
  await clock.advance(20_000)
  for (const vehicle of sim.vehicles) vehicle.silent = SILENT.includes(vehicle.systemId)
  toldAtMs = clock.nowMs()
  const common = {
    order: 'return',
    takeoffHeightM: null,
    leaseToken: 'lease',
    expiresAtMs: toldAtMs + 120_000,
  } as const
  const answers = sim.fleet
    .members()
    .map(({ droneId }) => sim.desk.order({ commandId: `c-${droneId}`, droneId, ...common }))
  const after = async (ms: number) => {
    await clock.advance(ms)
    return new Map(rows)
  }
  return { sim, answers, firstSentMs, after }
}

describe('a return of fifty vehicles of both kinds at ten percent loss', () => {
  it.each([11, 12])(
    'has its first command on the wire in 200 ms and an answer for each row in five seconds (seed %i)',
    async (seed) => {
      const { sim, answers, firstSentMs, after } = await returned(seed)
      expect(answers).toHaveLength(FLEET)
      expect(answers.every(({ ok }) => ok)).toBe(true)
      expect(firstSentMs.size).toBe(FLEET)
      expect(Math.max(...firstSentMs.values())).toBeLessThanOrEqual(200)
      const rows = await after(5100)
      for (const { systemId, drone, silent } of sim.vehicles) {
        const row = [...rows].find(([droneId]) => droneId.endsWith(`-${systemId}`))?.[1]
        if (silent) expect([row?.state, row?.reason]).toEqual(['sent', 'still-trying'])
        else {
          expect([systemId, row?.state]).toEqual([systemId, 'effective'])
          // "Effective" is true of the vehicle, not only of what was heard.
          expect(drone.vehicle.mode).toBe('RTL')
        }
      }
      sim.close()
    },
  )

  it('keeps trying the silent ones, and turns them back when they are heard again', async () => {
    const { sim, after } = await returned(11)
    await after(9000)
    for (const vehicle of sim.vehicles) vehicle.silent = false
    const rows = await after(8000)
    expect([...rows.values()].filter(({ state }) => state === 'effective')).toHaveLength(FLEET)
    sim.close()
  })
})
