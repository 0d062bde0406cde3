import { createHmac, timingSafeEqual } from 'node:crypto'
import { faulty, IGNORED, observed, type Decoded, type MessageFault, type Observation } from '../feeds/observation.ts'
import type { Session, SessionStep, StreamProtocol } from '../feeds/session.ts'
import { flagFramer, openFrame, sealFrame } from './frame.ts'
import { readHeader, writeMessage, type Header } from './header.ts'
import { createPartJoiner } from './join-parts.ts'
import { readBatch, readLocation, type Location } from './location.ts'

const HEARTBEAT = 0x0002
const SIGN_OFF = 0x0003
const REGISTER = 0x0100
const AUTHENTICATE = 0x0102
const LOCATION = 0x0200
const BATCH = 0x0704
const ANSWER = 0x8001
const REGISTERED = 0x8100

const OK = 0
const FAILED = 1
const WRONG = 2
const UNSUPPORTED = 3
/** Of a registration: no such terminal. */
const NO_TERMINAL = 4

/** The only form in which a terminal's number is kept: SHA-256 with a key of this installation. */
export const hashTerminal = (key: string, terminal: string): string =>
  createHmac('sha256', key)
    .update(terminal.replace(/^0+/, '') || '0')
    .digest('hex')

/**
 * JT/T 808 terminals of both editions. A terminal registers and gets its code, signs in with it, and is then heard.
 * What a registration says of the vehicle (its plate among it) is not even looked into.
 * @param known whether the file names a terminal of this hash
 */
export const jt808Protocol = (messageBytes: number, key: string, known: (hash: string) => boolean): StreamProtocol => ({
  framer: () => flagFramer(messageBytes),
  session: () => terminalSession(key, known),
})

function terminalSession(key: string, known: (hash: string) => boolean): Session {
  let hash: string | null = null
  let signedIn = false
  let serial = 0
  const joiner = createPartJoiner()

  function answer(header: Header, result: number, decoded: Decoded, end = false): SessionStep {
    const body = Buffer.alloc(5)
    body.writeUInt16BE(header.serial, 0)
    body.writeUInt16BE(header.id, 2)
    body[4] = result
    return { decoded, replies: [sealFrame(writeMessage(header, ANSWER, serial++, body))], end }
  }

  function register(header: Header): SessionStep {
    const good = hash !== null && known(hash)
    const code = good ? Buffer.from(codeOf(key, hash!), 'latin1') : Buffer.alloc(0)
    const head = Buffer.alloc(3)
    head.writeUInt16BE(header.serial, 0)
    head[2] = good ? OK : NO_TERMINAL
    const reply = sealFrame(writeMessage(header, REGISTERED, serial++, Buffer.concat([head, code])))
    return { decoded: good ? IGNORED : faulty('unknown-source'), replies: [reply], end: !good }
  }

  function authenticate(header: Header): SessionStep {
    const { edition, body } = header
    const size = edition === 2019 ? (body[0] ?? 0) : body.length
    const given = edition === 2019 ? body.subarray(1, 1 + size) : body
    const expected = Buffer.from(codeOf(key, hash!), 'latin1')
    signedIn = known(hash!) && given.length === expected.length && timingSafeEqual(given, expected)
    return answer(header, signedIn ? OK : FAILED, signedIn ? IGNORED : faulty('not-allowed'), !signedIn)
  }

  function heard(header: Header): SessionStep {
    switch (header.id) {
      case HEARTBEAT:
        return answer(header, OK, IGNORED)
      case SIGN_OFF:
        return answer(header, OK, IGNORED, true)
      case LOCATION: {
        const location = readLocation(header.body)
        return location === 'malformed'
          ? answer(header, WRONG, faulty('malformed'))
          : answer(header, OK, decodedOf([location], hash!))
      }
      case BATCH: {
        const batch = readBatch(header.body)
        return batch === 'malformed'
          ? answer(header, WRONG, faulty('malformed'))
          : answer(header, OK, decodedOf(batch, hash!))
      }
      default:
        return answer(header, UNSUPPORTED, IGNORED)
    }
  }

  /** A part is answered for itself: terminals send the next one after that. What is heard is the whole. */
  function heardPart(header: Header & { part: NonNullable<Header['part']> }, nowMs: number): SessionStep {
    const { body, dropped } = joiner.take(header, nowMs)
    const lost = Array.from({ length: dropped }, () => 'malformed' as const)
    if (body === 'too-large') return answer(header, WRONG, faulty('too-large', ...lost))
    if (body === 'waiting') return answer(header, OK, lost.length === 0 ? IGNORED : faulty(...lost))
    const step = heard({ ...header, part: null, body })
    return { ...step, decoded: { ...step.decoded, faults: [...step.decoded.faults, ...lost] } }
  }

  return {
    message(bytes, nowMs) {
      const message = openFrame(bytes)
      if (typeof message === 'string') return { decoded: faulty(message) }
      const header = readHeader(message)
      if (header === 'malformed') return { decoded: faulty('malformed') }
      const own = hashTerminal(key, header.terminal)
      // One connection is one terminal: another number on it is somebody else's.
      if (hash !== null && hash !== own) return { decoded: faulty('not-allowed'), end: true }
      hash = own
      if (header.encrypted) return answer(header, UNSUPPORTED, faulty('malformed'))
      if (header.id === REGISTER) return register(header)
      if (header.id === AUTHENTICATE) return authenticate(header)
      if (!signedIn) return answer(header, FAILED, faulty('not-allowed'))
      const { part } = header
      return part === null ? heard(header) : heardPart({ ...header, part }, nowMs)
    },
  }
}

/** Given to a terminal when it registers; the same every time, so that a restart of ours asks nobody to register again. */
const codeOf = (key: string, hash: string): string =>
  createHmac('sha256', key).update(`code of ${hash}`).digest('base64url').slice(0, 24)

function decodedOf(locations: readonly (Location | 'malformed')[], source: string): Decoded {
  const observations: Observation[] = []
  const faults: MessageFault[] = []
  for (const location of locations) {
    if (location === 'malformed') {
      faults.push('malformed')
      continue
    }
    const { fix, atMs, alarms } = location
    if (fix === null) faults.push('no-fix')
    else observations.push({ kind: 'fix', source, fix })
    observations.push({ kind: 'terminal-alarms', source, alarms, atMs, position: fix?.position ?? null })
  }
  return observations.length === 0 && faults.length === 0 ? observed() : { observations, faults, ignored: 0 }
}
