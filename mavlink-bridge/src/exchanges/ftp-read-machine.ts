import type { Result } from '../result.ts'
import { FTP, FTP_BLOCK, FTP_EOF, type FtpPayload } from './ftp-payload.ts'

export type FtpReadError =
  /** It does not have that file, or no MAVFTP: NAK with this code. */
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'silent' }
  /** Taken back by us. */
  | { readonly kind: 'cancelled' }
type Outcome = Result<Uint8Array, FtpReadError>

interface Waiting {
  /** Sequence number of the last request; its answer carries the next one. */
  readonly seq: number
  readonly tries: number
  readonly quietAtMs: number
}
export type FtpReadState =
  | (Waiting & { readonly at: 'opening' })
  | (Waiting & {
      readonly at: 'reading'
      readonly session: number
      /** What came, by its place in the file; each is full but the last. */
      readonly blocks: ReadonlyMap<number, Uint8Array>
    })
  | { readonly at: 'ended'; readonly outcome: Outcome }
export type FtpReadEvent =
  | { readonly type: 'answer'; readonly payload: FtpPayload; readonly atMs: number }
  | { readonly type: 'quiet'; readonly atMs: number }
  | { readonly type: 'cancelled' }
export interface FtpReadSend {
  readonly op: typeof FTP.openRead | typeof FTP.read | typeof FTP.burstRead | typeof FTP.terminate
  readonly seq: number
  readonly session: number
  readonly offset: number
}
export interface FtpReadPolicy {
  readonly quietMs: number
  readonly tries: number
}
export const ftpReadPolicy = (rttMs: number): FtpReadPolicy => ({ quietMs: Math.max(500, 2 * rttMs), tries: 20 })
/** A vehicle without MAVFTP never answers: not long is waited for the first word. */
const OPEN_TRIES = 6
/** A pack of more parameters than any autopilot has. */
const MOST_BYTES = 262_144

type Step = readonly [FtpReadState, ...FtpReadSend[]]

export const startFtpRead = (nowMs: number, policy: FtpReadPolicy): Step => [
  { at: 'opening', seq: 0, tries: 1, quietAtMs: nowMs + policy.quietMs },
  { op: FTP.openRead, seq: 0, session: 0, offset: 0 },
]

/** One step. Getting the same state object back means "not for us". */
export function nextFtpRead(s: FtpReadState, e: FtpReadEvent, policy: FtpReadPolicy): Step {
  if (s.at === 'ended') return [s]
  if (e.type === 'cancelled') {
    const ended: FtpReadState = { at: 'ended', outcome: { ok: false, error: { kind: 'cancelled' } } }
    return s.at === 'opening' ? [ended] : [ended, terminate(s)]
  }
  if (e.type === 'quiet') return e.atMs < s.quietAtMs ? [s] : again(s, e.atMs, policy)
  const { payload, atMs } = e
  if (s.at === 'opening') {
    if (payload.request !== FTP.openRead) return [s]
    if (payload.op === FTP.nak) return [refused(payload)]
    if (payload.op !== FTP.ack) return [s]
    return ask({ ...s, at: 'reading', session: payload.session, blocks: new Map() }, 1, atMs, policy)
  }
  if (payload.session !== s.session || (payload.request !== FTP.read && payload.request !== FTP.burstRead)) return [s]
  if (payload.op === FTP.nak) return nak(s, payload, atMs, policy)
  return payload.op === FTP.ack ? took(s, payload, atMs, policy) : [s]
}

function again(s: Exclude<FtpReadState, { at: 'ended' }>, atMs: number, policy: FtpReadPolicy): Step {
  const most = s.at === 'opening' ? OPEN_TRIES : policy.tries
  if (s.tries >= most) {
    const ended: FtpReadState = { at: 'ended', outcome: { ok: false, error: { kind: 'silent' } } }
    return s.at === 'opening' ? [ended] : [ended, terminate(s)]
  }
  if (s.at === 'reading') return ask(s, s.tries + 1, atMs, policy)
  // The same number: an autopilot that has opened it already says the same again.
  return [
    { ...s, tries: s.tries + 1, quietAtMs: atMs + policy.quietMs },
    { op: FTP.openRead, seq: s.seq, session: 0, offset: 0 },
  ]
}

type Reading = Extract<FtpReadState, { at: 'reading' }>

function nak(s: Reading, payload: FtpPayload, atMs: number, policy: FtpReadPolicy): Step {
  if (payload.data[0] !== FTP_EOF) return [refused(payload), terminate(s)]
  // The answer to the request itself: the file ends where we asked. Later in a burst: some of it may be lost.
  if (payload.seq === ((s.seq + 1) & 0xffff)) return [whole(s, firstHole(s.blocks)), terminate(s)]
  return firstHole(s.blocks) === 0 ? [s] : ask(s, s.tries, atMs, policy)
}

function took(s: Reading, payload: FtpPayload, atMs: number, policy: FtpReadPolicy): Step {
  const { offset, data } = payload
  const misfit = offset % FTP_BLOCK !== 0 || offset >= MOST_BYTES || data.length === 0
  if (misfit || s.blocks.has(offset)) return [s]
  const grown = { ...s, blocks: new Map(s.blocks).set(offset, data.slice()) }
  const hole = firstHole(grown.blocks)
  // Only the last block of a file is not full.
  if ((grown.blocks.get(hole - FTP_BLOCK)?.length ?? FTP_BLOCK) < FTP_BLOCK)
    return [whole(grown, hole), terminate(grown)]
  if (payload.burstComplete || payload.request === FTP.read) return ask(grown, 1, atMs, policy)
  return [{ ...grown, tries: 1, quietAtMs: atMs + policy.quietMs }]
}

/** Fills a hole by a single read, and goes on after the last block by a burst. */
function ask(s: Reading, tries: number, atMs: number, policy: FtpReadPolicy): Step {
  const offset = firstHole(s.blocks)
  const seq = (s.seq + REQUEST_STEP) & 0xffff
  const op = offset < lastOffset(s.blocks) ? FTP.read : FTP.burstRead
  return [
    { ...s, seq, tries, quietAtMs: atMs + policy.quietMs },
    { op, seq, session: s.session, offset },
  ]
}
/** The messages of a burst count up from the request: the next one must not meet their numbers. */
const REQUEST_STEP = 1000

function firstHole(blocks: ReadonlyMap<number, Uint8Array>): number {
  let offset = 0
  while (blocks.has(offset)) offset += FTP_BLOCK
  return offset
}
const lastOffset = (blocks: ReadonlyMap<number, Uint8Array>): number => Math.max(-1, ...blocks.keys())

function whole(s: Reading, end: number): FtpReadState {
  const value = Buffer.concat(
    [...s.blocks]
      .filter(([at]) => at < end)
      .sort(([a], [b]) => a - b)
      .map(([, data]) => data),
  )
  return { at: 'ended', outcome: { ok: true, value } }
}
const refused = ({ data }: FtpPayload): FtpReadState => ({
  at: 'ended',
  outcome: { ok: false, error: { kind: 'refused', code: data[0] ?? 0 } },
})
const terminate = ({ seq, session }: Reading): FtpReadSend => ({
  op: FTP.terminate,
  seq: (seq + REQUEST_STEP) & 0xffff,
  session,
  offset: 0,
})
