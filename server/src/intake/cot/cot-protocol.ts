import type { CotPeer, CotShare } from './cot-share.ts'
import type { CotEvent } from './event.ts'
import { faulty, IGNORED, type Decoded, type MessageFault, type Observation } from '../feeds/observation.ts'
import type { Session, StreamProtocol } from '../feeds/session.ts'
import { cotFramer, datagramFramer, TAK_HEAD } from './cot-framer.ts'
import { readCotXml } from './read-event.ts'
import { readTakMessage } from './read-takmessage.ts'

const PROTOCOL_UID = 'skerry-takp'

/**
 * Cursor on Target over a stream: XML, and TAK protocol version 1 for those who ask for it.
 * @param offers tells whoever connects that we read the TAK protocol; a server does, a client waits for it
 */
export const cotStream = (
  limit: number,
  { share, offers, nowMs }: { share: CotShare | null; offers: boolean; nowMs: () => number },
): StreamProtocol => ({
  framer: () => cotFramer(limit),
  session(_, out) {
    if (offers) out?.write(offerTakProtocol(nowMs()))
    return cotSession(out === null ? null : (share?.join(out) ?? null))
  },
})
/** Cursor on Target in datagrams. */
export const cotDatagrams = (): StreamProtocol => ({ framer: datagramFramer, session: () => cotSession(null) })

function cotSession(peer: CotPeer | null): Session {
  let tak = false
  return {
    close: () => peer?.leave(),
    message(bytes, nowMs) {
      const event = readEvent(Buffer.from(bytes))
      if (event === null) return { decoded: faulty('malformed') }
      if (event === 'none') return { decoded: IGNORED }
      const { type, requests } = event
      if (type === 't-x-takp-q') {
        tak = requests === 1
        return {
          decoded: IGNORED,
          after: () => (tak ? peer?.useTakProtocol() : undefined),
          replies: [control(nowMs, 't-x-takp-r', `<TakResponse status="${tak}"/>`)],
        }
      }
      if (type === 't-x-c-t' && !tak) return { decoded: IGNORED, replies: [control(nowMs, 't-x-c-t-r', '')] }
      return { decoded: decodedOf(event) }
    },
  }
}

function readEvent(bytes: Buffer): CotEvent | 'none' | null {
  if (bytes.subarray(0, 3).equals(TAK_HEAD)) return readTakMessage(bytes.subarray(3))
  return readCotXml(bytes.toString('utf8'))
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

/** Tells a client that we read the TAK protocol; once, when it has connected. */
const offerTakProtocol = (nowMs: number): Uint8Array =>
  control(nowMs, 't-x-takp-v', '<TakProtocolSupport version="1"/>')

function control(nowMs: number, type: string, inside: string): Uint8Array {
  const time = (ms: number): string => new Date(ms).toISOString()
  const detail = inside === '' ? '' : `<TakControl>${inside}</TakControl>`
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<event version="2.0" uid="${PROTOCOL_UID}" type="${type}" ` +
      `time="${time(nowMs)}" start="${time(nowMs)}" stale="${time(nowMs + 60_000)}" how="m-g">` +
      `<point lat="0.0" lon="0.0" hae="0.0" ce="999999" le="999999"/><detail>${detail}</detail></event>`,
  )
}
