import type { Frame } from '../wire/frame.ts'
import { payloadByte } from '../wire/target.ts'
import { bestWay } from './best-way.ts'
import type { OpenLink, PeerKey } from './link.ts'
import { createTwinFilter } from './twin-filter.ts'

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
}
interface Vehicle {
  readonly ways: Map<string, OneWay>
  inUse: PeerKey | undefined
  /** Since when the ways contradict each other; null while they do not. */
  disagreeSinceMs: number | null
  apartUntilMs: number
}

/** A link's remote end that was silent for this long may be replaced by another one of the same link. */
const LATCH_MS = 3000
/** Two ways of one vehicle may delay its words differently; two vehicles did not start within this of each other. */
const SAME_BOOT_SLACK_MS = 3000
/** After a restart the slower way still tells the old time for a moment. */
const DISAGREE_MS = 2000
const APART_MS = 60_000
/** GLOBAL_POSITION_INT and ATTITUDE begin with `time_boot_ms`. */
const BOOT_CLOCKS: ReadonlySet<number> = new Set([30, 33])

const VIRTUAL = 'ways:'
const systemOf = (peer: PeerKey): number => Number(peer.slice(VIRTUAL.length))

/**
 * Vehicles that are reached by several links: the first copy of what they say goes on under one name, `ways:SYS`, and
 * what is meant for them goes out by the best way alone, so that no order takes effect twice.
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
      vehicle = { ways: new Map(), inUse: undefined, disagreeSinceMs: null, apartUntilMs: -Infinity }
      vehicles.set(sys, vehicle)
    }
    return vehicle
  }
  /** Two aircraft behind ways that were declared one: told apart by the clocks they started. */
  function areApart(vehicle: Vehicle, atMs: number): boolean {
    const boots = [...vehicle.ways.values()]
      .filter(({ lastAtMs }) => atMs - lastAtMs < LATCH_MS)
      .flatMap(({ bootedAtMs }) => (bootedAtMs === null ? [] : [bootedAtMs]))
    const disagree = boots.length > 1 && Math.max(...boots) - Math.min(...boots) > SAME_BOOT_SLACK_MS
    vehicle.disagreeSinceMs = disagree ? (vehicle.disagreeSinceMs ?? atMs) : null
    if (vehicle.disagreeSinceMs !== null && atMs - vehicle.disagreeSinceMs >= DISAGREE_MS)
      vehicle.apartUntilMs = atMs + APART_MS
    return atMs < vehicle.apartUntilMs
  }
  function stateOf(sys: number): { way: OneWay; state: WayState }[] {
    const vehicle = vehicles.get(sys)
    if (vehicle === undefined) return []
    const now = nowMs()
    const states = [...vehicle.ways.values()].map((way) => {
      const { key, link, lastAtMs } = way
      const comp = link.systems(key).get(sys) ?? 1
      const state = { lossShare: link.lossShare(key, sys, comp), latencyMs: link.latencyMs(key), ageMs: now - lastAtMs }
      return { way, state: { remote: key, ...state } }
    })
    const best = bestWay(
      states.map(({ way, state }) => ({ key: way.key, ...state })),
      vehicle.inUse,
    )
    vehicle.inUse = best?.key
    return states.map(({ way, state }) => ({ way, state: { ...state, inUse: way.key === best?.key } }))
  }

  return {
    /**
     * The name under which a frame goes on: `ways:SYS`, its own peer where it has no part in this, or null for the
     * second copy.
     */
    take(link: OpenLink, peer: PeerKey, frame: Frame, atMs: number): PeerKey | null {
      if (linksOf.get(frame.sys)?.has(link.name) !== true) return peer
      const vehicle = vehicleOf(frame.sys)
      let way = vehicle.ways.get(link.name)
      if (way === undefined || (way.key !== peer && atMs - way.lastAtMs >= LATCH_MS)) {
        way = { key: peer, link, lastAtMs: atMs, bootedAtMs: null }
        vehicle.ways.set(link.name, way)
      }
      // A second sender on the same link was not declared: it is judged as any other.
      if (way.key !== peer) return peer
      way.lastAtMs = atMs
      if (BOOT_CLOCKS.has(frame.id)) way.bootedAtMs = atMs - bootMs(frame)
      if (areApart(vehicle, atMs)) return peer
      return twins.isNew(peer, frame, atMs) ? `${VIRTUAL}${frame.sys}` : null
    },
    isVirtual: (peer: PeerKey): boolean => peer.startsWith(VIRTUAL),
    /** The way in use now; undefined before anything was heard. */
    wayTo(peer: PeerKey): { readonly link: OpenLink; readonly key: PeerKey } | undefined {
      return stateOf(systemOf(peer)).find(({ state }) => state.inUse)?.way
    },
    states: (sys: number): WayState[] => stateOf(sys).map(({ state }) => state),
  }
}

const bootMs = (frame: Frame): number =>
  payloadByte(frame, 0) +
  payloadByte(frame, 1) * 0x100 +
  payloadByte(frame, 2) * 0x10000 +
  payloadByte(frame, 3) * 0x1000000
