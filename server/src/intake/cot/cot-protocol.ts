import type { Scheduler } from '../../engine/scheduler.ts'
import { faulty, IGNORED, type Decoded, type MessageFault, type Observation } from '../feeds/observation.ts'
import type { PeerOut, Session, SessionStep, StreamProtocol } from '../feeds/session.ts'
import { cotFramer, datagramFramer, TAK_HEAD } from './cot-framer.ts'
import type { CotMesh, CotPeer, CotTeller } from './cot-share.ts'
import type { CotEvent, Negotiation, TakControl } from './event.ts'
import type { TakVersion } from './mesh-contacts.ts'
import { readCotXml } from './read-event.ts'
import { readTakMessage } from './read-takmessage.ts'
import { inStream, writeControlMessage, writeControlXml, type ControlEvent } from './write-event.ts'

const PROTOCOL_UID = 'skerry-takp'
/** A server that does not answer which protocol it goes on with is left. */
const ANSWER_WITHIN_MS = 60_000

/**
 * Cursor on Target over a stream: XML, and version 1 of the TAK protocol where both agree on it (protocol.txt).
 * @param side a server offers the TAK protocol; a client that tells something asks for it when it is offered
 */
export const cotStream = (
  limit: number,
  { share, side, clock }: { share: CotTeller | null; side: 'server' | 'client'; clock: Scheduler },
): StreamProtocol => ({
  framer: () => cotFramer(limit),
  session(_, out) {
    const peer = out === null ? null : (share?.join(out) ?? null)
    if (side === 'client') return clientSession(out, peer, clock)
    out?.write(control('t-x-takp-v', PROTOCOL_UID, '<TakProtocolSupport version="1"/>', clock.nowMs(), 'xml'))
    return serverSession(peer)
  },
})

/** Cursor on Target in datagrams. @param tells a network that is told of what we have too */
export const cotDatagrams = (tells: { mesh: CotMesh; share: CotTeller } | null = null): StreamProtocol => ({
  framer: datagramFramer,
  session: () => ({ message: (bytes, nowMs) => ({ decoded: hearDatagram(bytes, nowMs, tells) }) }),
})

function hearDatagram(bytes: Uint8Array, nowMs: number, tells: { mesh: CotMesh; share: CotTeller } | null): Decoded {
  const said = read(bytes)
  if (said === null) return faulty('malformed')
  const { event, control: reads, version } = said
  const ours = event !== null && tells?.share.saidByUs(event.uid, event.atMs) === true
  // A device is who reports its own place; routes, chat and drawings have uids of their own.
  const device = event?.type.startsWith('a-f-') === true ? event.uid : null
  const uid = reads?.uid ?? device
  const lastsMs = event === null ? 0 : event.staleMs - event.atMs
  if (uid !== null && !ours) tells?.mesh.heard({ uid, version, control: reads, lastsMs, nowMs })
  return event === null || ours ? IGNORED : decodedOf(event)
}

function serverSession(peer: CotPeer | null): Session {
  let form: Form = 'xml'
  return {
    close: () => peer?.leave(),
    message: (bytes, nowMs) =>
      hear(bytes, form, nowMs, ({ uid }, said) => {
        if (said.says !== 'request') return { decoded: IGNORED }
        const yes = said.version === 1
        const answer = control('t-x-takp-r', uid, `<TakResponse status="${yes}"/>`, nowMs, form)
        if (yes) form = 'tak'
        return { decoded: IGNORED, replies: [answer], after: () => (yes ? peer?.resume('tak') : undefined) }
      }),
  }
}

function clientSession(out: PeerOut | null, peer: CotPeer | null, clock: Scheduler): Session {
  let form: Form = 'xml'
  let disarm: (() => void) | null = null
  const settled = (): void => {
    disarm?.()
    disarm = null
  }
  return {
    close() {
      settled()
      peer?.leave()
    },
    message: (bytes, nowMs) =>
      hear(bytes, form, nowMs, ({ uid }, said) => {
        if (said.says === 'offer' && said.versions.includes(1) && form === 'xml' && disarm === null && out !== null) {
          peer?.pause()
          disarm = clock.after(ANSWER_WITHIN_MS, () => out.end())
          return { decoded: IGNORED, replies: [control('t-x-takp-q', uid, '<TakRequest version="1"/>', nowMs, 'xml')] }
        }
        if (said.says === 'answer' && disarm !== null) {
          settled()
          form = said.yes ? 'tak' : 'xml'
          peer?.resume(form)
        }
        return { decoded: IGNORED }
      }),
  }
}

type Form = 'xml' | 'tak'

/** @param negotiate what is done with a word on the protocol itself */
function hear(
  bytes: Uint8Array,
  form: Form,
  nowMs: number,
  negotiate: (event: CotEvent, said: Negotiation) => SessionStep,
): SessionStep {
  const said = read(bytes)
  if (said === null) return { decoded: faulty('malformed') }
  const { event } = said
  if (event === null) return { decoded: IGNORED }
  if (event.negotiation !== null) return negotiate(event, event.negotiation)
  if (event.type === 't-x-c-t')
    return { decoded: IGNORED, replies: [control('t-x-c-t-r', PROTOCOL_UID, '', nowMs, form)] }
  return { decoded: decodedOf(event) }
}

function read(message: Uint8Array): { event: CotEvent | null; control: TakControl | null; version: TakVersion } | null {
  const bytes = Buffer.from(message)
  if (bytes.subarray(0, TAK_HEAD.length).equals(TAK_HEAD)) {
    const tak = readTakMessage(bytes.subarray(TAK_HEAD.length))
    return tak === null ? null : { ...tak, version: 1 }
  }
  const event = readCotXml(bytes.toString('utf8'))
  return event === null ? null : { event, control: null, version: 0 }
}

/** Positions of those who report themselves, and calls for help; drawings, routes and chat are not for us. */
function decodedOf(event: CotEvent): Decoded {
  const { uid, type, how, atMs, lng, lat, accuracyM, speedMps, courseDeg, emergency, owner } = event
  const observations: Observation[] = []
  const faults: MessageFault[] = []
  const nowhere = lng === 0 && lat === 0
  const position: [number, number] = [lng, lat]
  if (type.startsWith('a-f-')) {
    if (nowhere || !how.startsWith('m-')) faults.push('no-fix')
    else
      observations.push({
        kind: 'fix',
        source: uid,
        fix: {
          atMs,
          position,
          ...(accuracyM === null ? {} : { accuracyM }),
          ...(speedMps === null ? {} : { speedMps }),
          ...(courseDeg === null ? {} : { headingDeg: courseDeg }),
        },
      })
  }
  if (emergency === 'raised')
    observations.push({
      kind: 'terminal-alarms',
      source: type.startsWith('b-a-o') ? (owner ?? uid) : uid,
      alarms: ['emergency'],
      atMs,
      position: nowhere ? null : position,
    })
  return { observations, faults, ignored: observations.length + faults.length === 0 ? 1 : 0 }
}

function control(type: ControlEvent['type'], uid: string, inside: string, atMs: number, form: Form): Buffer {
  const event = { type, uid, control: inside, atMs }
  return form === 'tak' ? inStream(writeControlMessage(event)) : Buffer.from(writeControlXml(event))
}
