import {
  FTP,
  FTP_BLOCK,
  FTP_EOF,
  type FtpPayload,
  ftpBytes,
  ftpPayload,
  PARAM_PACK,
} from '@skerry/mavlink-bridge/exchanges'
import { COMP, type Saying } from './mavlink.ts'
import { paramPack } from './param-pack.ts'
import type { Params } from './param-types.ts'

const SESSION = 1
const NOT_FOUND = 10
const UNKNOWN_COMMAND = 7
/** Blocks of one burst: the rest is asked for again. */
const BURST = 20

/** One file of a component. */
export interface ServedFile {
  readonly comp: number
  readonly path: string
  /** Its bytes, for reads of so many at once. */
  readonly bytes: (block: number) => Uint8Array
}
/** ArduPilot's pack of parameters. */
export const packFile = (params: Params): ServedFile => ({
  comp: COMP.autopilot,
  path: PARAM_PACK,
  bytes: (block) => paramPack(params, block),
})

/** MAVFTP as far as reading one file needs it: open, read, burst, end. @param to who asked */
export function ftpAnswers(
  { comp, path, bytes }: ServedFile,
  payload: Uint8Array,
  to: { sys: number; comp: number },
): Saying[] {
  const asked = ftpPayload(payload)
  const target = { target_network: 0, target_system: to.sys, target_component: to.comp }
  const say = (part: Partial<FtpPayload>, after = 1): Saying => {
    const data = part.data ?? new Uint8Array()
    const head = { seq: asked.seq + after, session: SESSION, request: asked.op, offset: asked.offset }
    const answer = { ...head, op: FTP.ack, size: data.length, burstComplete: false, ...part, data }
    return { comp, name: 'FILE_TRANSFER_PROTOCOL', fields: { ...target, payload: ftpBytes(answer) } }
  }
  const nak = (code: number, after = 1): Saying => say({ op: FTP.nak, data: Uint8Array.of(code) }, after)
  switch (asked.op) {
    case FTP.openRead:
      if (Buffer.from(asked.data).toString('latin1') !== path) return [nak(NOT_FOUND)]
      return [say({ data: Uint8Array.of(...uint32(bytes(FTP_BLOCK).length)) })]
    case FTP.terminate:
      return [say({})]
    case FTP.read:
    case FTP.burstRead: {
      const file = bytes(asked.size)
      const blocks = asked.op === FTP.read ? 1 : BURST
      const says: Saying[] = []
      for (let i = 0; i < blocks; i++) {
        const offset = asked.offset + i * FTP_BLOCK
        const data = file.subarray(offset, offset + FTP_BLOCK)
        if (data.length === 0) return [...says, nak(FTP_EOF, i + 1)]
        says.push(say({ offset, data, burstComplete: asked.op === FTP.burstRead && i === blocks - 1 }, i + 1))
      }
      return says
    }
    default:
      return [nak(UNKNOWN_COMMAND)]
  }
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
