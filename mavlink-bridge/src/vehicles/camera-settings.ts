import { type Camera, cameraKey, hasThermalRange, mainCamera, thermalStream } from './cameras.ts'
import type { SettingDefinition, SettingId, SettingOption } from './camera-definition.ts'
import type { Vehicle } from './vehicle.ts'

/** A setting of one camera with its value, as it was last told. */
export interface CameraSetting {
  readonly id: SettingId
  /** An extended parameter of the camera, or a parameter of the autopilot that speaks for it. */
  readonly via: 'camera' | 'autopilot'
  /** Component that holds it. */
  readonly comp: number
  readonly param: string
  /** MAV_PARAM_EXT_TYPE of a camera's own. */
  readonly type: number
  readonly options: readonly SettingOption[]
  readonly value: number | null
  readonly atMs: number | null
}

const option = (value: number, text: string): SettingOption => ({ value, text, textZh: null })
/**
 * Parameters by which ArduPilot sets a thermal camera that has no MAVLink of its own (applet camera-change-setting).
 * -1 leaves the camera as it is, and is no setting.
 */
const OF_ARDUPILOT: readonly Pick<SettingDefinition, 'id' | 'param' | 'options'>[] = [
  {
    id: 'palette',
    param: 'CAM1_THERM_PAL',
    options: [
      option(0, 'WhiteHot'),
      option(2, 'Sepia'),
      option(3, 'IronBow'),
      option(4, 'Rainbow'),
      option(5, 'Night'),
      option(6, 'Aurora'),
      option(7, 'RedHot'),
      option(8, 'Jungle'),
      option(9, 'Medical'),
      option(10, 'BlackHot'),
      option(11, 'GloryHot'),
    ],
  },
  {
    id: 'thermal-range',
    param: 'CAM1_THERM_GAIN',
    options: [option(0, '50 – 550 °C'), option(1, '-20 – 150 °C')],
  },
]

/** A camera was described by its own file. */
export function withDefinition(
  vehicle: Vehicle,
  camera: Camera,
  comp: number,
  definitions: readonly SettingDefinition[],
): Vehicle {
  const settings = definitions.map((one) => ({ ...one, via: 'camera' as const, comp, value: null, atMs: null }))
  return { ...vehicle, cameraSettings: new Map(vehicle.cameraSettings).set(cameraKey(camera), settings) }
}

/** Settings of a camera: its own, else those that ArduPilot has for it. */
export function settingsOf(vehicle: Vehicle, camera: Camera): readonly CameraSetting[] {
  return vehicle.cameraSettings.get(cameraKey(camera)) ?? []
}

/** Parameters of ArduPilot that are worth asking for: where there is a thermal camera, and it has no settings of its own. */
export function autopilotSettings(vehicle: Vehicle): readonly string[] {
  const camera = mainCamera(vehicle)
  if (vehicle.autopilot !== 'ardupilot' || camera === null) return []
  const thermal = hasThermalRange(camera) || thermalStream(vehicle) !== null
  const own = settingsOf(vehicle, camera).some(({ via }) => via === 'camera')
  if (!thermal || own || camera.definition !== null) return []
  const known = settingsOf(vehicle, camera)
  return OF_ARDUPILOT.map(({ param }) => param).filter((param) => !known.some((setting) => setting.param === param))
}

/** A camera tells or acknowledges one of its parameters. */
export const observeExtParam = (
  vehicle: Vehicle,
  comp: number,
  { name, value }: { readonly name: string; readonly value: number | null },
  atMs: number,
): Vehicle =>
  changed(
    vehicle,
    (setting) => setting.via === 'camera' && setting.comp === comp && setting.param === name,
    value,
    atMs,
  )

/** The autopilot tells a parameter; one of a camera makes that setting known. */
export function observeCameraParam(vehicle: Vehicle, name: string, value: number, atMs: number): Vehicle {
  const known = OF_ARDUPILOT.find(({ param }) => param === name)
  const camera = mainCamera(vehicle)
  if (known === undefined || camera === null || vehicle.autopilot !== 'ardupilot') return vehicle
  const settings = settingsOf(vehicle, camera)
  if (settings.some(({ via }) => via === 'camera')) return vehicle
  const setting = { ...known, via: 'autopilot', comp: vehicle.autopilotComp, type: 0, value, atMs } as const
  const others = settings.filter(({ param }) => param !== name)
  return {
    ...vehicle,
    cameraSettings: new Map(vehicle.cameraSettings).set(cameraKey(camera), [...others, setting]),
  }
}

function changed(
  vehicle: Vehicle,
  is: (setting: CameraSetting) => boolean,
  value: number | null,
  atMs: number,
): Vehicle {
  for (const [key, settings] of vehicle.cameraSettings) {
    if (!settings.some(is)) continue
    const next = settings.map((setting) => (is(setting) ? { ...setting, value, atMs } : setting))
    vehicle = { ...vehicle, cameraSettings: new Map(vehicle.cameraSettings).set(key, next) }
  }
  return vehicle
}
