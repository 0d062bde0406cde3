import { decodeExtParam, encodeExtParam } from '@skerry/mavlink-bridge/exchanges'
import { ftpAnswers, type ServedFile } from '../vehicle/ftp.ts'
import { COMP, type Heard, type Saying } from '../vehicle/mavlink.ts'

const UINT8 = 1
const UINT32 = 5

/** Extended parameters of the camera by name, with their types. */
export interface CameraParam {
  readonly type: number
  readonly value: number
}
export type CameraParams = Readonly<Record<string, CameraParam>>
export const CAMERA_PARAMS: CameraParams = {
  CAM_MODE: { type: UINT32, value: 0 },
  CAM_COLORS: { type: UINT32, value: 0 },
  CAM_TEMPRANGE: { type: UINT8, value: 1 },
}
/** Values that the camera takes. */
const ALLOWED: Readonly<Record<string, readonly number[]>> = {
  CAM_MODE: [0],
  CAM_COLORS: [0, 1, 2, 3],
  CAM_TEMPRANGE: [0, 1],
}

/** PARAM_ACK */
const ACCEPTED = 0
const VALUE_UNSUPPORTED = 1

export const DEFINITION_PATH = 'camera/thermal.xml'
export const DEFINITION_URI = `mftp://[;comp=${COMP.camera}]/${DEFINITION_PATH}`
/** As a maker writes it: the palette goes by its description, and the file has a language of its own. */
const DEFINITION = `<?xml version="1.0" encoding="UTF-8" ?>
<mavlinkcamera>
  <definition version="3"><model>LWIR 640 9.1mm</model><vendor>Skerry Simulators</vendor></definition>
  <parameters>
    <parameter name="CAM_MODE" type="uint32" default="0" control="0">
      <description>Camera Mode</description>
      <options><option name="Photo" value="0" /></options>
    </parameter>
    <parameter name="CAM_COLORS" type="uint32" default="0">
      <description>Colour palette of the picture</description>
      <options>
        <option name="White hot" value="0" />
        <option name="Black hot" value="1" />
        <option name="Ironbow" value="2" />
        <option name="Arctic" value="3" />
      </options>
    </parameter>
    <parameter name="CAM_TEMPRANGE" type="uint8" default="1">
      <description>Temperature range of the sensor</description>
      <options>
        <option name="-40 to 550 &#176;C" value="0" />
        <option name="-20 to 150 &#176;C" value="1" />
      </options>
    </parameter>
  </parameters>
  <localization>
    <locale name="zh_CN"><strings original="Arctic" translated="极地" /></locale>
  </localization>
</mavlinkcamera>
`
const FILE: ServedFile = {
  comp: COMP.camera,
  path: DEFINITION_PATH,
  bytes: () => new TextEncoder().encode(DEFINITION),
}

/** A message about the camera's parameters or its definition; undefined where it is about something else. */
export function paramsHear(params: CameraParams, h: Heard): readonly [CameraParams, ...Saying[]] | undefined {
  const m = h.message
  if (m.name === 'FILE_TRANSFER_PROTOCOL') return [params, ...ftpAnswers(FILE, m.fields.payload, h)]
  if (m.name === 'PARAM_EXT_REQUEST_READ') {
    const known = params[m.fields.param_id]
    return known === undefined ? [params] : [params, told(params, m.fields.param_id, known)]
  }
  if (m.name !== 'PARAM_EXT_SET') return undefined
  const { param_id: name, param_type } = m.fields
  const known = params[name]
  if (known === undefined || h.paramBytes === undefined || param_type !== known.type) return [params]
  const value = decodeExtParam(h.paramBytes, param_type)
  if (value === null || ALLOWED[name]?.includes(value) !== true) return [params, acked(name, known, VALUE_UNSUPPORTED)]
  const set = { ...known, value }
  return [{ ...params, [name]: set }, acked(name, set, ACCEPTED)]
}

const told = (params: CameraParams, name: string, { type, value }: CameraParam): Saying => ({
  comp: COMP.camera,
  name: 'PARAM_EXT_VALUE',
  fields: {
    param_count: Object.keys(params).length,
    param_index: Object.keys(params).indexOf(name),
    param_id: name,
    param_value: encodeExtParam(value, type),
    param_type: type,
  },
})
const acked = (name: string, { type, value }: CameraParam, result: number): Saying => ({
  comp: COMP.camera,
  name: 'PARAM_EXT_ACK',
  fields: { param_id: name, param_value: encodeExtParam(value, type), param_type: type, param_result: result },
})
