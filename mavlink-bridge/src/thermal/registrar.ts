import type { ThermalNotice } from '@skerry/contract'
import type { Terrain } from '@skerry/terrain'
import type { Clock } from '../clock.ts'
import { thermalStream } from '../vehicles/cameras.ts'
import type { Session } from '../vehicles/session.ts'
import { isMessage } from '../wire/decode.ts'
import { loadAround } from './ground-below.ts'
import { registerFrame, type ThermalFrame } from './register.ts'

/** By then telemetry from after the frame is in, and the pose of the frame lies between two samples. */
const WAIT_MS = 120
/** Ten frames a second and vehicle: more than this is a camera gone wild. */
const MAX_WAITING = 64

interface Waiting {
  readonly frame: ThermalFrame
  readonly atMs: number
}

/** Registers the thermal frames of one vehicle a moment after they came in, in order. The answer ends it. */
export function registerThermal(
  session: Session,
  clock: Clock,
  publish: (reading: Omit<ThermalNotice, 'droneId' | 'seq'>) => void,
  terrain: Terrain | null = null,
): () => void {
  let waiting: Waiting[] = []
  let disarm: (() => void) | null = null
  const stopHearing = session.watch((_vehicle, { comp, message, atMs }) => {
    if (!isMessage(message, 'CAMERA_THERMAL_RANGE') || waiting.length >= MAX_WAITING) return
    // Two cameras may both measure; readings of the one whose lens is known are the ones that can be placed.
    const stream = thermalStream(session.vehicle())
    const { stream_id, camera_device_id } = message.fields
    if (
      stream !== null &&
      (stream.id !== stream_id || stream.comp !== comp || stream.cameraDevice !== camera_device_id)
    )
      return
    waiting.push({ frame: message.fields, atMs })
    disarm ??= clock.after(WAIT_MS, place)
  })
  let laying = Promise.resolve()
  /** Terrain that cannot be read is unknown there: the frame is laid on what is known. */
  const lay = (due: readonly Waiting[]): void => {
    for (const { frame, atMs } of due) {
      const reading = registerFrame(session.vehicle(), frame, atMs, terrain)
      if (reading !== null) publish(reading)
    }
  }
  function place(): void {
    const due = waiting.filter(({ atMs }) => clock.nowMs() - atMs >= WAIT_MS)
    waiting = waiting.slice(due.length)
    const [next] = waiting
    disarm = next === undefined ? null : clock.after(next.atMs + WAIT_MS - clock.nowMs(), place)
    if (terrain === null) return lay(due)
    // One after the other, so that readings stay in order; what is loaded already takes no time.
    laying = laying
      .then(() => loadAround(session.vehicle(), terrain))
      .catch(() => undefined)
      .then(() => lay(due))
  }
  return () => {
    stopHearing()
    disarm?.()
  }
}
