/**
 * Float fields where the protocol gives NaN a meaning although the mappings' comments do not say so: parameters of
 * commands and mission items ("leave as it is"), setpoints (an axis not controlled), and fields the XML marks
 * `invalid="NaN"`. Never PARAM_SET.param_value.
 */
const NAN_FIELDS: Readonly<Record<string, RegExp>> = {
  COMMAND_LONG: /^param[1-7]$/,
  COMMAND_INT: /^(param[1-4]|z)$/,
  MISSION_ITEM: /^(param[1-4]|x|y|z)$/,
  MISSION_ITEM_INT: /^(param[1-4]|z)$/,
  SET_POSITION_TARGET_LOCAL_NED: /./,
  SET_POSITION_TARGET_GLOBAL_INT: /./,
  POSITION_TARGET_LOCAL_NED: /./,
  POSITION_TARGET_GLOBAL_INT: /./,
  SET_ATTITUDE_TARGET: /./,
  ATTITUDE_TARGET: /./,
  SET_ACTUATOR_CONTROL_TARGET: /^controls$/,
  ACTUATOR_CONTROL_TARGET: /^controls$/,
  HOME_POSITION: /^(q|approach_[xyz])$/,
  SET_HOME_POSITION: /^(q|approach_[xyz])$/,
  GIMBAL_MANAGER_SET_ATTITUDE: /^q$/,
  CAMERA_THERMAL_RANGE: /^(max|min)$/,
  CAMERA_FOV_STATUS: /^q$/,
  GLOBAL_POSITION_SENSOR: /^(alt|alt_ellipsoid|eph|epv)$/,
  AIRSPEED: /^(airspeed|raw_press)$/,
  DISTANCE_SENSOR: /^quaternion$/,
  WIND_COV: /^(horiz_accuracy|vert_accuracy)$/,
}

export const isNanAllowed = (message: string, field: string): boolean => NAN_FIELDS[message]?.test(field) ?? false
