import type { Clock } from '../clock.ts'
import { isForUs } from '../exchanges/vehicle-port.ts'
import { isMessage } from '../wire/decode.ts'
import type { Session } from './session.ts'

/**
 * Answers an autopilot that compares its clock with ours (TIMESYNC with `tc1` 0): our time in `tc1`, its stamp back in
 * `ts1`, both in nanoseconds. PX4 sets its idea of the station's clock by whoever answers, so only the station that it is
 * commanded from does.
 * @param mayAnswer whether its commands are ours now
 * @returns ends it
 */
export const answerTimesync = (
  session: Pick<Session, 'port' | 'systemId' | 'watch'>,
  clock: Clock,
  mayAnswer: () => boolean,
): (() => void) =>
  session.watch((vehicle, { comp, message }) => {
    if (comp !== vehicle.autopilotComp || !isMessage(message, 'TIMESYNC')) return
    const { tc1, ts1 } = message.fields
    // An answer (to us, or to another station) is no question.
    if (tc1 !== 0n || !isForUs(session.port, message.fields) || !mayAnswer()) return
    const target = { target_system: session.systemId, target_component: comp }
    session.port.send('TIMESYNC', { ...target, tc1: BigInt(Math.round(clock.nowMs())) * 1_000_000n, ts1 })
  })
