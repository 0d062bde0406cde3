import type { Clock } from '../clock.ts'
import type { Result } from '../result.ts'
import { isMessage } from '../wire/decode.ts'
import { drive } from './drive.ts'
import { FTP, FTP_BLOCK, ftpBytes, ftpPayload } from './ftp-payload.ts'
import {
  type FtpReadError,
  type FtpReadEvent,
  ftpReadPolicy,
  type FtpReadSend,
  type FtpReadState,
  nextFtpRead,
  startFtpRead,
} from './ftp-read-machine.ts'
import type { VehiclePort } from './vehicle-port.ts'

export interface FtpPorts {
  readonly port: VehiclePort
  readonly clock: Clock
  /** Component that keeps the file. */
  readonly comp: number
  readonly rttMs: number
  /** Aborted: the reading ends, and the vehicle is told. */
  readonly signal?: AbortSignal
}

/** Reads a file of a component by MAVFTP. */
export function readFtpFile(
  path: string,
  { port, clock, comp, rttMs, signal }: FtpPorts,
): Promise<Result<Uint8Array, FtpReadError>> {
  const policy = ftpReadPolicy(rttMs)
  const name = Buffer.from(path, 'latin1')
  return drive<FtpReadState, FtpReadEvent, FtpReadSend, Result<Uint8Array, FtpReadError>>({
    clock,
    outcome: (state) => (state.at === 'ended' ? state.outcome : null),
    start: () => startFtpRead(clock.nowMs(), policy),
    next: (state, event) => nextFtpRead(state, event, policy),
    quiet: (atMs) => ({ type: 'quiet', atMs }),
    cancel: { signal, event: { type: 'cancelled' } },
    send({ op, seq, session, offset }) {
      const data = op === FTP.openRead ? name : new Uint8Array()
      const size = op === FTP.openRead ? name.length : op === FTP.terminate ? 0 : FTP_BLOCK
      const payload = ftpBytes({ seq, session, op, size, request: 0, burstComplete: false, offset, data })
      const target = { target_network: 0, target_system: port.systemId, target_component: comp }
      return port.send('FILE_TRANSFER_PROTOCOL', { ...target, payload })
    },
    listen: (feed) =>
      port.listen(({ comp: from, message, atMs }) => {
        if (from !== comp || !isMessage(message, 'FILE_TRANSFER_PROTOCOL')) return
        const { target_system, payload } = message.fields
        if (target_system === port.own.sys || target_system === 0)
          feed({ type: 'answer', payload: ftpPayload(payload), atMs })
      }),
  })
}
