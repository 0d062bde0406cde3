import type { Clock } from '../clock.ts'
import type { Fleet, Member } from '../vehicles/fleet.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { gimbalRelease } from './camera-steps.ts'
import { giveBack, takeFree } from './control-steps.ts'
import type { Tell } from './order-step.ts'
import { tellAside } from './tell-aside.ts'

/**
 * What flight authority means for the aircraft's own tables of who is in control. Gimbals are let go at every hand-over,
 * so that the next pilot takes them anew and another station can; operator control is given back when nobody holds the
 * drone any more, and taken with the lease where no station has it. Nothing here takes anything from anybody, and
 * nothing here moves an aircraft.
 */
export interface LeaseKeeper {
  /** Holders may have changed. */
  changed(): void
  /**
   * The holder of now uses the gimbal: it is not let go any more on behalf of the one before. Answers whether it may have
   * been, though its manager may not have said so yet: then it has to be taken anew.
   */
  gimbalUsed(droneId: string): boolean
}

/** A release that was told may take so long until it has come, been carried out and told back, a lost copy included, ms. */
const LET_GO_WITHIN_MS = 10_000

interface Release {
  readonly stopper: AbortController
  toldAtMs: number | null
}

export function createLeaseKeeper(ports: {
  readonly fleet: Fleet
  readonly clock: Clock
  readonly holder: (droneId: string) => string | null
}): LeaseKeeper {
  const { fleet, clock, holder } = ports
  const known = new Map<string, string | null>()
  const releases = new Map<string, Release>()

  function handedOver({ droneId, session }: Member, before: string | null, now: string | null): void {
    const tell = (due: (vehicle: Vehicle) => Tell | null, stop?: AbortSignal): void =>
      void tellAside(session, () => (holder(droneId) === now ? due(session.vehicle()) : null), clock, stop)
    if (before !== null) {
      const release: Release = { stopper: new AbortController(), toldAtMs: null }
      releases.get(droneId)?.stopper.abort()
      releases.set(droneId, release)
      tell((vehicle) => {
        const way = gimbalRelease(vehicle)
        if (way !== null) release.toldAtMs = clock.nowMs()
        return way
      }, release.stopper.signal)
      if (now === null) tell((vehicle) => giveBack(vehicle, clock.nowMs()))
    }
    if (now !== null) tell((vehicle) => takeFree(vehicle, clock.nowMs()))
  }

  return {
    gimbalUsed(droneId) {
      const { stopper, toldAtMs } = releases.get(droneId) ?? { toldAtMs: null }
      stopper?.abort()
      return toldAtMs !== null && clock.nowMs() - toldAtMs <= LET_GO_WITHIN_MS
    },
    changed() {
      for (const member of fleet.members()) {
        // Of two vehicles under one id none is told anything.
        if (member.duplicateId) continue
        const before = known.get(member.droneId) ?? null
        const now = holder(member.droneId)
        known.set(member.droneId, now)
        if (before !== now) handedOver(member, before, now)
      }
    },
  }
}
