import type { Actor, Incident } from '@skerry/contract'
import { lostUnits } from '../domain/incidents/lost.ts'
import { expiredOffers, reoffers } from '../domain/incidents/reoffer.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Eta } from '../eta/eta-service.ts'
import { everyMs } from '../live/every.ts'

const TICK_MS = 1000
/** What was proposed for an incident that has not changed holds this long: units move slowly. */
const PROPOSED_MS = 10_000
const ACTOR: Actor = { kind: 'system', part: 'dispatch' }

/**
 * Ends offers whose time is over, lets go of units that went off duty or out of service, and asks the next unit where
 * one is missing.
 */
export function startDispatchRecorder(parts: {
  engine: Pick<Engine, 'record' | 'picture'>
  eta: Pick<Eta, 'estimate' | 'etaOf'>
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}): { stop(): void } {
  const { engine, eta, clock, newId, onFault } = parts
  const proposals = new Map<string, { incident: Incident; atMs: number; unitIds: readonly string[] }>()
  let busy = false

  function proposed(incident: Incident, nowMs: number): readonly string[] | null {
    const known = proposals.get(incident.id)
    if (known !== undefined && known.incident === incident && nowMs - known.atMs < PROPOSED_MS) return known.unitIds
    const found = eta.estimate(incident)
    if (found === null) return null
    const unitIds = found.rows.filter(({ picked }) => picked).map(({ unitId }) => unitId)
    proposals.set(incident.id, { incident, atMs: nowMs, unitIds })
    return unitIds
  }

  async function look(): Promise<void> {
    const nowMs = clock.nowMs()
    const ctx = {
      nowMs,
      newId,
      etaOf: eta.etaOf,
      proposedFor: (incident: Incident) => proposed(incident, nowMs),
    }
    if (lostUnits(engine.picture, ctx).length > 0) await engine.record(ACTOR, (picture) => lostUnits(picture, ctx))
    if (expiredOffers(engine.picture, nowMs).length > 0)
      await engine.record(ACTOR, (picture) => expiredOffers(picture, nowMs))
    if (reoffers(engine.picture, ctx).length > 0) await engine.record(ACTOR, (picture) => reoffers(picture, ctx))
  }

  const stop = everyMs(clock, TICK_MS, () => {
    if (busy) return
    busy = true
    look()
      .catch(onFault)
      .finally(() => (busy = false))
  })
  return { stop }
}
