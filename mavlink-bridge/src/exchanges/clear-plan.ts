import type { Clock } from '../clock.ts'
import { done, failed, type Result } from '../result.ts'
import { isMessage } from '../wire/decode.ts'
import type { ReadMission } from './download-machine.ts'
import { ACCEPTED, type Dialect, missionCode, passes } from './mission-result.ts'
import type { MissionType, TransferPorts } from './mission-transfer.ts'
import { type PutError, readPlan } from './put-plan.ts'
import { isForUs, type VehiclePort } from './vehicle-port.ts'

export interface ClearPolicy {
  readonly dialect: Dialect
  readonly rttMs: number
}
const TRIES = 6
const QUIET_MS = 1500
/** What is in the way (the rest of a transfer) clears by itself in this time. */
const CLEARS_MS = 2500
const BUSY_TRIES = 4

/**
 * Empties a plan with MISSION_CLEAR_ALL and proves it by reading the list: an acknowledgement alone is no proof, and
 * without one it may be empty all the same. ArduPilot refuses while it flies the plan, and keeps home as item 0.
 */
export async function clearPlan(policy: ClearPolicy, ports: TransferPorts): Promise<Result<ReadMission, PutError>> {
  const { missionType = 0 } = ports
  for (let attempt = 1; ; attempt++) {
    const said = await askToClear(policy, ports, missionType)
    if (said === 'cancelled')
      return failed({ kind: 'cancelled', code: 'upload-cancelled', detail: '', planUnknown: true })
    if (typeof said === 'number' && said !== ACCEPTED) {
      if (attempt === BUSY_TRIES || !passes(said))
        return failed({ kind: 'refused', ...missionCode(said), planUnknown: false })
      await pause(ports.clock, CLEARS_MS)
      continue
    }
    const read = await readPlan(policy.rttMs, ports)
    if (!read.ok) return failed({ ...read.error, planUnknown: true })
    const home = policy.dialect === 'ardupilot' && missionType === 0 ? 1 : 0
    const left = read.value.items.length
    if (left <= home) return done(read.value)
    if (attempt === BUSY_TRIES)
      return failed({ kind: 'differs', code: 'read-back-differs', detail: `count 0 → ${left}`, planUnknown: true })
  }
}

/** The vehicle's word for it (MAV_MISSION_RESULT), or that there was none. */
function askToClear(
  { rttMs }: ClearPolicy,
  { port, clock, comp, signal }: TransferPorts,
  missionType: MissionType,
): Promise<number | 'silent' | 'cancelled'> {
  return new Promise((resolve, reject) => {
    let tries = 0
    let disarm = (): void => undefined
    const stop = port.listen(({ comp: from, message }) => {
      if (from !== comp || !isMessage(message, 'MISSION_ACK')) return
      if (message.fields.mission_type === missionType && isForUs(port, message.fields)) end(message.fields.type)
    })
    const cancel = (): void => end('cancelled')
    function leave(): void {
      disarm()
      stop()
      signal?.removeEventListener('abort', cancel)
    }
    function end(said: number | 'silent' | 'cancelled'): void {
      leave()
      resolve(said)
    }
    function ask(): void {
      if (tries++ >= TRIES) return end('silent')
      disarm = clock.after(Math.max(QUIET_MS, 2 * rttMs), ask)
      const fault = sendClear(port, comp, missionType)
      if (fault === null) return
      leave()
      reject(fault)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    if (signal?.aborted === true) cancel()
    else ask()
  })
}

const sendClear = (port: VehiclePort, comp: number, missionType: MissionType): Error | null =>
  port.send('MISSION_CLEAR_ALL', {
    target_system: port.systemId,
    target_component: comp,
    mission_type: missionType,
  })

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve)
  })
