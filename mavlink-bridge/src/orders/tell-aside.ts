import type { Clock } from '../clock.ts'
import { commandPolicy } from '../exchanges/command.ts'
import type { Session } from '../vehicles/session.ts'
import type { Tell } from './order-step.ts'

const EXPIRES_MS = 10_000
const PAUSE_MS = 2000
/** Rounds of three tries: at a loss of thirty per cent one in a million stays untold. */
const ROUNDS = 5

/**
 * Says something for good order beside all orders, until telemetry shows that nothing is left to be said; whatever the
 * vehicle answers, nothing hangs on it.
 * @param due what is to be said, asked anew before each round; null: nothing any more
 * @param stop nothing more of it is said from then on
 */
export async function tellAside(
  session: Session,
  due: () => Tell | null,
  clock: Clock,
  stop?: AbortSignal,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const tell = due()
    if (tell?.by !== 'command' || stop?.aborted === true) return
    const { command, params, comp = session.vehicle().autopilotComp } = tell
    const policy = commandPolicy('query', session.desk.rttMs())
    const expiresAtMs = clock.nowMs() + EXPIRES_MS
    const running = session.desk.run({ spec: { comp, command, params }, policy, expiresAtMs })
    const cancel = (): void => running.cancel()
    stop?.addEventListener('abort', cancel, { once: true })
    await running.ended
    stop?.removeEventListener('abort', cancel)
    await new Promise<void>((resolve) => void clock.after(PAUSE_MS, resolve))
  }
}
