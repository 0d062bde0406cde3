import { crc32 } from 'node:zlib'
import { decodeParam, encodeParam, type ParamEncoding } from '@skerry/mavlink-bridge'
import { ardupilotParams } from './ardupilot-params.ts'
import type { AutopilotName } from './modes.ts'
import type { Param, Params } from './param-types.ts'
import { px4Params } from './px4-params.ts'

const REAL32 = 9
const UINT32 = 5

export const defaultParams = (autopilot: AutopilotName, systemId: number): Params =>
  autopilot === 'px4' ? px4Params(systemId) : ardupilotParams(systemId)

/** How integers travel in the float field: PX4 copies their bytes, ArduPilot casts them. */
export const packingOf = (autopilot: AutopilotName): ParamEncoding => (autopilot === 'px4' ? 'bytewise' : 'c_cast')

/** Names that older ground stations use for the same thing. */
const OLD_NAMES: Readonly<Record<string, string>> = { SYSID_THISMAV: 'MAV_SYSID', SYSID_MYGCS: 'MAV_GCS_SYSID' }

/** The parameter under its own or its old name, or undefined. */
export function findParam(params: Params, name: string): { name: string; param: Param } | undefined {
  const own = params[name] === undefined ? (OLD_NAMES[name] ?? name) : name
  const param = params[own]
  return param === undefined ? undefined : { name: own, param }
}

/** A parameter's value; RangeError on a name that the vehicle does not have. */
export function paramValue(params: Params, name: string): number {
  const param = params[name]
  if (param === undefined) throw new RangeError(`no parameter ${name}`)
  return param.value
}

/** Sets a parameter from the four bytes of a PARAM_SET. A NaN is ignored. Same object back where nothing changed. */
export function withParam(params: Params, name: string, bytes: Uint8Array, packing: ParamEncoding): Params {
  const found = findParam(params, name)
  if (found === undefined) return params
  const value = decodeParam(bytes, found.param.type, packing)
  if (value === undefined || !Number.isFinite(value)) return params
  return { ...params, [found.name]: { type: found.param.type, value } }
}

/** The four bytes that a value travels in. */
export const packed = (param: Param, packing: ParamEncoding): Uint8Array =>
  encodeParam(param.type === REAL32 ? Math.fround(param.value) : param.value, param.type, packing)

/** The four bytes of a float, where a message did not keep those that came. */
export function floatBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return bytes
}

export const HASH_CHECK = '_HASH_CHECK'
/** PX4's checksum over all names and values: a station that knows it need not read the list. */
export function paramHash(params: Params): { bytes: Uint8Array; type: number } {
  let sum = 0
  for (const name of Object.keys(params).toSorted())
    sum = crc32(packed(params[name]!, 'bytewise'), crc32(Buffer.from(name, 'latin1'), sum))
  return { bytes: encodeParam(sum, UINT32, 'bytewise'), type: UINT32 }
}
