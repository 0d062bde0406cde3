import type { Clock } from '../clock.ts'
import type { NoteFault } from '../fault-log.ts'
import type { Arrival, Link } from '../links/link.ts'
import { decodeAs } from '../wire/decode.ts'
import { compareContacts } from './duplicates.ts'
import { isAutopilotHeartbeat, isAutopilotSummary } from './observe.ts'
import { OWN } from './own.ts'
import { createSession, type Session } from './session.ts'

/** A vehicle that is shown: its id across the system, and whether another one uses the same system id. */
export interface Member {
  readonly droneId: string
  readonly session: Session
  readonly duplicateId: boolean
}

export interface FleetPorts {
  readonly bridgeId: string
  readonly link: Link
  readonly clock: Clock
  /** A vehicle is shown for the first time, or another one under the name of one that is gone. */
  readonly onMember: (droneId: string, session: Session) => void
  /**
   * What was begun with that session ends here: it is silent for good, or `replaced` by another start or another vehicle
   * under the same system id. Comes before the `onMember` of what takes its place.
   */
  readonly onGone?: (droneId: string, why: 'silent' | 'replaced') => void
  /** Two vehicles speak under its id from one address: what is told to one is told to both. */
  readonly onMerged?: (droneId: string) => void
  /** A fault of ours ended one exchange with a vehicle. */
  readonly onFault?: NoteFault
}

export interface Fleet {
  hear(arrival: Arrival): void
  /** A few times a second: asks vehicles for what is missing and judges addresses. */
  tick(): void
  members(): Member[]
  member(droneId: string): Member | undefined
}

/** More addresses for one system id than anyone flies by mistake; a flood of them must cost nothing. */
const MAX_ADDRESSES = 4
/** A second vehicle silent for this long was switched off: the first may be ordered again. */
const GONE_AFTER_MS = 60_000
const SUFFIXES = ['', 'b', 'c', 'd']

interface Address {
  readonly firstAtMs: number
  readonly session: Session
  /** Shown as a vehicle of its own; otherwise still being judged, or a second way to the first one. */
  droneId: string | null
  merged: boolean
}

/**
 * Keeps vehicles apart by system id and address. Only an autopilot's heartbeat (or its
 * summary over a satellite link) makes a vehicle: ground stations, gimbals and companions do not.
 */
export function createFleet({ bridgeId, link, clock, onMember, ...ends }: FleetPorts): Fleet {
  const { onGone = () => undefined, onMerged = () => undefined, onFault } = ends
  const systems = new Map<number, Address[]>()

  function hear(arrival: Arrival): void {
    const { frame, peer } = arrival
    if (frame.sys === 0 || frame.sys === OWN.sys) return
    const addresses = systems.get(frame.sys)
    const known = addresses?.find(({ session }) => session.peer() === peer)
    if (known !== undefined) return known.session.take(arrival)
    if (!isVehicle(arrival)) {
      const first = addresses?.[0]?.session
      // Equipment may speak from an address of its own; what an autopilot says there is judged first, never mixed in.
      if (first !== undefined && frame.comp !== first.vehicle().autopilotComp) first.take(arrival)
      return
    }
    if ((addresses?.length ?? 0) >= MAX_ADDRESSES) return
    const session = createSession(link, clock, arrival, onFault)
    const address: Address = { firstAtMs: arrival.atMs, session, droneId: null, merged: false }
    session.take(arrival)
    systems.set(frame.sys, [...(addresses ?? []), address])
    if (addresses === undefined) show(address)
  }

  function show(address: Address): void {
    const shown = systems.get(address.session.systemId)?.map(({ droneId }) => droneId) ?? []
    const base = `${bridgeId}-${address.session.systemId}`
    const droneId = SUFFIXES.map((suffix) => base + suffix).find((id) => !shown.includes(id)) ?? base
    address.droneId = droneId
    onMember(droneId, address.session)
  }

  /** What the addresses of one system id have turned out to be by now. */
  function judge(addresses: Address[], nowMs: number): Address[] {
    let [first, ...others] = addresses
    if (first === undefined) return addresses
    const kept: Address[] = []
    for (const other of others) {
      const isGone = nowMs - other.session.lastHeardAtMs() >= GONE_AFTER_MS
      if (other.droneId !== null) {
        if (isGone) onGone(other.droneId, 'silent')
        else kept.push(other)
        continue
      }
      const verdict = compareContacts(contactOf(first), contactOf(other), nowMs)
      if (verdict === 'moved') {
        first.session.moveTo(other.session.peer())
        continue
      }
      if (verdict === 'replaced') {
        first = replace(first, other)
        continue
      }
      if (verdict === 'two' && !isGone) show(other)
      if (verdict === 'unclear') other.session.identify()
      if (!isGone) kept.push(other)
    }
    return [first, ...kept]
  }
  /** A session of its own: nothing that was begun with the old one can reach the new vehicle. */
  function replace(old: Address, other: Address): Address {
    const { droneId } = old
    if (droneId !== null) onGone(droneId, 'replaced')
    other.session.follow(old.session)
    other.droneId = droneId
    if (droneId !== null) onMember(droneId, other.session)
    return other
  }

  function noteMerged(address: Address): void {
    const merged = address.session.isMerged()
    if (merged && !address.merged && address.droneId !== null) onMerged(address.droneId)
    address.merged = merged
  }

  const isTwo = (addresses: readonly Address[]): boolean =>
    addresses.filter(
      ({ droneId, session }) => droneId !== null && clock.nowMs() - session.lastHeardAtMs() < GONE_AFTER_MS,
    ).length > 1

  const members = (): Member[] =>
    [...systems.values()].flatMap((addresses) =>
      addresses.flatMap(({ droneId, session }) =>
        droneId === null ? [] : [{ droneId, session, duplicateId: isTwo(addresses) || session.isMerged() }],
      ),
    )
  return {
    hear,
    members,
    member: (droneId) => members().find((member) => member.droneId === droneId),
    tick() {
      const nowMs = clock.nowMs()
      for (const [sys, addresses] of systems) systems.set(sys, judge(addresses, nowMs))
      for (const addresses of systems.values()) addresses.forEach(noteMerged)
      for (const { session } of members()) session.ask()
    },
  }
}

const contactOf = ({ firstAtMs, session }: Address) => ({
  firstAtMs,
  lastAtMs: session.lastHeardAtMs(),
  vehicle: session.vehicle(),
})

function isVehicle({ frame }: Arrival): boolean {
  const heartbeat = decodeAs('HEARTBEAT', frame)
  if (heartbeat !== undefined) return isAutopilotHeartbeat(heartbeat)
  const summary = decodeAs('HIGH_LATENCY2', frame)
  return summary !== undefined && isAutopilotSummary(summary)
}
