/** MAV_PARAM_TYPE of the integers and floats that the two autopilots use: int8, int16, int32, float. */
export type ParamType = 2 | 4 | 6 | 9
export interface Param {
  readonly type: ParamType
  readonly value: number
}
export type Params = Readonly<Record<string, Param>>
