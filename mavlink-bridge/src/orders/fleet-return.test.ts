import { expect, it } from 'vitest'
import { createCommandDesk } from '../exchanges/command-desk.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { createRandom } from '../testing/random.ts'
import { copterInAir, heartbeat } from '../testing/vehicles.ts'
import { every } from '../clock.ts'
import { observeHeartbeat } from '../vehicles/observe.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { isMessage } from '../wire/decode.ts'
import { runOrder } from './order-runner.ts'
import { orderSteps } from './order-steps.ts'

const AUTO = 3
const RTL = 6
const FLEET = 50
/** Two of them never answer: their silence must not delay the others. */
const SILENT = [7, 31]

it('returns fifty aircraft at ten percent loss: each has an answer in five seconds, two silent ones delay nobody', async () => {
  const clock = new FakeClock()
  const random = createRandom(11)
  const startMs = clock.nowMs()
  const rows = Array.from({ length: FLEET }, (_, i) => {
    const link = lossyPort(clock, random.next, { lost: 0.1, doubled: 0.05, late: 0.05, rttMs: 120 })
    let mode = AUTO
    let vehicle: Vehicle = copterInAir(AUTO, startMs)
    const watchers = new Set<(vehicle: Vehicle) => void>()
    link.attach((message) => {
      if (SILENT.includes(i) || !isMessage(message, 'COMMAND_LONG') || message.fields.command !== 20) return
      mode = RTL
      const target = { target_system: 255, target_component: 190 }
      link.say('COMMAND_ACK', { command: 20, result: 0, progress: 255, result_param2: 0, ...target })
    })
    link.port.listen(({ message, atMs }) => {
      if (!isMessage(message, 'HEARTBEAT')) return
      vehicle = observeHeartbeat(vehicle, { sys: 1, comp: 1 }, message.fields, atMs)
      for (const seen of watchers) seen(vehicle)
    })
    const stop = every(clock, 1000, () => link.say('HEARTBEAT', heartbeat(mode)))
    const steps = orderSteps('return', vehicle, null, startMs)
    if (!steps.ok) throw new Error(steps.error.code)
    const row = { state: 'authorised', reason: null as string | null, sentAtMs: 0, stop }
    runOrder(
      { steps: steps.value, safety: true, expiresAtMs: startMs + 60_000 },
      {
        clock,
        port: link.port,
        desk: createCommandDesk(link.port, clock),
        vehicle: () => vehicle,
        watch: (seen) => {
          watchers.add(seen)
          return () => watchers.delete(seen)
        },
        texts: () => () => undefined,
      },
      ({ state, reason }) => {
        if (state === 'sent') row.sentAtMs ||= clock.nowMs()
        row.state = state
        row.reason = reason
      },
    )
    return row
  })
  expect(rows.every(({ sentAtMs }) => sentAtMs - startMs <= 200)).toBe(true)
  await clock.advance(5100)
  for (const [i, { state, reason }] of rows.entries()) {
    if (SILENT.includes(i)) expect([state, reason]).toEqual(['sent', 'still-trying'])
    else expect(state).toBe('effective')
  }
  for (const { stop } of rows) stop()
})
