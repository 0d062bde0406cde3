import { readFtpFile } from './ftp-read.ts'
import type { ParamListError } from './param-list-machine.ts'
import { PARAM_PACK, readParamPack } from './param-pack.ts'
import { listParams, type Param, type ParamPorts } from './params.ts'
import { failed, type Result } from '../result.ts'

/**
 * All parameters: ArduPilot's pack by MAVFTP where it is offered (hundreds of messages fewer), else, or where that is
 * refused, silent or damaged, one by one.
 */
export async function allParams(
  ports: ParamPorts & { readonly offersPack: boolean },
  onProgress?: (got: number, total: number) => void,
): Promise<Result<readonly Param[], ParamListError>> {
  if (ports.offersPack) {
    const file = await readFtpFile(PARAM_PACK, ports)
    if (!file.ok && file.error.kind === 'cancelled') return failed({ kind: 'cancelled' })
    const params = file.ok ? readParamPack(file.value) : null
    if (params !== null) return { ok: true, value: params }
  }
  return listParams(ports, onProgress)
}
