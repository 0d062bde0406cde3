/** MAV_PARAM_TYPE_REAL32 */
const REAL32 = 9

/** Values that are well-formed but that a vehicle takes for another order than was meant. Throws a TypeError. */
export function refuseDangerous(message: string, fields: Readonly<Record<string, unknown>>): void {
  if (message === 'MISSION_ITEM' || message === 'MISSION_ITEM_INT') {
    // ArduPilot: 2 means "go there now", 3 "change altitude now", outside of any upload.
    if (fields['current'] === 2 || fields['current'] === 3)
      throw new TypeError(`${message}.current: 2 and 3 are immediate orders, not plan items`)
  }
  if (message === 'PARAM_SET' && fields['param_value'] instanceof Uint8Array && fields['param_type'] === REAL32) {
    const bytes = fields['param_value']
    if (bytes.length === 4 && Number.isNaN(new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true)))
      throw new TypeError(`${message}.param_value: must not be NaN`)
  }
}
