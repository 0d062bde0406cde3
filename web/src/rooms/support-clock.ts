import type { SupportRequest } from '@skerry/contract'

/** The clock of one request, seconds. `leftS` is negative when it is late; `tookS` counts from the request. */
export interface SupportClock {
  waitsFor: 'answer' | 'arrival' | null
  leftS: number
  tookS: number
}

/** What a request waits for; nothing once it is over: then the clock stands at the moment of its end. */
export function supportClock(request: SupportRequest, nowMs: number): SupportClock {
  const tookS = ((request.endedAtMs ?? nowMs) - request.askedAtMs) / 1000
  if (request.endedAtMs !== null) return { waitsFor: null, leftS: 0, tookS }
  const answered = request.state === 'accepted'
  const byMs = answered ? request.arriveByMs : request.acceptByMs
  return { waitsFor: answered ? 'arrival' : 'answer', leftS: (byMs - nowMs) / 1000, tookS }
}

/** How many requests of a room still run, and how many of those are late. */
export function supportCounts(
  requests: readonly SupportRequest[] | undefined,
  nowMs: number,
): { open: number; late: number } {
  const open = (requests ?? []).filter(({ endedAtMs }) => endedAtMs === null)
  return { open: open.length, late: open.filter((one) => supportClock(one, nowMs).leftS < 0).length }
}
