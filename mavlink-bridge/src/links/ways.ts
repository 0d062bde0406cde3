import type { Frame } from '../wire/frame.ts'
import { payloadByte, targetOf } from '../wire/target.ts'
import { waysInTurn } from './best-way.ts'
import { type OpenLink, type PeerKey, WAYS_PEER } from './link.ts'
import { createTwinFilter, WINDOW_MS } from './twin-filter.ts'

/** Links that are declared to lead to the same vehicles. */
export interface Redundancy {
  readonly vehicles: readonly number[]
  readonly links: readonly string[]
}

/** One way to a vehicle, as it is told. */
export interface WayState {
  readonly remote: PeerKey
  readonly lossShare: number | null
  readonly latencyMs: number | null
  readonly ageMs: number
  readonly inUse: boolean
}

interface OneWay {
  readonly key: PeerKey
  readonly link: OpenLink
  lastAtMs: number
  /** When the vehicle started, by what it said on this way; null until it says. */
  bootedAtMs: number | null
  /** The newest time of the vehicle's own clock that came this way. */
  clockMs: number | null
  /** Which start of the vehicle this way tells of. */
  start: number
}
interface Vehicle {
  readonly ways: Map<string, OneWay>
  inUse: PeerKey | undefined
  /** Since when the ways contradict each other; null while they do not. */
  disagreeSinceMs: number | null
  apartUntilMs: number
  /** The newest start that any way tells of, since when, and the newest time of its clock that went on. */
  start: number
  startSeenAtMs: number
  clockMs: number | null
}

/** A link's remote end that was silent for this long may be replaced by another one of the same link. */
const LATCH_MS = 3000
/** Two ways of one vehicle may delay its words differently; two vehicles did not start within this of each other. */
const SAME_BOOT_SLACK_MS = 3000
const DISAGREE_MS = 2000
/** After a restart the slower way still tells of the start before for a while. */
const OLD_START_MS = 5000
/** A clock that goes back on its own way by more than this is a restart, not a late frame. */
const REBOOT_SLACK_MS = 2000
/** A quicker way counts while it is heard: two of its heartbeats may be lost, or what is under way is newer than its last word. */
const QUICK_ALIVE_MS = 2000
const QUICK_MARGIN_MS = 500
/**
 * What a slower way still brings: answers (they have a target), and what is told once. States that it tells are old:
 * COMMAND_ACK of old autopilots, PARAM_VALUE, STATUSTEXT, AUTOPILOT_VERSION, EVENT.
 */
const TOLD_ONCE: ReadonlySet<number> = new Set([77, 22, 253, 148, 410])
const APART_MS = 60_000
/** GLOBAL_POSITION_INT and ATTITUDE begin with `time_boot_ms`. */
const BOOT_CLOCKS: ReadonlySet<number> = new Set([30, 33])

const systemOf = (peer: PeerKey): number => Number(peer.slice(WAYS_PEER.length))

/**
 * Vehicles that are reached by several links: the first copy of what they say goes on under one name, `ways:SYS`, and
 * what is meant for them goes out by one way at a time, so that no order takes effect twice: by the best one, and what is
 * said again for safety by the next best in turn.
 */
export function createWays(declared: readonly Redundancy[], nowMs: () => number) {
  const twins = createTwinFilter()
  const linksOf = new Map(
    declared.flatMap(({ vehicles, links }) => vehicles.map((sys) => [sys, new Set(links)] as const)),
  )
  const vehicles = new Map<number, Vehicle>()

  function vehicleOf(sys: number): Vehicle {
    let vehicle = vehicles.get(sys)
    if (vehicle === undefined) {
      vehicle = {
        ways: new Map(),
        inUse: undefined,
        disagreeSinceMs: null,
        apartUntilMs: -Infinity,
        start: 0,
        startSeenAtMs: -Infinity,
        clockMs: null,
      }
      vehicles.set(sys, vehicle)
    }
    return vehicle
  }
  /**
   * A restart shows in the clock of each way by itself: it goes back against what that way told last. A way that agrees
   * with another about the start tells of the same one.
   */
  function hearClock(vehicle: Vehicle, way: OneWay, clockMs: number, atMs: number): void {
    const wentBack = way.clockMs !== null && clockMs + REBOOT_SLACK_MS < way.clockMs
    way.clockMs = wentBack ? clockMs : Math.max(way.clockMs ?? 0, clockMs)
    const bootedAtMs = atMs - clockMs
    way.bootedAtMs = bootedAtMs
    const agrees = [...vehicle.ways.values()].some(
      (other) =>
        other !== way &&
        other.start === vehicle.start &&
        other.bootedAtMs !== null &&
        Math.abs(other.bootedAtMs - bootedAtMs) <= SAME_BOOT_SLACK_MS,
    )
    if (agrees) way.start = vehicle.start
    else if (wentBack) {
      way.start = ++vehicle.start
      vehicle.startSeenAtMs = atMs
      vehicle.clockMs = null
    }
  }
  const tellsOldStart = (vehicle: Vehicle, way: OneWay, atMs: number): boolean =>
    way.start < vehicle.start && atMs - vehicle.startSeenAtMs < OLD_START_MS
  /** How much later than the quickest living way this one brings everything, ms; 0 within what copies may differ. */
  function laterMs(vehicle: Vehicle, way: OneWay, atMs: number): number {
    let later = 0
    for (const other of vehicle.ways.values()) {
      if (other === way || other.start !== way.start || other.bootedAtMs === null || way.bootedAtMs === null) continue
      const behindMs = way.bootedAtMs - other.bootedAtMs
      const alive = atMs - other.lastAtMs < Math.max(QUICK_ALIVE_MS, behindMs + QUICK_MARGIN_MS)
      if (alive && behindMs > WINDOW_MS) later = Math.max(later, behindMs)
    }
    return later
  }
  /** Whether a newer state of the vehicle is known already than the one this frame tells. */
  function isOld(vehicle: Vehicle, way: OneWay, frame: Frame, later: number, atMs: number): boolean {
    if (targetOf(frame).sys !== 0 || TOLD_ONCE.has(frame.id)) return false
    if (later > 0 || tellsOldStart(vehicle, way, atMs)) return true
    if (!BOOT_CLOCKS.has(frame.id) || way.start !== vehicle.start) return false
    const clockMs = bootMs(frame)
    if (vehicle.clockMs !== null && clockMs + WINDOW_MS < vehicle.clockMs) return true
    vehicle.clockMs = Math.max(vehicle.clockMs ?? 0, clockMs)
    return false
  }
  /** Two aircraft behind ways that were declared one: told apart by the clocks they started. */
  function areApart(vehicle: Vehicle, atMs: number): boolean {
    const boots = [...vehicle.ways.values()]
      .filter((way) => atMs - way.lastAtMs < LATCH_MS && !tellsOldStart(vehicle, way, atMs))
      .flatMap(({ bootedAtMs }) => (bootedAtMs === null ? [] : [bootedAtMs]))
    const disagree = boots.length > 1 && Math.max(...boots) - Math.min(...boots) > SAME_BOOT_SLACK_MS
    vehicle.disagreeSinceMs = disagree ? (vehicle.disagreeSinceMs ?? atMs) : null
    if (vehicle.disagreeSinceMs !== null && atMs - vehicle.disagreeSinceMs >= DISAGREE_MS)
      vehicle.apartUntilMs = atMs + APART_MS
    return atMs < vehicle.apartUntilMs
  }
  function stateOf(sys: number): { all: { way: OneWay; state: WayState }[]; turns: OneWay[] } {
    const vehicle = vehicles.get(sys)
    if (vehicle === undefined) return { all: [], turns: [] }
    const now = nowMs()
    const states = [...vehicle.ways.values()].map((way) => {
      const { key, link, lastAtMs } = way
      const comp = link.systems(key).get(sys) ?? 1
      const state = { lossShare: link.lossShare(key, sys, comp), latencyMs: link.latencyMs(key), ageMs: now - lastAtMs }
      return { way, state: { remote: key, ...state } }
    })
    const inTurn = waysInTurn(
      states.map(({ way, state }) => ({ key: way.key, ...state })),
      vehicle.inUse,
    )
    const best = inTurn[0]?.key
    vehicle.inUse = best
    return {
      all: states.map(({ way, state }) => ({ way, state: { ...state, inUse: way.key === best } })),
      turns: inTurn.flatMap(({ key }) => states.filter(({ way }) => way.key === key).map(({ way }) => way)),
    }
  }

  /** The way that a frame came, and its vehicle; null where the sender has no part in the ways that are declared. */
  function wayOf(link: OpenLink, peer: PeerKey, frame: Frame, atMs: number): { vehicle: Vehicle; way: OneWay } | null {
    if (linksOf.get(frame.sys)?.has(link.name) !== true) return null
    const vehicle = vehicleOf(frame.sys)
    let way = vehicle.ways.get(link.name)
    if (way === undefined || (way.key !== peer && atMs - way.lastAtMs >= LATCH_MS)) {
      way = { key: peer, link, lastAtMs: atMs, bootedAtMs: null, clockMs: null, start: vehicle.start }
      vehicle.ways.set(link.name, way)
    }
    // A second sender on the same link was not declared: it is judged as any other.
    if (way.key !== peer) return null
    way.lastAtMs = atMs
    if (BOOT_CLOCKS.has(frame.id)) hearClock(vehicle, way, bootMs(frame), atMs)
    return { vehicle, way }
  }

  return {
    /** Whether that link is declared as one of several to that vehicle. */
    isWay: (linkName: string, sys: number): boolean => linksOf.get(sys)?.has(linkName) === true,
    /** A frame that another way brought already, and that nothing more is believed of: this way lives, too. */
    noteCopy(link: OpenLink, peer: PeerKey, frame: Frame, atMs: number): void {
      wayOf(link, peer, frame, atMs)
    },
    /**
     * The name under which a frame goes on: `ways:SYS`, its own peer where it has no part in this, or null for the
     * second copy.
     */
    take(link: OpenLink, peer: PeerKey, frame: Frame, atMs: number): PeerKey | null {
      const known = wayOf(link, peer, frame, atMs)
      if (known === null) return peer
      const { vehicle, way } = known
      if (areApart(vehicle, atMs)) return peer
      const later = laterMs(vehicle, way, atMs)
      if (isOld(vehicle, way, frame, later, atMs)) return null
      return twins.isNew(peer, frame, atMs, later) ? `${WAYS_PEER}${frame.sys}` : null
    },
    isVirtual: (peer: PeerKey): boolean => peer.startsWith(WAYS_PEER),
    /** The way in use now, or at another turn the next best ones; undefined before anything was heard. */
    wayTo(peer: PeerKey, turn = 0): { readonly link: OpenLink; readonly key: PeerKey } | undefined {
      const { turns } = stateOf(systemOf(peer))
      return turns[turn % Math.max(1, turns.length)]
    },
    /** Ways that are heard beside the one in use. */
    otherWays: (peer: PeerKey): number => Math.max(0, stateOf(systemOf(peer)).turns.length - 1),
    states: (sys: number): WayState[] => stateOf(sys).all.map(({ state }) => state),
  }
}

const bootMs = (frame: Frame): number =>
  payloadByte(frame, 0) +
  payloadByte(frame, 1) * 0x100 +
  payloadByte(frame, 2) * 0x10000 +
  payloadByte(frame, 3) * 0x1000000
