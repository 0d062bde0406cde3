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
import type { ParamListError } from './param-list-machine.ts'
import { PARAM_PACK, readParamPack } from './param-pack.ts'
import { listParams, type Param, type ParamPorts } from './params.ts'
import type { Result } from '../result.ts'

/**
 * All parameters: ArduPilot's pack by MAVFTP where it is offered (hundreds of messages fewer), else, or where that is
 * refused, silent or damaged, one by one.
 */
export async function allParams(
  ports: ParamPorts & { readonly offersPack: boolean },
): Promise<Result<readonly Param[], ParamListError>> {
  if (ports.offersPack) {
    const file = await readFile(PARAM_PACK, ports)
    const params = file.ok ? readParamPack(file.value) : null
    if (params !== null) return { ok: true, value: params }
  }
  return listParams(ports)
}

function readFile(path: string, { port, clock, comp, rttMs }: ParamPorts): Promise<Result<Uint8Array, FtpReadError>> {
  const policy = ftpReadPolicy(rttMs)
  const name = Buffer.from(path, 'latin1')
  return drive<FtpReadState, FtpReadEvent, FtpReadSend, Result<Uint8Array, FtpReadError>>({
    clock,
    outcome: (state) => (state.at === 'ended' ? state.outcome : null),
    start: () => startFtpRead(clock.nowMs(), policy),
    next: (state, event) => nextFtpRead(state, event, policy),
    quiet: (atMs) => ({ type: 'quiet', atMs }),
    send({ op, seq, session, offset }) {
      const data = op === FTP.openRead ? name : new Uint8Array()
      const size = op === FTP.openRead ? name.length : op === FTP.terminate ? 0 : FTP_BLOCK
      const payload = ftpBytes({ seq, session, op, size, request: 0, burstComplete: false, offset, data })
      const target = { target_network: 0, target_system: port.systemId, target_component: comp }
      port.send('FILE_TRANSFER_PROTOCOL', { ...target, payload })
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
