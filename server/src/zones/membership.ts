import type { ZoneEvidence } from '@skerry/contract'
import type { Chord } from './planar.ts'

export type Side = 'in' | 'out'

/** A position against one zone. `near` is within the band where neither side is certain. */
export interface Sample {
  side: Side | 'near'
  atMs: number
  x: number
  y: number
  accuracyM: number
}

/** What is known of one mover against one zone. Metres are those of the zone's frame. */
export interface Membership {
  side: Side | 'unknown'
  /** When the side was taken, source time. */
  sinceMs: number
  /** Newest certain position on the side that is held. */
  anchor: Sample | null
  /** The other side, not yet believed: where it would begin, and its evidence so far. */
  run: { side: Side; startMs: number; firstAtMs: number; fixes: number; doubts: number } | null
  /** It came out elsewhere than it went in, and may yet come back: a spike does, a passage does not. */
  passage: { enteredAtMs: number; exitedAtMs: number; from: Sample; firstAtMs: number; fixes: number } | null
}

export type Turn =
  | { to: 'in'; atMs: number; first: boolean }
  | { to: 'out'; atMs: number; first: boolean }
  /** In and out again between two positions, or too quickly to be believed before it was over. */
  | { to: 'through'; enteredAtMs: number; exitedAtMs: number }

/** Without positions for longer than this a straight line between two of them is no evidence, ms. */
export const LONGEST_SEGMENT_MS = 120_000
/** Distance from a straight edge that gives a chance of 0.8 to be beyond it, as a share of the 68 % radius (normal in both axes). */
const CERTAIN_SHARE = 0.56

export const unknownMembership = (): Membership => ({
  side: 'unknown',
  sinceMs: 0,
  anchor: null,
  run: null,
  passage: null,
})

/** How deep inside a position must lie to be certain, metres: the circle that holds it in two of three cases fits in. */
export const insideMarginM = (evidence: ZoneEvidence, accuracyM: number): number =>
  Math.max(evidence.hysteresisM / 2, accuracyM)

export function sideOf(depthM: number, evidence: ZoneEvidence, accuracyM: number): Sample['side'] {
  if (depthM >= insideMarginM(evidence, accuracyM)) return 'in'
  return depthM <= -Math.max(evidence.hysteresisM / 2, CERTAIN_SHARE * accuracyM) ? 'out' : 'near'
}

/**
 * Takes the next position, in order of source time; changes `m` and gives what became certain, or null.
 * @param chord the part of the way from `m.anchor` to the sample that lies inside; asked for only when needed
 */
export function step(m: Membership, sample: Sample, evidence: ZoneEvidence, chord: () => Chord | null): Turn | null {
  if (sample.side === 'near') return atEdge(m)
  if (m.side === 'unknown') return extendRun(m, sample, evidence, sample.atMs)
  if (sample.side === m.side) return m.side === 'in' ? settle(m, sample) : outside(m, sample, evidence, chord)
  if (m.run !== null) return extendRun(m, sample, evidence, sample.atMs)
  const cut = m.anchor === null || tooFar(m.anchor, sample) ? null : chord()
  const at = cut === null ? null : m.side === 'out' ? cut.from : cut.to
  const startMs = at === null || m.anchor === null ? sample.atMs : between(m.anchor.atMs, sample.atMs, at)
  m.passage = null // gone in again: judged by what it does there
  return extendRun(m, sample, evidence, startMs)
}

/** At the edge nothing is certain: it has not left on the other side, and a run of more doubt than evidence is none. */
function atEdge(m: Membership): null {
  m.passage = null
  if (m.run !== null && ++m.run.doubts > m.run.fixes) m.run = null
  return null
}

function settle(m: Membership, sample: Sample): null {
  m.run = null
  m.anchor = sample
  return null
}

/** Certainly outside, as before: the end of a visit too short to be believed, a way through, or nothing. */
function outside(m: Membership, sample: Sample, evidence: ZoneEvidence, chord: () => Chord | null): Turn | null {
  const from = m.anchor
  const visit = m.run
  m.run = null
  m.anchor = sample
  if (from === null) return null
  const cut = visit !== null || tooFar(from, sample) ? null : chordOver(chord, evidence, from, sample)
  if (m.passage !== null) {
    if (cut !== null || cameBack(m.passage.from, sample, evidence)) m.passage = null
    else m.passage.fixes++
    return throughIfCertain(m, sample, evidence)
  }
  if (visit !== null && !cameBack(from, sample, evidence)) m.passage = begun(visit.startMs, sample.atMs, from, sample)
  else if (cut !== null)
    m.passage = begun(between(from.atMs, sample.atMs, cut.from), between(from.atMs, sample.atMs, cut.to), from, sample)
  return throughIfCertain(m, sample, evidence)
}

const begun = (enteredAtMs: number, exitedAtMs: number, from: Sample, sample: Sample) => ({
  enteredAtMs,
  exitedAtMs,
  from,
  firstAtMs: sample.atMs,
  fixes: 1,
})

function throughIfCertain(m: Membership, sample: Sample, evidence: ZoneEvidence): Turn | null {
  const { passage } = m
  if (passage === null || !enough(passage, sample, evidence)) return null
  m.passage = null
  return { to: 'through', enteredAtMs: passage.enteredAtMs, exitedAtMs: passage.exitedAtMs }
}

function extendRun(m: Membership, sample: Sample, evidence: ZoneEvidence, startMs: number): Turn | null {
  const side = sample.side as Side
  if (m.run?.side === side) m.run.fixes++
  else m.run = { side, startMs, firstAtMs: sample.atMs, fixes: 1, doubts: 0 }
  if (!enough(m.run, sample, evidence)) return null
  const first = m.side === 'unknown'
  const atMs = m.run.startMs
  m.side = side
  m.sinceMs = atMs
  m.anchor = sample
  m.run = null
  m.passage = null
  return { to: side, atMs, first }
}

const enough = (run: { firstAtMs: number; fixes: number }, sample: Sample, evidence: ZoneEvidence): boolean =>
  run.fixes >= evidence.minFixes && sample.atMs - run.firstAtMs >= evidence.minTimeS * 1000

const tooFar = (from: Sample, to: Sample): boolean => to.atMs - from.atMs > LONGEST_SEGMENT_MS

/** Back where it came from, as far as the receivers can tell. */
const cameBack = (from: Sample, to: Sample, evidence: ZoneEvidence): boolean =>
  Math.hypot(to.x - from.x, to.y - from.y) <= evidence.hysteresisM + 2 * (from.accuracyM + to.accuracyM)

/** Clipping a corner by less than the band of uncertainty is no passage. */
function chordOver(chord: () => Chord | null, evidence: ZoneEvidence, from: Sample, to: Sample): Chord | null {
  const cut = chord()
  return cut !== null && cut.insideM >= 2 * insideMarginM(evidence, Math.max(from.accuracyM, to.accuracyM)) ? cut : null
}

const between = (fromMs: number, toMs: number, share: number): number => Math.round(fromMs + (toMs - fromMs) * share)
