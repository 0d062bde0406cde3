import type { Unit, UnitKind } from '@skerry/contract'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { MotionStore } from '../../motion/motion-store.ts'
import type { PeerOut } from '../feeds/session.ts'
import { createMeshContacts, type MeshContacts, type TakVersion } from './mesh-contacts.ts'
import { inDatagram, inStream, writeCotXml, writeTakControl, writeTakMessage, type OutEvent } from './write-event.ts'

const EVERY_MS = 2000
/** Receivers drop a unit that they have not heard of for so long. */
const STALE_MS = 90_000
/** A peer that does not read gets no more until it has: newest wins. */
const MOST_WAITING = 1_000_000
/** Nobody says that it has joined a network, and datagrams are lost: what is not stale is said again. */
const MESH_AGAIN_MS = 30_000
/** Protocol.txt asks for 60 s at most. */
const CONTROL_EVERY_MS = 30_000
/** More at once would be lost in the buffers on the way; the others follow. */
const MOST_DATAGRAMS = 200

/** CoT types of our units, all friendly. */
const TYPES: Record<UnitKind, string> = {
  car: 'a-f-G-E-V-C',
  motorbike: 'a-f-G-E-V-C',
  foot: 'a-f-G-U-C',
  'ground-team': 'a-f-G-U-C-I',
  boat: 'a-f-S-X',
}
const uidOf = (unit: string): string => `skerry-unit-${unit}`

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
/** Tells peers where our units on duty are: all of them at once, then those that have a new position. */
export interface CotShare {
  join(out: PeerOut): CotPeer
  joinMesh(out: PeerOut): CotMesh
  /** A network brings back what we said ourselves. */
  saidByUs(uid: string, atMs: number): boolean
  stop(): void
}

/** What a peer was told last of each unit. */
type Told = Map<string, { atMs: number; saidMs: number }>
interface Mesh {
  out: PeerOut
  told: Told
  contacts: MeshContacts
  version: TakVersion | null
  controlMs: number
}
interface Said {
  unit: string
  event: OutEvent
  xml: () => Buffer
  message: () => Buffer
}

/** @param parts.id of this server among the devices of a network */
export function createCotShare(parts: {
  units: () => Iterable<Unit>
  motion: Pick<MotionStore, 'find'>
  clock: Scheduler
  id: string
}): CotShare {
  const { units, motion, clock } = parts
  const control = inDatagram(writeTakControl({ min: 1, max: 1, uid: `skerry-${parts.id}` }))
  const peers = new Set<{ out: PeerOut; form: 'xml' | 'tak' | 'none'; told: Told }>()
  const meshes = new Set<Mesh>()
  const newest = new Map<string, number>()

  function eventOf(unit: Unit): OutEvent | null {
    const mover = unit.onDuty ? motion.find('unit', unit.handle) : null
    if (mover === null) return null
    const { lngLat, headingDeg: courseDeg, speedMps, fixAtMs: atMs } = mover
    const place = { lngLat, courseDeg, speedMps, accuracyM: null }
    const { kind, callSign } = unit
    return { uid: uidOf(unit.id), type: TYPES[kind], atMs, staleMs: atMs + STALE_MS, callSign, ...place }
  }

  /** Each event is written once a tick and form, however many peers there are. */
  function* events(): Generator<Said> {
    for (const unit of units()) {
      const event = eventOf(unit)
      if (event === null) continue
      newest.set(event.uid, event.atMs)
      const xml = once(() => Buffer.from(writeCotXml(event)))
      yield { unit: unit.id, event, xml, message: once(() => writeTakMessage(event)) }
    }
  }

  /** Those that a peer has not been told as they are now. @param againMs after which it is told all the same */
  function dueTo(told: Told, all: readonly Said[], againMs: number): Said[] {
    const nowMs = clock.nowMs()
    return all.filter(({ unit, event }) => {
      const last = told.get(unit)
      if (last?.atMs !== event.atMs) return true
      return nowMs - last.saidMs >= againMs && event.staleMs > nowMs
    })
  }
  function note(told: Told, said: readonly Said[]): void {
    for (const { unit, event } of said) told.set(unit, { atMs: event.atMs, saidMs: clock.nowMs() })
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
    const all = [...events()]
    for (const { out, form, told } of peers) {
      if (form === 'none' || out.waitingBytes() > MOST_WAITING) continue
      const due = dueTo(told, all, Infinity)
      note(told, due)
      const bytes = due.map(({ xml, message }) => (form === 'tak' ? inStream(message()) : xml()))
      if (bytes.length > 0) out.write(Buffer.concat(bytes))
    }
    for (const mesh of meshes) {
      agree(mesh)
      const due = dueTo(mesh.told, all, MESH_AGAIN_MS).slice(0, MOST_DATAGRAMS)
      note(mesh.told, due)
      for (const { xml, message } of due) mesh.out.write(mesh.version === 1 ? inDatagram(message()) : xml())
    }
  }
  let disarm = clock.after(EVERY_MS, tick)

  return {
    join(out) {
      const peer: { out: PeerOut; form: 'xml' | 'tak' | 'none'; told: Told } = { out, form: 'xml', told: new Map() }
      peers.add(peer)
      return {
        pause: () => void (peer.form = 'none'),
        resume: (form) => void (peer.form = form),
        leave: () => void peers.delete(peer),
      }
    },
    joinMesh(out) {
      const mesh: Mesh = { out, told: new Map(), contacts: createMeshContacts(), version: null, controlMs: -Infinity }
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
    stop: () => disarm(),
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
