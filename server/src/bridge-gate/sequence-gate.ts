/**
 * Lets each numbered notice of a bridge run through once, in order: what comes again after a lost answer is dropped.
 * @param run name of the bridge and its start: a new run counts from the beginning
 */
export function createSequenceGate() {
  const last = new Map<string, number>()
  return <T extends { droneId: string; seq: number }>(run: string, notices: readonly T[]): T[] =>
    notices.filter(({ droneId, seq }) => {
      const key = `${run}/${droneId}`
      if (seq <= (last.get(key) ?? -1)) return false
      last.set(key, seq)
      return true
    })
}
