import type { Frame } from '../wire/frame.ts'
import { carriesSecretKey } from '../wire/signing/signature.ts'
import type { StrayFrame } from '../wire/stray-frames.ts'
import { type FrameTarget, targetOf } from '../wire/target.ts'
import type { Arrival, PeerKey } from './link.ts'
import type { ForwardingLink } from './open-link.ts'
import { reachesStation, refusalOf, type StationRefusal } from './station-rules.ts'

export interface StationPorts {
  readonly own: { readonly sys: number; readonly comp: number }
  readonly isVehicle: (sys: number) => boolean
  /** Two vehicles share that id, or it may only be looked at: nobody's orders may reach it. */
  readonly isLocked: (sys: number) => boolean
  /** Signature policy for what a station tells vehicles: asked once for each frame. */
  readonly judgeOf: (frame: Frame) => (target: number) => boolean
  /** Sends a frame on, unchanged, to that vehicle. */
  readonly toVehicle: (target: number, frame: Frame) => void
  /** And to all: to every remote end behind which it may reach every vehicle. */
  readonly toEveryone: (frame: Frame, mayReach: (sys: number) => boolean) => void
}
export type StationCounters = Record<StationRefusal | 'passed' | 'locked' | 'unsigned', number>

/** More ids than any ground station has. */
const MAX_IDS = 32
/** More stations than any command centre has. */
const MAX_HEARD = 64

/** Other ground stations beside us: they see the vehicles, and steer them only where the configuration says so. */
export function createStations(ports: StationPorts) {
  const stations: { readonly link: ForwardingLink; readonly control: boolean }[] = []
  const heard = new Map<PeerKey, Set<number>>()
  const counters: StationCounters = {
    passed: 0,
    locked: 0,
    unsigned: 0,
    secret: 0,
    'not-its-own': 0,
    'read-only': 0,
  }
  const nobody: ReadonlySet<number> = new Set()

  function learn({ peer, frame }: Arrival): void {
    let ids = heard.get(peer)
    if (ids === undefined) {
      if (heard.size >= MAX_HEARD) heard.delete([...heard.keys()][0] ?? '')
      ids = new Set()
      heard.set(peer, ids)
    }
    if (ids.size < MAX_IDS) ids.add(frame.sys * 256 + frame.comp)
  }
  function toAll(frame: Pick<Frame, 'v' | 'id' | 'sys' | 'raw'>, target: FrameTarget): void {
    for (const { link } of stations)
      for (const peer of link.peers())
        if (reachesStation(target, { ids: heard.get(peer) ?? nobody }, ports.own)) link.forward(peer, frame)
  }
  function verdictFor(target: number, isSignedFor: (target: number) => boolean): 'locked' | 'unsigned' | 'passed' {
    if (ports.isLocked(target)) return 'locked'
    return isSignedFor(target) ? 'passed' : 'unsigned'
  }
  /** What is for everyone is judged for each vehicle that it would reach, as if it were for that one. */
  function passToEveryone(frame: Frame): void {
    const verdicts = new Map<number, keyof StationCounters>()
    const isSignedFor = ports.judgeOf(frame)
    ports.toEveryone(frame, (sys) => {
      const verdict = verdicts.get(sys) ?? verdictFor(sys, isSignedFor)
      verdicts.set(sys, verdict)
      return verdict === 'passed'
    })
    for (const verdict of new Set(verdicts.size === 0 ? ['passed' as const] : verdicts.values())) counters[verdict]++
  }

  return {
    counters,
    add: (link: ForwardingLink, control: boolean) => stations.push({ link, control }),
    links: (): readonly ForwardingLink[] => stations.map(({ link }) => link),
    /** A vehicle has said something. */
    tell(frame: Frame): void {
      if (stations.length > 0 && !carriesSecretKey(frame)) toAll(frame, targetOf(frame))
    },
    tellStrays(frames: readonly StrayFrame[]): void {
      for (const frame of frames) toAll(frame, { sys: 0, comp: 0 })
    },
    /** A station has said something. */
    hear(arrival: Arrival, control: boolean): void {
      const { frame } = arrival
      const target = targetOf(frame).sys
      if (frame.sys !== ports.own.sys && !ports.isVehicle(frame.sys)) learn(arrival)
      // Meant for us alone: there is nothing to pass on.
      if (target === ports.own.sys) return
      const refusal = refusalOf(frame, { control }, ports.own, ports.isVehicle)
      if (refusal !== null) return void counters[refusal]++
      if (target === 0) return passToEveryone(frame)
      const verdict = verdictFor(target, ports.judgeOf(frame))
      counters[verdict]++
      if (verdict === 'passed') ports.toVehicle(target, frame)
    },
  }
}
