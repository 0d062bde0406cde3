import { type Clock, every } from '../clock.ts'

/** To which far ends one beat goes: all, or those on links with room for a second one in each second. */
export type BeatTo = 'all' | 'roomy'

export interface HeartbeatPorts {
  readonly clock: Clock
  /** Whether anybody is there for whom the aircraft should stay in the air. */
  readonly isAlive: () => boolean
  readonly send: (to: BeatTo) => void
  /** It begins, or has stopped. */
  readonly onChange: (beating: boolean) => void
}

/**
 * ArduPilot and PX4 count the silence since the last heartbeat, whatever their number (`sysid_mygcs_seen`,
 * `heartbeat_type_gcs`): of a radio that loses a quarter, five in a row go missing in a quarter of an hour, ten in days.
 */
const PERIOD_MS = 500

/**
 * Beats twice a second, once a second where that is too much, and not at all while nobody is there. The first beat after
 * a silence goes to all. The answer ends it.
 */
export function startHeartbeat({ clock, isAlive, send, onChange }: HeartbeatPorts): () => void {
  /** Beats since the last silence. */
  let beats = 0
  return every(clock, PERIOD_MS, () => {
    if (!isAlive()) {
      if (beats > 0) onChange(false)
      beats = 0
      return
    }
    if (beats === 0) onChange(true)
    send(beats % 2 === 0 ? 'all' : 'roomy')
    beats++
  })
}
