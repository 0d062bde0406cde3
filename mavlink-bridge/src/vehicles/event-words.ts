/**
 * Names of PX4 events and what they say, in the manner of its status texts. An EVENT carries no text, only a number:
 * component 1 in the top byte and the low 24 bits of the FNV-1a hash of the event's name (PX4 libevents). The recorded
 * PX4 flight holds fourteen different events; all of their numbers follow from names listed here.
 */
export const EVENT_WORDS: Readonly<Record<string, string>> = {
  commander_armed_by: 'Armed',
  commander_disarmed_by: 'Disarmed',
  commander_takeoff_detected: 'Takeoff detected',
  commander_landing_detected: 'Landing detected',
  commander_rtl: 'Returning to launch',
  commander_landing_current_pos: 'Landing at current position',
  mission_execute: 'Executing mission',
  mission_climb_before_start: 'Climbing before the mission',
  mission_finished: 'Mission finished',
  vrtl_return_at: 'RTL: return started',
  rtl_land_at_destination: 'RTL: land at destination',
  commander_arm_denied_calibrating: 'Arming denied: calibrating',
  commander_arm_denied_throttle_center: 'Arming denied: throttle above center',
  commander_arm_denied_throttle_high: 'Arming denied: high throttle',
  commander_arm_denied_resolve_failures: 'Arming denied: resolve system health failures first',
  commander_arm_denied_not_manual: 'Arming denied: switch to manual mode first',
  commander_failsafe_enter_generic: 'Failsafe activated',
  commander_failsafe_enter_generic_hold: 'Failsafe activated: holding first',
  commander_failsafe_enter_hold: 'Failsafe activated: holding first',
  commander_failsafe_enter_rcloss: 'Failsafe: radio control lost',
  commander_failsafe_enter_dlloss: 'Failsafe: ground station link lost',
  check_modes_cannot_takeoff: 'Mode not suitable for arming',
  check_modes_angular_velocity: 'Gyro: angular velocity not valid',
  check_modes_attitude: 'No valid attitude estimate',
  check_modes_local_pos: 'No valid local position estimate',
  check_modes_global_pos: 'No valid global position estimate',
  check_modes_local_alt: 'No valid altitude estimate',
  check_modes_mission: 'No valid mission available',
  check_modes_home_position: 'Home position not set',
  check_modes_manual_control: 'No manual control input',
  check_modes_offboard_signal: 'No offboard signal',
  check_modes_not_supported: 'Mode not supported',
  check_system_flight_term_active: 'Flight termination (emergency stop) active',
  check_system_usb_connected: 'USB connected: power supply is not for flying',
  check_system_no_global_pos: 'Global position required',
  check_system_no_home_pos: 'Home position required',
  check_system_safety_button: 'Press safety button first',
  check_system_avoidance_not_ready: 'Avoidance system not ready',
  check_system_vtol_in_transition: 'Vehicle is in transition state',
  check_system_vtol_in_fw_mode: 'Vehicle is not in multicopter mode',
  check_system_arm_auth_failed: 'Arm authorization denied',
  check_estimator_missing_data: 'Waiting for estimator to initialise',
  check_estimator_heading_not_stable: 'Heading estimate invalid',
  check_estimator_hor_vel_not_stable: 'Horizontal velocity unstable',
  check_estimator_vert_vel_not_stable: 'Vertical velocity unstable',
  check_estimator_hor_pos_not_stable: 'Horizontal position unstable',
  check_estimator_hgt_not_stable: 'Altitude estimate not stable',
  check_estimator_mag_interference: 'Compass: strong magnetic interference',
  check_estimator_gnss_fusion_stopped: 'GPS data fusion stopped',
  check_estimator_gnss_fusion_started: 'GPS data fusion started',
  check_estimator_gnss_warning_spoofing: 'GPS signal spoofed',
  check_estimator_gnss_warning_jamming: 'GPS signal jammed',
  check_estimator_gps_fix_too_low: 'GPS fix too low',
  check_estimator_gps_num_sats_too_low: 'Not enough GPS satellites',
  check_estimator_gps_pdop_too_high: 'GPS PDOP too high',
  check_estimator_gps_hor_pos_err_too_high: 'GPS horizontal error too high',
  check_estimator_gps_vert_pos_err_too_high: 'GPS vertical error too high',
  check_estimator_gps_speed_acc_too_low: 'GPS speed accuracy too low',
  check_missing_cpuload: 'No processor load information',
  check_flight_time_limit: 'Maximum flight time reached',
  check_airspeed_invalid: 'Airspeed invalid',
  check_man_control_rtl_engaged: 'Return switch on the transmitter engaged',
  check_open_drone_id_missing: 'Open Drone ID system missing',
}

/** Event number of a name, as PX4 computes it. */
export function eventId(name: string): number {
  let hash = 0x811c_9dc5
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x0100_0193)
  return (0x0100_0000 | (hash & 0x00ff_ffff)) >>> 0
}

const BY_ID: ReadonlyMap<number, string> = new Map(
  Object.entries(EVENT_WORDS).map(([name, words]) => [eventId(name), words]),
)

/** What an event says, or null where its number is not known here. */
export const eventWords = (id: number): string | null => BY_ID.get(id) ?? null
