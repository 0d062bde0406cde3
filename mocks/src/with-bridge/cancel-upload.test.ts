import type { Plan, UploadNotice } from '@skerry/contract'
import { decodeAs, framesOfDatagram } from '@skerry/mavlink-bridge'
import { compareMissions, FakeClock, type Losses } from '@skerry/mavlink-bridge/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { type SimFleet, simFleet } from './sim-fleet.ts'
import { asRead } from './upload-run.ts'

const LIMIT_MS = 600_000
const SLOW: Losses = { lost: 0, doubled: 0, late: 0, rttMs: 400 }
/** MAV_MISSION_OPERATION_CANCELLED */
const CANCELLED = 15
const planOf = (points: number, heightM: number): Plan => ({
  steps: [
    { do: 'takeoff', heightM },
    ...Array.from({ length: points }, (_, i) => ({
      do: 'fly-to' as const,
      position: moved(TEST_HOME, 20 * i, 50) as [number, number],
      heightM,
    })),
    { do: 'return' },
  ],
})

let open: SimFleet | null = null
afterEach(() => open?.close())

async function town(droneId: 'main-1' | 'main-2', losses = SLOW) {
  const clock = new FakeClock()
  const notices: UploadNotice[] = []
  /** MISSION_ACKs that went to the vehicle, and how many frames of a transfer after the first cancel. */
  const acks: number[] = []
  let after = 0
  const sim = simFleet({
    clock,
    count: 2,
    losses,
    seed: 5,
    tickMs: 100,
    notifyUpload: (notice) => notice.droneId === droneId && notices.push(notice),
    onSent(systemId, bytes) {
      if (`main-${systemId}` !== droneId) return
      for (const frame of framesOfDatagram(bytes)) {
        const ack = decodeAs('MISSION_ACK', frame)
        const isItem = decodeAs('MISSION_COUNT', frame) ?? decodeAs('MISSION_ITEM_INT', frame)
        if (ack !== undefined) acks.push(ack.type)
        else if (isItem !== undefined && acks.includes(CANCELLED)) after++
      }
    },
  })
  open = sim
  await clock.advance(8000)
  let ids = 0
  const begin = (plan: Plan): string => {
    const commandId = `u${++ids}`
    const expiresAtMs = clock.nowMs() + LIMIT_MS
    expect(sim.desk.upload({ commandId, droneId, leaseToken: 'lease', plan, expiresAtMs })).toMatchObject({ ok: true })
    return commandId
  }
  const ends = (commandId: string): UploadNotice | undefined =>
    notices.find((one) => one.commandId === commandId && (one.phase === 'verified' || one.phase === 'failed'))
  const { drone } = sim.vehicles[Number(droneId.slice(-1)) - 1]!
  return {
    ...sim,
    clock,
    acks,
    after: () => after,
    notices,
    begin,
    cancel: (commandId: string, leaseToken = 'lease') => sim.desk.cancelUpload({ commandId, droneId, leaseToken }),
    async end(commandId: string) {
      await clock.advanceUntil(() => ends(commandId) !== undefined, LIMIT_MS)
      return ends(commandId)
    },
    aboard: () => asRead(drone.vehicle.transfer.plans[0]),
    busy: () => drone.vehicle.transfer.receiving !== null || drone.vehicle.transfer.sending !== null,
    shown: () => sim.plans.state(droneId, sim.fleet.member(droneId)!.session).state,
  }
}

describe.each([
  ['ArduPilot', 'main-1'],
  ['PX4', 'main-2'],
] as const)('an upload to %s that is taken back', (autopilot, droneId) => {
  it('in the middle tells the vehicle once, sends nothing more, and is followed by another at once', async () => {
    const at = await town(droneId)
    expect(await at.end(at.begin(planOf(3, 40)))).toMatchObject({ phase: 'verified' })
    const before = at.aboard()
    const second = at.begin(planOf(12, 60))
    await at.clock.advanceUntil(
      () => at.notices.some(({ commandId, done }) => commandId === second && done > 4),
      LIMIT_MS,
    )
    at.acks.length = 0
    expect(at.cancel(second)).toEqual({ ok: true, value: null })
    expect(await at.end(second)).toMatchObject({ phase: 'failed', failure: { kind: 'upload-cancelled' } })
    await at.clock.advance(1000)
    expect([at.acks, at.after()]).toEqual([[CANCELLED], 0])
    const same = compareMissions(before, at.aboard(), 'other').length === 0
    if (autopilot === 'PX4') {
      // Written aside and never switched to, and free again.
      expect([same, at.busy(), at.shown()]).toEqual([true, false, 'verified'])
    } else {
      // Replaced item by item: what is in it now nobody knows before it is read.
      expect([same, at.shown()]).toEqual([false, 'unknown'])
    }
    expect(await at.end(at.begin(planOf(12, 60)))).toMatchObject({ phase: 'verified' })
  })

  it('while it is read back leaves a plan that nobody has compared', async () => {
    const at = await town(droneId)
    const upload = at.begin(planOf(8, 40))
    await at.clock.advanceUntil(() => at.notices.at(-1)?.phase === 'reading-back', LIMIT_MS)
    await at.clock.advance(1500)
    at.cancel(upload)
    expect(await at.end(upload)).toMatchObject({
      phase: 'failed',
      failure: { kind: 'upload-cancelled', planUnknown: true },
    })
    await at.clock.advance(1000)
    expect([at.acks.at(-1), at.shown()]).toEqual([CANCELLED, 'unknown'])
    // ArduPilot knows no end of a reading.
    if (autopilot === 'PX4') expect(at.busy()).toBe(false)
  })

  it('needs the lease, and its own name', async () => {
    const at = await town(droneId)
    const upload = at.begin(planOf(8, 40))
    expect(at.cancel(upload, 'old')).toMatchObject({ ok: false, reason: 'lease-token-invalid' })
    expect(at.cancel('another')).toMatchObject({ ok: false, reason: 'no-upload-running' })
    expect(await at.end(upload)).toMatchObject({ phase: 'verified' })
    expect(at.cancel(upload)).toMatchObject({ ok: false, reason: 'no-upload-running' })
  })
})
