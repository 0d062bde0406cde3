import type { TimelineLine } from '@skerry/contract'

/**
 * Lines of a timeline that no longer count, by `seq`: what a desk entered for a unit and took back, with the state that it
 * had brought the incident to, where that state is not reached at that time by another.
 */
export function withdrawnLines(lines: readonly TimelineLine[]): ReadonlySet<number> {
  const struck = new Set<number>()
  for (const { event: back, seq: backSeq } of lines) {
    if (back.type !== 'incident.step-withdrawn') continue
    for (const { event, atMs, seq } of lines) {
      if (seq > backSeq || atMs !== back.stepAtMs) continue
      const said =
        (event.type === 'unit.reported' && event.byRadio && event.report.unitId === back.unitId) ||
        (event.type === 'incident.offer-answered' && event.unitId === back.unitId)
      const moved = event.type === 'incident.state-changed' && event.state === back.step
      if (said || (moved && back.times[back.step] !== atMs)) struck.add(seq)
    }
  }
  return struck
}
