import type { ThermalNotice } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Session } from '../vehicles/session.ts'
import { isMessage } from '../wire/decode.ts'
import { registerFrame, type ThermalFrame } from './register.ts'

/** By then telemetry from after the frame is in, and the pose of the frame lies between two samples. */
const WAIT_MS = 120
/** Ten frames a second and vehicle: more than this is a camera gone wild. */
const MAX_WAITING = 64

/** Registers the thermal frames of one vehicle a moment after they came in, in order. The answer ends it. */
export function registerThermal(
  session: Session,
  clock: Clock,
  publish: (reading: Omit<ThermalNotice, 'droneId' | 'seq'>) => void,
): () => void {
  let waiting: { readonly frame: ThermalFrame; readonly atMs: number }[] = []
  let disarm: (() => void) | null = null
  const stopHearing = session.watch((_vehicle, { message, atMs }) => {
    if (!isMessage(message, 'CAMERA_THERMAL_RANGE') || waiting.length >= MAX_WAITING) return
    // Two cameras may both measure; readings of the one whose lens is known are the ones that can be placed.
    const stream = session.vehicle().thermalStream
    if (stream !== null && stream.streamId !== message.fields.stream_id) return
    waiting.push({ frame: message.fields, atMs })
    disarm ??= clock.after(WAIT_MS, place)
  })
  function place(): void {
    const due = waiting.filter(({ atMs }) => clock.nowMs() - atMs >= WAIT_MS)
    waiting = waiting.slice(due.length)
    const [next] = waiting
    disarm = next === undefined ? null : clock.after(next.atMs + WAIT_MS - clock.nowMs(), place)
    for (const { frame, atMs } of due) {
      const reading = registerFrame(session.vehicle(), frame, atMs)
      if (reading !== null) publish(reading)
    }
  }
  return () => {
    stopHearing()
    disarm?.()
  }
}
