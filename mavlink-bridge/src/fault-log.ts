/** Notes a fault of our own: what was being done, and what was thrown. */
export type NoteFault = (what: string, error: unknown) => void

/** Different faults that are told apart; what comes after them is counted together. */
const MOST_KINDS = 100

/**
 * Logs faults of our own that ended one exchange and nothing else. One that comes again and again (an aircraft may make
 * it come) is counted, and said at its 1st, 10th, 100th... time.
 */
export function createFaultLog(log: (line: string, details: { readonly times: number }) => void): NoteFault {
  const times = new Map<string, number>()
  return (what, error) => {
    const line = `${what}: ${error instanceof Error ? error.message : String(error)}`
    const kind = times.has(line) || times.size < MOST_KINDS ? line : 'others'
    const now = (times.get(kind) ?? 0) + 1
    times.set(kind, now)
    if (Number.isInteger(Math.log10(now))) log(line, { times: now })
  }
}
