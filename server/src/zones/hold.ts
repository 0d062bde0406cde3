import type { ZoneEvidence } from '@skerry/contract'

/** A yes-or-no that must hold before it is believed. Between the two thresholds (`null`) nothing changes. */
export interface Hold {
  on: boolean
  run: { firstAtMs: number; fixes: number } | null
}
export const released = (): Hold => ({ on: false, run: null })

/** Takes the next reading; true when the state has just turned. `startedAtMs` is when the new state began. */
export function hold(
  state: Hold,
  reading: boolean | null,
  atMs: number,
  evidence: Pick<ZoneEvidence, 'minTimeS' | 'minFixes'>,
): { startedAtMs: number } | null {
  if (reading === null) return null
  if (reading === state.on) {
    state.run = null
    return null
  }
  if (state.run === null) state.run = { firstAtMs: atMs, fixes: 1 }
  else state.run.fixes++
  const { firstAtMs, fixes } = state.run
  if (fixes < evidence.minFixes || atMs - firstAtMs < evidence.minTimeS * 1000) return null
  state.on = reading
  state.run = null
  return { startedAtMs: firstAtMs }
}
