import { aisProtocol } from '../ais/ais-protocol.ts'
import { answerOsmAnd } from '../osmand/osmand-http.ts'
import { dialMqtt } from '../owntracks/owntracks-mqtt.ts'
import { answerOwnTracks } from '../owntracks/owntracks-http.ts'
import type { FeedCounters } from '../feed-counters.ts'
import { watchFolder } from '../incidents/folder-drop.ts'
import type { IncidentDesk } from '../incidents/incident-desk.ts'
import { answerPush } from '../incidents/push-door.ts'
import type { IncidentSpec } from '../incidents/read-document.ts'
import { pollUrl } from '../incidents/url-poll.ts'
import { createFeedDoor, type IntakeParts } from './feed-door.ts'
import type { FeedSpec, FeedsConfig, SpecOf } from './feeds-config.ts'
import { listenHttp, type DeviceAnswer, type DeviceRequest } from './http-listener.ts'
import { createKeyedSources, type KeyedSources } from './keyed-sources.ts'
import { allowedBy, type Listener } from './listener.ts'
import { cotDatagrams, cotStream } from '../cot/cot-protocol.ts'
import type { CotShare, CotTeller } from '../cot/cot-share.ts'
import type { PeerOut } from './session.ts'
import { jt808Protocol } from '../jt808/jt808-protocol.ts'
import { readSecret } from './secret-file.ts'
import { nmeaProtocol } from '../nmea/nmea-protocol.ts'
import type { Scheduler } from '../../engine/scheduler.ts'
import { dialTcp } from './tcp-dialler.ts'
import { listenTcp } from './tcp-listener.ts'
import { listenUdp } from './udp-listener.ts'
import { readDialTls, readPem, readTls } from './tls-files.ts'
import type { FeedDoor } from './feed-door.ts'

/** A feed of the file, open. `port` is the one it listens on; null for one that dials. */
export interface RunningFeed {
  name: string
  protocol: FeedSpec['protocol']
  port: number | null
}
export interface RunningFeeds {
  list(): readonly RunningFeed[]
  stop(): Promise<void>
}

export interface FeedParts extends IntakeParts {
  counters: FeedCounters
  clock: Scheduler
  /** 0 <= x < 1, for the jitter of what dials. */
  random: () => number
  /** Who is told of our units. */
  cotShare: CotShare
  /** Where incidents and warnings go. */
  incidents: IncidentDesk
  /** Where relative files of the configuration are. */
  folder: string
  onFault: (error: unknown) => void
}

const LISTENING: ReadonlySet<FeedSpec['kind']> = new Set(['http-listen', 'udp-listen', 'udp-multicast', 'tcp-listen'])

/**
 * Opens every feed of the file.
 * @throws Error of one line that names the feed when one cannot be opened; those that were open are closed again
 */
export async function startFeeds({ feeds }: FeedsConfig, parts: FeedParts): Promise<RunningFeeds> {
  const open: { running: RunningFeed; close: () => Promise<void> }[] = []
  const stop = async (): Promise<void> => void (await Promise.all(open.map(({ close }) => close())))
  for (const spec of feeds) {
    parts.counters.declare(spec.name, spec.quietS * 1000)
    try {
      const { port, close } = await openFeed(spec, parts)
      open.push({
        running: {
          name: spec.name,
          protocol: spec.protocol,
          port: LISTENING.has(spec.kind) ? port : null,
        },
        close,
      })
    } catch (error) {
      await stop()
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`feed ${spec.name}: ${why}`, { cause: error })
    }
  }
  return { list: () => open.map(({ running }) => running), stop }
}

function openFeed(spec: FeedSpec, parts: FeedParts): Promise<Listener> {
  switch (spec.protocol) {
    case 'owntracks-http':
      return openHttp(spec, answerOwnTracks, parts)
    case 'osmand':
      return openHttp(spec, answerOsmAnd, parts)
    case 'nmea':
      return openNmea(spec, parts)
    case 'owntracks-mqtt':
      return openMqtt(spec, parts)
    case 'cot':
      return openCot(spec, parts)
    case 'jt808':
      return openJt808(spec, parts)
    case 'ais':
      return openAis(spec, parts)
    case 'incidents-json':
    case 'incidents-csv':
    case 'cap':
      return openIncidents(spec, parts)
  }
}

async function openNmea(spec: SpecOf<'nmea'>, parts: FeedParts): Promise<Listener> {
  const { clock, random, onFault } = parts
  const { limits } = spec
  const nowMs = (): number => clock.nowMs()
  if (spec.kind === 'tcp-dial') {
    const door = createFeedDoor(spec, () => spec.unit, parts)
    const protocol = nmeaProtocol(limits.messageBytes, (peer) => peer)
    return dialTcp({ to: spec.to, tls: null, door, protocol, clock, random })
  }
  const units = new Map(spec.sources.map(({ address, unit }) => [address, unit]))
  const door = createFeedDoor(spec, (address) => units.get(address), parts)
  const protocol = nmeaProtocol(limits.messageBytes, (peer) => peer)
  const allowed = (peer: string): boolean => units.has(peer)
  const common = { at: spec.at, allowed, limits, door, protocol, nowMs, onFault }
  return spec.kind === 'udp-listen' ? listenUdp(common) : listenTcp({ ...common, tls: null })
}

async function openMqtt(spec: SpecOf<'owntracks-mqtt'>, parts: FeedParts): Promise<Listener> {
  const { folder, onFault } = parts
  const units = new Map(spec.sources.map(({ source, unit }) => [source, unit]))
  const door = createFeedDoor(spec, (source) => units.get(source), parts)
  const { name, to, user, passwordFile, serverCa, base, limits } = spec
  return dialMqtt({
    url: to,
    user: user ?? null,
    password: passwordFile === undefined ? null : readSecret('passwordFile', passwordFile, folder, 1),
    ca: serverCa === undefined ? null : await readPem('serverCa', serverCa, folder),
    clientId: `skerry-${name}`,
    base,
    limits,
    door,
    onFault,
  })
}

async function openCot(spec: SpecOf<'cot'>, parts: FeedParts): Promise<Listener> {
  const { clock, random, onFault, folder, cotShare } = parts
  const { limits } = spec
  const nowMs = (): number => clock.nowMs()
  const units = new Map(spec.sources.map(({ uid, unit }) => [uid, unit]))
  const door = createFeedDoor(spec, (uid) => units.get(uid), parts)
  const told = 'share' in spec ? spec.share : []
  const share = told.length > 0 ? cotShare.telling(new Set(told)) : null
  const stream = (side: 'server' | 'client') => cotStream(limits.messageBytes, { side, share, clock })
  if (spec.kind === 'tcp-dial') {
    const tls = await readDialTls(spec.tls, folder)
    return dialTcp({ to: spec.to, tls, door, protocol: stream('client'), clock, random })
  }
  const allowed = (peer: string): boolean => allowedBy(spec.from, peer)
  const datagrams = { allowed, limits, door, nowMs, onFault }
  if (spec.kind === 'udp-listen') return listenUdp({ ...datagrams, at: spec.at, protocol: cotDatagrams() })
  if (spec.kind === 'udp-multicast') return joinMesh(spec, datagrams, share)
  const tls = await readTls(spec.tls, folder)
  return listenTcp({ at: spec.at, tls, allowed, limits, door, protocol: stream('server'), nowMs })
}

async function joinMesh(
  spec: Extract<SpecOf<'cot'>, { kind: 'udp-multicast' }>,
  datagrams: Omit<Parameters<typeof listenUdp>[0], 'at' | 'protocol' | 'membership'>,
  share: CotTeller | null,
): Promise<Listener> {
  const { group, interface: on = null, ttl } = spec
  let out: PeerOut | null = null
  const mesh = share?.joinMesh({
    write: (bytes) => out?.write(bytes),
    waitingBytes: () => out?.waitingBytes() ?? 0,
    end: () => undefined,
  })
  const leave = (): void => {
    out = null
    mesh?.leave()
  }
  const opening = listenUdp({
    ...datagrams,
    at: { host: '0.0.0.0', port: group.port },
    membership: { group: group.host, interface: on, ttl, tells: (way) => (out = way) },
    protocol: cotDatagrams(share === null || mesh === undefined ? null : { mesh, share }),
  })
  const listener = await opening.catch((error: unknown) => {
    leave()
    throw error
  })
  return {
    ...listener,
    close() {
      leave()
      return listener.close()
    },
  }
}

async function openJt808(spec: SpecOf<'jt808'>, parts: FeedParts): Promise<Listener> {
  const { clock, folder } = parts
  const { at, from, limits, terminals } = spec
  const key = readSecret('hashKeyFile', spec.hashKeyFile, folder)
  const units = new Map(terminals.map(({ terminal, unit }) => [terminal, unit]))
  const door = createFeedDoor(spec, (hash) => units.get(hash), parts)
  const protocol = jt808Protocol(limits.messageBytes, key, (hash) => units.has(hash))
  const allowed = (peer: string): boolean => allowedBy(from, peer)
  const tls = await readTls(spec.tls, folder)
  return listenTcp({ at, tls, allowed, limits, door, protocol, nowMs: () => clock.nowMs() })
}

async function openAis(spec: SpecOf<'ais'>, parts: FeedParts): Promise<Listener> {
  const { clock, random, onFault, folder } = parts
  const { limits } = spec
  const door = createFeedDoor(spec, () => undefined, parts)
  const protocol = aisProtocol(limits.messageBytes)
  if (spec.kind === 'tcp-dial') return dialTcp({ to: spec.to, tls: null, door, protocol, clock, random })
  const { at, from } = spec
  const allowed = (peer: string): boolean => allowedBy(from, peer)
  const common = { at, allowed, limits, door, protocol, nowMs: () => clock.nowMs(), onFault }
  return spec.kind === 'udp-listen' ? listenUdp(common) : listenTcp({ ...common, tls: await readTls(spec.tls, folder) })
}

async function openHttp(
  spec: SpecOf<'owntracks-http' | 'osmand'>,
  answer: (door: FeedDoor, sources: KeyedSources) => (request: DeviceRequest) => Promise<DeviceAnswer>,
  parts: FeedParts,
): Promise<Listener> {
  const sources = createKeyedSources(spec.sources, parts.clock)
  const door = createFeedDoor(spec, sources.unitOf, parts)
  const { at, limits, from = null } = spec
  const tls = await readTls(spec.tls, parts.folder)
  return listenHttp({ at, tls, from, limits, door, answer: answer(door, sources), onFault: parts.onFault })
}

async function openIncidents(spec: IncidentSpec, parts: FeedParts): Promise<Listener> {
  const { clock, random, onFault, folder, incidents: desk } = parts
  const door = createFeedDoor(spec, () => undefined, parts)
  const nowMs = (): number => clock.nowMs()
  if (spec.kind === 'folder') return watchFolder({ spec, root: folder, door, desk, clock, onFault })
  if (spec.kind === 'url-poll') {
    const header = spec.headerFile === undefined ? null : headerIn(readSecret('headerFile', spec.headerFile, folder, 4))
    return pollUrl({ spec, header, door, desk, clock, random, onFault })
  }
  const sources = createKeyedSources(spec.sources, clock)
  const { at, limits, from = null } = spec
  const tls = await readTls(spec.tls, folder)
  return listenHttp({ at, tls, from, limits, door, answer: answerPush(spec, door, sources, desk, nowMs), onFault })
}

/** `Name: value`. @throws Error of one line without the value: it is a secret */
function headerIn(line: string): { name: string; value: string } {
  const [, name, value] = /^([A-Za-z0-9-]{1,60}):\s*([\x20-\x7e]{1,2000})$/.exec(line) ?? []
  if (name === undefined || value === undefined) throw new Error('headerFile: must hold one line, Name: value')
  return { name, value }
}
