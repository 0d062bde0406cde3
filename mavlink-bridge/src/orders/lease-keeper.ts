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
  /** The holder of now uses the gimbal: it is not let go any more on behalf of the one before. */
  gimbalUsed(droneId: string): void
}

export function createLeaseKeeper(ports: {
  readonly fleet: Fleet
  readonly clock: Clock
  readonly holder: (droneId: string) => string | null
}): LeaseKeeper {
  const { fleet, clock, holder } = ports
  const known = new Map<string, string | null>()
  const releasing = new Set<string>()

  function handedOver({ droneId, session }: Member, before: string | null, now: string | null): void {
    const tell = (due: (vehicle: Vehicle) => Tell | null): void =>
      void tellAside(session, () => (holder(droneId) === now ? due(session.vehicle()) : null), clock)
    if (before !== null) {
      releasing.add(droneId)
      tell((vehicle) => (releasing.has(droneId) ? gimbalRelease(vehicle) : null))
      if (now === null) tell((vehicle) => giveBack(vehicle, clock.nowMs()))
    }
    if (now !== null) tell((vehicle) => takeFree(vehicle, clock.nowMs()))
  }

  return {
    gimbalUsed: (droneId) => void releasing.delete(droneId),
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
