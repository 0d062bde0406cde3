import type { Result } from '../result.ts'
import type { ParamListError } from './param-list-machine.ts'
import { listParams, type Param, paramHash, type ParamPorts } from './params.ts'

/** A list as it was read, with PX4's check sum over it. */
export interface KnownParams {
  readonly hash: number
  readonly params: readonly Param[]
}
export interface ReadParams {
  readonly params: readonly Param[]
  /** Null where there is no sum, or something changed while the list was read: such a list is not to be kept. */
  readonly hash: number | null
}

/** PX4's parameters: the known list where the vehicle's own check sum says that nothing changed since, else read anew. */
export async function hashedParams(
  known: KnownParams | null,
  ports: ParamPorts,
): Promise<Result<ReadParams, ParamListError>> {
  const before = await paramHash(ports)
  if (known !== null && before === known.hash) return { ok: true, value: known }
  const read = await listParams(ports)
  if (!read.ok) return read
  const after = before === null ? null : await paramHash(ports)
  return { ok: true, value: { params: read.value, hash: after === before ? after : null } }
}
