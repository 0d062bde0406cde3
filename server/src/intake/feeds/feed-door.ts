import type { Datum, FixReport, FeedReason } from '@skerry/contract'
import type { Clock } from '../../clock.ts'
import type { Coming, FeedCounters } from '../feed-counters.ts'
import type { FixIntake } from '../fixes.ts'
import type { VesselDesk } from '../ais/vessel-desk.ts'
import type { TerminalAlarmDesk } from '../terminal-alarm-desk.ts'
import { toWgs84 } from '@skerry/exchange'
import type { Decoded, MessageFault, Observation } from './observation.ts'
import { dialFault } from './dial-fault.ts'
import { createRateLimit } from './rate-limit.ts'

/** What a socket needs of the rest of intake: whether a peer may speak now, and somewhere to put what it said. */
export interface FeedDoor {
  readonly name: string
  /** False, and counted, when this peer or the whole feed says more than its limits allow. */
  admits(peer: string): boolean
  turnAway(fault: MessageFault): void
  /** What came of dialling: null when somebody was reached, else what the transport threw. */
  dialled(error: unknown): void
  take(decoded: Decoded): Promise<void>
}

/** Everything that feeds bring, judged and put where it belongs. */
export interface IntakeParts {
  fixes: Pick<FixIntake, 'take'>
  vessels: VesselDesk
  alarms: TerminalAlarmDesk
  counters: Pick<FeedCounters, 'came' | 'turnedAway' | 'dialled'>
  clock: Clock
}

type OfKind<K extends Observation['kind']> = Extract<Observation, { kind: K }>
type Counting = Required<Coming> & { reasons: FeedReason[] }

interface FeedRules {
  name: string
  datum: Datum
  limits: { peerPerS: number; feedPerS: number }
}

/** @param unitOf unit that a source of this feed speaks for */
export function createFeedDoor(
  feed: FeedRules,
  unitOf: (source: string) => string | undefined,
  { fixes, vessels, alarms, counters, clock }: IntakeParts,
): FeedDoor {
  const { name, datum } = feed
  const rate = createRateLimit({ peer: feed.limits.peerPerS, feed: feed.limits.feedPerS })

  async function takeFixes(observations: readonly OfKind<'fix'>[], coming: Counting): Promise<void> {
    const reports: FixReport[] = []
    for (const { source, fix } of observations) {
      coming.sourceAtMs = Math.max(coming.sourceAtMs ?? 0, fix.atMs)
      const unitId = unitOf(source)
      if (unitId === undefined) coming.reasons.push('unknown-source')
      else reports.push({ ...fix, unitId, position: toWgs84(fix.position, datum) })
    }
    if (reports.length === 0) return
    const taken = await fixes.take(name, reports)
    coming.accepted += taken.accepted + taken.late
    coming.late += taken.late
    coming.reasons.push(...taken.refused.map(({ reason }) => reason))
  }

  async function takeAlarms(
    { source, position, ...rest }: OfKind<'terminal-alarms'>,
    observations: readonly Observation[],
    coming: Counting,
  ): Promise<void> {
    const unitId = unitOf(source)
    const placed = observations.some((one) => one.kind === 'fix' && one.source === source)
    if (unitId === undefined) {
      if (!placed) coming.reasons.push('unknown-source') // else it was counted with its place
      return
    }
    const at = position === null ? null : toWgs84(position, datum)
    const verdict = await alarms.take(name, { ...rest, unitId, position: at })
    if (placed || rest.alarms.length === 0) return // the place was counted, or there was nothing to say
    if (verdict === 'taken') coming.accepted++
    else coming.reasons.push(verdict)
  }

  async function takeVessel({ message, heardAtMs }: OfKind<'vessel'>, coming: Counting): Promise<void> {
    const verdict = await vessels.take(message, { feed: name, datum, heardAtMs })
    if (verdict.kind === 'no-fix') coming.reasons.push('no-fix')
    else if (verdict.kind === 'refused') coming.reasons.push(verdict.reason)
    else coming.accepted++
    if (verdict.kind === 'late') coming.late++
    if (verdict.kind === 'accepted') coming.sourceAtMs = Math.max(coming.sourceAtMs ?? 0, heardAtMs)
  }

  return {
    name,
    admits(peer) {
      const admitted = rate.allows(peer, clock.nowMs())
      if (!admitted) counters.turnedAway(name, 'too-many')
      return admitted
    },
    turnAway: (fault) => counters.turnedAway(name, fault),
    dialled: (error) => counters.dialled(name, error === null ? null : dialFault(error)),
    async take({ observations, faults, ignored }) {
      const coming: Counting = {
        accepted: 0,
        late: 0,
        ignored,
        refused: 0,
        redacted: 0,
        reasons: [...faults],
        sourceAtMs: null,
      }
      try {
        await takeFixes(
          observations.filter((one) => one.kind === 'fix'),
          coming,
        )
        for (const one of observations) {
          if (one.kind === 'vessel') await takeVessel(one, coming)
          if (one.kind === 'terminal-alarms') await takeAlarms(one, observations, coming)
        }
      } finally {
        coming.refused = coming.reasons.length
        counters.came(name, coming)
      }
    },
  }
}
