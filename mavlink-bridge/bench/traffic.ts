import { definitionByName } from '../src/wire/definitions/definitions.ts'

/** Messages a second of one vehicle, 50 in all. */
export const RATES: Readonly<Record<string, number>> = {
  ATTITUDE: 10,
  GLOBAL_POSITION_INT: 10,
  VFR_HUD: 5,
  GPS_RAW_INT: 5,
  LOCAL_POSITION_NED: 4,
  SYS_STATUS: 2,
  RC_CHANNELS: 2,
  SERVO_OUTPUT_RAW: 2,
  EKF_STATUS_REPORT: 2,
  VIBRATION: 2,
  NAV_CONTROLLER_OUTPUT: 2,
  HEARTBEAT: 1,
  BATTERY_STATUS: 1,
  WIND: 1,
  SYSTEM_TIME: 1,
}

/** Made-up but plausible: every field non-zero, so that nothing is trimmed. */
export function fieldsOf(name: string, seed: number): Record<string, number | bigint | number[]> {
  const definition = definitionByName(name)!
  const fields: Record<string, number | bigint | number[]> = {}
  for (const { name: field, type, arrayLength } of definition.fields) {
    const value = 1 + ((seed * 31) % 100)
    if (type === 'uint64' || type === 'int64') fields[field] = BigInt(value)
    else fields[field] = arrayLength > 0 ? Array.from({ length: arrayLength }, () => value) : value
  }
  return fields
}
