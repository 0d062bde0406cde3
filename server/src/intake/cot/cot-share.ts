import type { Scheduler } from '../../engine/scheduler.ts'
import type { PeerOut } from '../feeds/session.ts'
import { goneEvent, type SharedKind, type SharedThing } from './cot-things.ts'
import { createMeshContacts, type MeshContacts, type TakVersion } from './mesh-contacts.ts'
import { inDatagram, inStream, writeCotXml, writeTakControl, writeTakMessage, type OutEvent } from './write-event.ts'

const EVERY_MS = 2000
/** A peer that does not read gets no more until it has: newest wins. */
const MOST_WAITING = 1_000_000
/** Nobody says that it has joined a network, and datagrams are lost: what is not stale is said again. */
const MESH_AGAIN_MS = 30_000
/** Protocol.txt asks for 60 s at most. */
const CONTROL_EVERY_MS = 30_000
/** More at once would be lost in the buffers on the way; the others follow. */
const MOST_DATAGRAMS = 200

/** A connected peer that is told. */
export interface CotPeer {
  /** Nothing until the peer has answered what we asked. */
  pause(): void
  /** From now on XML, or TAK messages and no XML. */
  resume(form: 'xml' | 'tak'): void
  leave(): void
}
/** A network without a server that is told. */
export interface CotMesh {
  heard: MeshContacts['heard']
  leave(): void
}
/** Tells peers of what was chosen for them: all of it at once, then what is new. */
export interface CotTeller {
  join(out: PeerOut): CotPeer
  joinMesh(out: PeerOut): CotMesh
  /** A network brings back what we said ourselves. */
  saidByUs(uid: string, atMs: number): boolean
}
export interface CotShare {
  telling(kinds: ReadonlySet<SharedKind>): CotTeller
  stop(): void
}

/** What a peer was told last of each thing, by uid. */
type Told = Map<string, { event: OutEvent; saidMs: number }>
interface Mesh {
  out: PeerOut
  kinds: ReadonlySet<SharedKind>
  told: Told
  contacts: MeshContacts
  version: TakVersion | null
  controlMs: number
}
interface Said extends SharedThing {
  xml: () => Buffer
  message: () => Buffer
}

/** @param parts.id of this server among the devices of a network */
export function createCotShare(parts: { things: () => Iterable<SharedThing>; clock: Scheduler; id: string }): CotShare {
  const { things, clock } = parts
  const control = inDatagram(writeTakControl({ min: 1, max: 1, uid: `skerry-${parts.id}` }))
  const peers = new Set<{ out: PeerOut; kinds: ReadonlySet<SharedKind>; form: 'xml' | 'tak' | 'none'; told: Told }>()
  const meshes = new Set<Mesh>()
  const newest = new Map<string, number>()

  const saying = (thing: SharedThing): Said => ({
    ...thing,
    xml: once(() => Buffer.from(writeCotXml(thing.event))),
    message: once(() => writeTakMessage(thing.event)),
  })
  /** Each event is written once a tick and form, however many peers there are. */
  function* sayings(): Generator<Said> {
    for (const thing of things()) {
      // An incident that comes back is no device: only units and drones have to be known again.
      if (thing.kind !== 'incidents') newest.set(thing.event.uid, thing.event.atMs)
      yield saying(thing)
    }
  }

  /**
   * Those that a peer has not been told as they are now, and incidents that are over, so that they are taken off its map.
   * @param againMs after which it is told all the same
   */
  function dueTo(
    { told, kinds }: { told: Told; kinds: ReadonlySet<SharedKind> },
    all: readonly Said[],
    againMs: number,
  ): Said[] {
    const nowMs = clock.nowMs()
    const due = all.filter(({ kind, event }) => {
      if (!kinds.has(kind)) return false
      const last = told.get(event.uid)
      if (last?.event.atMs !== event.atMs) return true
      return nowMs - last.saidMs >= againMs && event.staleMs > nowMs
    })
    if (!kinds.has('incidents')) return due
    const there = new Set(all.map(({ event }) => event.uid))
    const over = [...told.values()].filter(({ event }) => event.how === 'h-e' && !there.has(event.uid))
    return [...due, ...over.map(({ event }) => saying({ kind: 'incidents', event: goneEvent(event, nowMs) }))]
  }
  function note(told: Told, said: readonly Said[]): void {
    for (const { event } of said) {
      if (event.removes) told.delete(event.removes.uid)
      else told.set(event.uid, { event, saidMs: clock.nowMs() })
    }
  }

  /** Says which versions we read, now and then and whenever the version that all read has changed. */
  function agree(mesh: Mesh): void {
    const nowMs = clock.nowMs()
    const version = mesh.contacts.version(nowMs)
    if (version === mesh.version && nowMs - mesh.controlMs < CONTROL_EVERY_MS) return
    mesh.version = version
    mesh.controlMs = nowMs
    mesh.out.write(control)
  }

  function tick(): void {
    disarm = clock.after(EVERY_MS, tick)
    if (peers.size + meshes.size === 0) return
    const all = [...sayings()]
    for (const peer of peers) {
      const { out, form } = peer
      if (form === 'none' || out.waitingBytes() > MOST_WAITING) continue
      const due = dueTo(peer, all, Infinity)
      note(peer.told, due)
      const bytes = due.map(({ xml, message }) => (form === 'tak' ? inStream(message()) : xml()))
      if (bytes.length > 0) out.write(Buffer.concat(bytes))
    }
    for (const mesh of meshes) {
      agree(mesh)
      const due = dueTo(mesh, all, MESH_AGAIN_MS).slice(0, MOST_DATAGRAMS)
      note(mesh.told, due)
      for (const { xml, message } of due) mesh.out.write(mesh.version === 1 ? inDatagram(message()) : xml())
    }
  }
  let disarm = clock.after(EVERY_MS, tick)

  const teller = (kinds: ReadonlySet<SharedKind>): CotTeller => ({
    join(out) {
      const peer = { out, kinds, form: 'xml' as 'xml' | 'tak' | 'none', told: new Map() as Told }
      peers.add(peer)
      return {
        pause: () => void (peer.form = 'none'),
        resume: (form) => void (peer.form = form),
        leave: () => void peers.delete(peer),
      }
    },
    joinMesh(out) {
      const mesh: Mesh = {
        out,
        kinds,
        told: new Map(),
        contacts: createMeshContacts(),
        version: null,
        controlMs: -Infinity,
      }
      meshes.add(mesh)
      return {
        heard(word) {
          if (word.uid === `skerry-${parts.id}`) return
          mesh.contacts.heard(word)
          agree(mesh)
        },
        leave: () => void meshes.delete(mesh),
      }
    },
    saidByUs: (uid, atMs) => atMs <= (newest.get(uid) ?? -Infinity),
  })
  return { telling: teller, stop: () => disarm() }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
