/** One of several ways to the same vehicle, as it is now. */
export interface Way {
  readonly key: string
  /** Milliseconds since anything of the vehicle came this way. */
  readonly ageMs: number
  readonly lossShare: number | null
  readonly latencyMs: number | null
}

/** As long as a heartbeat is late: a way silent for longer is left at once. */
const STALE_MS = 2000
/** A lost command costs a repetition, so a tenth of loss weighs like this share of it. */
const REPEAT_MS = 2000
/** What is not measured yet is no reason to prefer or to leave a way. */
const UNKNOWN_LATENCY_MS = 300
/** The other way has to be clearly better, or two equal ones would take turns. */
const MARGIN = 0.7
const MARGIN_MS = 50

/** Expected time until a message is through, ms; lower is better. */
const costOf = ({ lossShare, latencyMs }: Way): number => {
  const loss = Math.min(lossShare ?? 0, 0.95)
  return (latencyMs ?? UNKNOWN_LATENCY_MS) + (loss / (1 - loss)) * REPEAT_MS
}

/**
 * The way to send by: the one in use while it is alive and none is clearly better; otherwise the best living one; with
 * none alive the one heard last. Undefined without any.
 */
export function bestWay(ways: readonly Way[], inUse: string | undefined): Way | undefined {
  const alive = ways.filter(({ ageMs }) => ageMs <= STALE_MS)
  if (alive.length === 0) return ways.toSorted((a, b) => a.ageMs - b.ageMs)[0]
  const best = alive.toSorted((a, b) => costOf(a) - costOf(b))[0]
  const current = alive.find(({ key }) => key === inUse)
  if (current === undefined || best === undefined) return best
  return costOf(best) < costOf(current) * MARGIN - MARGIN_MS ? best : current
}

/** All ways that are heard, the one to send by first and then by what they cost; the one heard last where none is. */
export function waysInTurn(ways: readonly Way[], inUse: string | undefined): Way[] {
  const best = bestWay(ways, inUse)
  if (best === undefined) return []
  const others = ways.filter(({ key, ageMs }) => key !== best.key && ageMs <= STALE_MS)
  return [best, ...others.sort((a, b) => costOf(a) - costOf(b))]
}
