import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { LinkHealth } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Frame } from '../wire/frame.ts'
import { readKeyFile } from '../wire/signing/key-file.ts'
import { createKeyring, type Keyring, type VehicleSigning } from '../wire/signing/keyring.ts'
import { stampFile } from '../wire/signing/stamp-file.ts'
import type { Arrival, Link, PeerKey } from './link.ts'
import type { LinksConfig, LinkSpec, UnsignedPolicy } from './links-config.ts'
import { type ForwardingLink, type LinkOptions, openLink } from './open-link.ts'
import { openTransport } from './open-transport.ts'
import { createRecordings, type Recordings } from './recordings.ts'
import { createStations, type StationCounters } from './stations.ts'
import { createWays, type WayState } from './ways.ts'

export interface NetworkOptions {
  readonly config: LinksConfig
  /** Where relative key files are. */
  readonly configFolder: string
  /** Where signing stamps and recordings are kept; null: nothing is recorded, and nothing can be signed. */
  readonly dataFolder: string | null
  readonly own: { readonly sys: number; readonly comp: number }
  readonly clock: Clock
  readonly random?: () => number
  readonly hear: (arrival: Arrival) => void
  /** Two vehicles share that system id. */
  readonly isLocked: (sys: number) => boolean
  /** What another station said has gone on to that vehicle. */
  readonly onPassedOn?: (sys: number, frame: Frame) => void
  readonly log: (line: string, details?: Record<string, unknown>) => void
}

/** All links as one. */
export interface Network extends Link {
  /**
   * To every remote end on every link to vehicles, those by satellite left out; `reaches`: only where that is true of the system ids heard there.
   * @param to `roomy`: only where there is room for a second heartbeat in each second
   */
  broadcast(frame: Uint8Array, reaches?: (systems: ReadonlySet<number>) => boolean, to?: 'all' | 'roomy'): void
  /** Where frames to that peer go now, for people to read. */
  remoteOf(peer: PeerKey): PeerKey
  latencyMs(peer: PeerKey): number | null
  clockOffsetMs(peer: PeerKey, sys: number): number | null
  /** Ways to a vehicle with several; empty for others. */
  ways(sys: number): WayState[]
  signing(sys: number): VehicleSigning
  health(): LinkHealth[]
  readonly stationCounters: Readonly<StationCounters>
  close(): Promise<void>
}

/** A link that cannot be opened, with its name and place in one line. */
class LinkFault extends Error {
  constructor(link: string, where: string, cause: unknown) {
    super(`link ${link}: ${where} ${whyNot(cause)}`, { cause })
  }
}

/** Opens all links that are declared. Rejects with a LinkFault, or with an Error of one line about a key. */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { config, own, clock, random = Math.random, log } = options
  const keyring = keyringOf(options)
  const recordings = recordingsOf(options)
  const ways = createWays(config.redundant, clock.nowMs)
  const links: ForwardingLink[] = []
  /** The peers under which each system id was heard, newest last. */
  const routes = new Map<number, { link: ForwardingLink; peer: PeerKey }>()
  const stations = createStations({
    own,
    isVehicle: (sys) => routes.has(sys),
    isLocked: (sys) => options.isLocked(sys) || keyring.vehicle(sys).state === 'read-only',
    judgeOf: keyring.judgeOf,
    toVehicle,
    toEveryone,
  })

  function toEveryone(frame: Frame, mayReach: (sys: number) => boolean): void {
    for (const link of links)
      for (const peer of link.peers()) {
        const systems = link.allSystems(peer)
        // Of an end that has not spoken nobody knows what may reach it.
        if (systems.length === 0 || !systems.every(mayReach)) continue
        for (const sys of systems) options.onPassedOn?.(sys, frame)
        link.forward(peer, frame)
      }
  }
  function toVehicle(target: number, frame: Frame): void {
    options.onPassedOn?.(target, frame)
    const route = routes.get(target)
    const way = ways.wayTo(`ways:${target}`)
    if (way !== undefined) linkOf(way.key)?.forward(way.key, frame)
    else route?.link.forward(route.peer, frame)
  }
  const linkOf = (peer: PeerKey): ForwardingLink | undefined => {
    const name = peer.slice(0, peer.indexOf(':'))
    return links.find((link) => link.name === name)
  }
  const realOf = (peer: PeerKey, turn = 0): PeerKey | undefined =>
    ways.isVirtual(peer) ? ways.wayTo(peer, turn)?.key : peer

  function optionsFor(
    spec: Pick<LinkSpec, 'name' | 'bytesPerS'>,
    linkId: number,
    recording: ReturnType<Recordings['of']> | undefined,
  ): Pick<LinkOptions, 'name' | 'bytesPerS' | 'own' | 'clock' | 'signers' | 'sent'> {
    const { name, bytesPerS } = spec
    const signers: LinkOptions['signers'] = (systems) => keyring.signers(systems, linkId)
    return { name, bytesPerS, own, clock, signers, sent: (frame, atMs) => recording?.add(frame, atMs) }
  }
  function learnRoute(link: ForwardingLink, sys: number, peer: PeerKey): void {
    if (sys !== 0 && routes.get(sys)?.peer !== peer) routes.set(sys, { link, peer })
  }
  async function openOne(spec: LinkSpec, linkId: number): Promise<ForwardingLink> {
    const recording = recordings?.of(spec.name)
    const unsigned: UnsignedPolicy = spec.unsigned ?? config.signing?.unsigned ?? 'accept'
    const link: ForwardingLink = await openLink({
      ...optionsFor(spec, linkId, recording),
      role: 'vehicles',
      open: (events) => openTransport(spec, events, { clock, random }),
      admit(frame) {
        const admission = keyring.admit(frame, unsigned)
        return admission === 'repeated' && ways.isWay(spec.name, frame.sys) ? 'copy' : admission
      },
      hearCopy: ({ peer, frame, atMs }) => ways.noteCopy(link, peer, frame, atMs),
      hear(arrival) {
        const { frame, atMs } = arrival
        recording?.add(frame, atMs)
        const peer = ways.take(link, arrival.peer, frame, atMs)
        if (peer === null) return
        learnRoute(link, frame.sys, arrival.peer)
        stations.tell(frame)
        options.hear(peer === arrival.peer ? arrival : { ...arrival, peer })
      },
      hearStray(_peer, frames, atMs) {
        recording?.addStrays(frames, atMs)
        if (unsigned === 'accept') stations.tellStrays(frames)
      },
    })
    return link
  }
  async function openStation(spec: LinksConfig['stations'][number], linkId: number): Promise<void> {
    const recording = recordings?.of(spec.name)
    const link = await openLink({
      ...optionsFor(spec, linkId, recording),
      role: 'station',
      open: (events) => openTransport(spec, events, { clock, random }),
      admit: () => 'taken',
      hear(arrival) {
        recording?.add(arrival.frame, arrival.atMs)
        stations.hear(arrival, spec.control)
      },
    })
    stations.add(link, spec.control)
  }
  const everyLink = (): ForwardingLink[] => [...links, ...stations.links()]
  async function close(): Promise<void> {
    await Promise.all(everyLink().map((link) => link.close()))
    await recordings?.close()
  }

  async function named(spec: LinkSpec, opening: Promise<void>): Promise<void> {
    try {
      await opening
    } catch (error) {
      await close()
      throw new LinkFault(spec.name, whereOf(spec), error)
    }
  }
  // The place in the file is the link id of the signatures: streams of one key are told apart by it.
  for (const [i, spec] of config.links.entries())
    await named(
      spec,
      openOne(spec, i).then((link) => void links.push(link)),
    )
  for (const [i, spec] of config.stations.entries()) await named(spec, openStation(spec, config.links.length + i))

  log('links open', { links: everyLink().map((link) => `${link.name} ${link.health().local}`) })

  return {
    send(peer, frame, turn) {
      const real = realOf(peer, turn)
      if (real !== undefined) linkOf(real)?.send(real, frame)
    },
    otherWays: (peer) => (ways.isVirtual(peer) ? ways.otherWays(peer) : 0),
    broadcast(frame, reaches = () => true, to = 'all') {
      for (const link of links)
        for (const peer of link.peers()) {
          if (link.bySatellite(peer)) continue
          if (to === 'roomy' && !link.hasRoomToBeatTwice(peer)) continue
          if (reaches(new Set(link.systems(peer).keys()))) link.send(peer, frame)
        }
    },
    lossShare(peer, sys, comp) {
      const real = realOf(peer)
      return real === undefined ? null : (linkOf(real)?.lossShare(real, sys, comp) ?? null)
    },
    latencyMs(peer) {
      const real = realOf(peer)
      return real === undefined ? null : (linkOf(real)?.latencyMs(real) ?? null)
    },
    clockOffsetMs(peer, sys) {
      const real = realOf(peer)
      return real === undefined ? null : (linkOf(real)?.clockOffsetMs(real, sys) ?? null)
    },
    load(peer) {
      const real = realOf(peer)
      const link = real === undefined ? undefined : linkOf(real)
      // Asked for each vehicle a few times a second: who shares a link without a limit is not counted.
      if (link === undefined || link.bytesPerS === null) return { bytesPerS: null, vehicles: 1 }
      const vehicles = new Set(link.peers().flatMap((each) => [...link.systems(each).keys()])).size
      return { bytesPerS: link.bytesPerS, vehicles }
    },
    remoteOf: (peer) => realOf(peer) ?? peer,
    ways: ways.states,
    signing: keyring.vehicle,
    health: () => everyLink().map((link) => link.health()),
    stationCounters: stations.counters,
    close,
  }
}

function keyringOf({ config, configFolder, dataFolder, clock }: NetworkOptions): Keyring {
  const keys = config.signing?.keys ?? []
  if (keys.length > 0 && dataFolder === null)
    throw new Error('signing needs a data folder: its time stamps must survive a restart')
  if (keys.length > 0) mkdirSync(path.join(dataFolder ?? '', 'signing'), { recursive: true, mode: 0o700 })
  return createKeyring(
    keys.map(({ name, file, form, vehicles }) => ({
      secret: readKeyFile(path.resolve(configFolder, file), form),
      vehicles,
      store: stampFile(path.join(dataFolder ?? '', 'signing', `${name}.stamp`)),
    })),
    clock.nowMs,
  )
}

function recordingsOf({ config, dataFolder, clock, log }: NetworkOptions): Recordings | undefined {
  if (config.recording === null || dataFolder === null) return undefined
  return createRecordings({
    folder: path.join(dataFolder, 'tlog'),
    ...config.recording,
    clock,
    onFault: (link, error) =>
      log(`recording of link ${link} fails: ${error instanceof Error ? error.message : String(error)}`),
  })
}

function whereOf(spec: LinkSpec): string {
  switch (spec.kind) {
    case 'udp-listen':
    case 'tcp-listen':
      return `${spec.kind.slice(0, 3).toUpperCase()} ${spec.at.host}:${spec.at.port}`
    case 'udp-dial':
    case 'tcp-dial':
      return `${spec.kind.slice(0, 3).toUpperCase()} ${spec.to.host}:${spec.to.port}`
    case 'serial':
      return spec.device
  }
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return 'is taken by another program (another ground station?)'
  if (code === 'EACCES') return 'may not be opened by this user'
  return `cannot be opened: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`
}
