import { describe, expect, it } from 'vitest'
import { FTP, FTP_BLOCK, FTP_EOF, type FtpPayload } from './ftp-payload.ts'
import { type FtpReadSend, type FtpReadState, nextFtpRead, startFtpRead } from './ftp-read-machine.ts'

const POLICY = { quietMs: 500, tries: 20 }
const block = (i: number): Uint8Array => new Uint8Array(FTP_BLOCK).fill(i + 1)

/** The machine by itself; `say` is the vehicle. */
function setUp() {
  let nowMs = 0
  let [state, ...sends] = startFtpRead(nowMs, POLICY) as [FtpReadState, ...FtpReadSend[]]
  const feed = (event: Parameters<typeof nextFtpRead>[1]): void => {
    ;[state, ...sends] = nextFtpRead(state, event, POLICY)
  }
  const say = (over: Partial<FtpPayload>): readonly FtpReadSend[] => {
    const data = over.data ?? new Uint8Array()
    const head = { seq: 0, session: 3, op: FTP.ack, request: FTP.burstRead, burstComplete: false, offset: 0 }
    feed({ type: 'answer', payload: { ...head, size: data.length, ...over, data }, atMs: nowMs })
    return sends
  }
  return {
    say,
    burst: (i: number, over: Partial<FtpPayload> = {}) => say({ offset: i * FTP_BLOCK, data: block(i), ...over }),
    quiet: () => {
      nowMs += POLICY.quietMs
      feed({ type: 'quiet', atMs: nowMs })
      return sends
    },
    open: () => say({ request: FTP.openRead }),
    ended: () => (state.at === 'ended' ? state.outcome : null),
  }
}

describe('reading a file by MAVFTP', () => {
  it('goes on after a burst where the burst ended', () => {
    const { open, burst } = setUp()
    expect(open()).toMatchObject([{ op: FTP.burstRead, session: 3, offset: 0 }])
    burst(0)
    expect(burst(1, { burstComplete: true })).toMatchObject([{ op: FTP.burstRead, offset: 2 * FTP_BLOCK }])
  })

  it('fills a hole by a single read of that block, and asks for nothing that it has', () => {
    const { open, burst, say, ended } = setUp()
    open()
    burst(0)
    // Block 1 is lost.
    burst(2)
    const [fill, ...more] = burst(3, { data: block(3).subarray(0, 10), burstComplete: true })
    expect(more).toEqual([])
    expect(fill).toMatchObject({ op: FTP.read, offset: FTP_BLOCK })
    say({ request: FTP.read, offset: FTP_BLOCK, data: block(1) })
    const whole = ended()
    expect(whole?.ok === true && whole.value.length).toBe(3 * FTP_BLOCK + 10)
    expect(whole?.ok === true && [...new Set(whole.value)]).toEqual([1, 2, 3, 4])
  })

  it('fills each of several holes, one after the other', () => {
    const { open, burst, say } = setUp()
    open()
    burst(1)
    burst(3)
    expect(burst(5, { burstComplete: true })).toMatchObject([{ op: FTP.read, offset: 0 }])
    expect(say({ request: FTP.read, offset: 0, data: block(0) })).toMatchObject([
      { op: FTP.read, offset: 2 * FTP_BLOCK },
    ])
    expect(say({ request: FTP.read, offset: 2 * FTP_BLOCK, data: block(2) })).toMatchObject([
      { op: FTP.read, offset: 4 * FTP_BLOCK },
    ])
    expect(say({ request: FTP.read, offset: 4 * FTP_BLOCK, data: block(4) })).toMatchObject([
      { op: FTP.burstRead, offset: 6 * FTP_BLOCK },
    ])
  })

  it('asks again for the hole when its answer is lost, too', () => {
    const { open, burst, quiet } = setUp()
    open()
    burst(1, { burstComplete: true })
    expect(quiet()).toMatchObject([{ op: FTP.read, offset: 0 }])
    expect(quiet()).toMatchObject([{ op: FTP.read, offset: 0 }])
  })

  it('does not take the end of the file in a burst for the end of what it has', () => {
    const { open, burst, say, ended } = setUp()
    const [asked] = open()
    burst(1)
    // The end is told later in that burst: block 0 is still missing.
    expect(say({ op: FTP.nak, data: Uint8Array.of(FTP_EOF), seq: (asked?.seq ?? 0) + 3 })).toMatchObject([])
    expect(ended()).toBeNull()
  })

  it('is refused where the vehicle has no such file', () => {
    const { say, ended } = setUp()
    say({ op: FTP.nak, request: FTP.openRead, data: Uint8Array.of(10) })
    expect(ended()).toEqual({ ok: false, error: { kind: 'refused', code: 10 } })
  })
})
