/** Something that speaks at a fixed pace: at `phaseMs` after the start and then every `everyMs`. */
export interface Speaker {
  readonly everyMs: number
  readonly phaseMs: number
  /** @param dueMs milliseconds after the start for which this word was due; it may be spoken a little later */
  speak(dueMs: number): void
}

/**
 * Who is due, in order of time. A late call catches up with every word that was due, so that the load is the same on a
 * busy machine; the pace never drifts.
 */
export function createSchedule(speakers: readonly Speaker[]): (nowMs: number) => void {
  // Speakers of one pace take turns in the order of their phases: a ring for each pace, no heap.
  const rings = [...Map.groupBy(speakers, ({ everyMs }) => everyMs)].map(([everyMs, members]) => ({
    everyMs,
    members: members.toSorted((a, b) => a.phaseMs - b.phaseMs),
    next: 0,
  }))
  return (nowMs) => {
    for (const ring of rings)
      for (;;) {
        const member = ring.members[ring.next % ring.members.length]!
        const dueMs = Math.floor(ring.next / ring.members.length) * ring.everyMs + member.phaseMs
        if (dueMs > nowMs) break
        ring.next++
        member.speak(dueMs)
      }
  }
}
