/**
 * Messages that mavlink-mappings 1.0.22-20260311 lacks or knows in an older form, as in the public MAVLink XML
 * (ardupilotmega with its includes, August 2026; BATTERY_STATUS_V2 and CONTROL_STATUS from development.xml).
 * One line per message: id NAME crc, then fields in wire order as `type name` or `type[length] name`;
 * `float?` may be NaN. The generator recomputes each CRC extra from the fields and refuses a mismatch.
 */
export const OWN_MESSAGES = `
8 LINK_NODE_STATUS 117: uint64 timestamp, uint32 tx_rate, uint32 rx_rate, uint32 messages_sent, uint32 messages_received, uint32 messages_lost, uint16 rx_parse_err, uint16 tx_overflows, uint16 rx_overflows, uint8 tx_buf, uint8 rx_buf
80 COMMAND_CANCEL 14: uint16 command, uint8 target_system, uint8 target_component
290 ESC_INFO 251: uint64 time_usec, uint32[4] error_count, uint16 counter, uint16[4] failure_flags, int16[4] temperature, uint8 index, uint8 count, uint8 connection_type, uint8 info
291 ESC_STATUS 10: uint64 time_usec, int32[4] rpm, float[4] voltage, float[4] current, uint8 index
345 PARAM_ERROR 209: int16 param_index, uint8 target_system, uint8 target_component, char[16] param_id, uint8 error
369 BATTERY_STATUS_V2 151: float? voltage, float? current, float? capacity_consumed, float? capacity_remaining, uint32 status_flags, int16 temperature, uint8 id, uint8 percent_remaining
372 BATTERY_INFO 26: float? discharge_minimum_voltage, float? charging_minimum_voltage, float? resting_minimum_voltage, float? charging_maximum_voltage, float? charging_maximum_current, float? nominal_voltage, float? discharge_maximum_current, float? discharge_maximum_burst_current, float? design_capacity, float? full_charge_capacity, uint16 cycle_count, uint16 weight, uint8 id, uint8 battery_function, uint8 type, uint8 state_of_health, uint8 cells_in_series, char[9] manufacture_date, char[32] serial_number, char[50] name
380 TIME_ESTIMATE_TO_TARGET 232: int32 safe_return, int32 land, int32 mission_next_item, int32 mission_end, int32 commanded_action
410 EVENT 160: uint32 id, uint32 event_time_boot_ms, uint16 sequence, uint8 destination_component, uint8 destination_system, uint8 log_levels, uint8[40] arguments
411 CURRENT_EVENT_SEQUENCE 106: uint16 sequence, uint8 flags
412 REQUEST_EVENT 33: uint16 first_sequence, uint16 last_sequence, uint8 target_system, uint8 target_component
413 RESPONSE_EVENT_ERROR 77: uint16 sequence, uint16 sequence_oldest_available, uint8 target_system, uint8 target_component, uint8 reason
512 CONTROL_STATUS 21: uint8 flags, uint8 gcs_main, uint8[10] gcs_secondary
10151 LOWEHEISER_GOV_EFI 195: float volt_batt, float curr_batt, float curr_gen, float curr_rot, float fuel_level, float throttle, uint32 runtime, int32 until_maintenance, float rectifier_temp, float generator_temp, float efi_batt, float efi_rpm, float efi_pw, float efi_fuel_flow, float efi_fuel_consumed, float efi_baro, float efi_mat, float efi_clt, float efi_tps, float efi_exhaust_gas_temperature, uint16 generator_status, uint16 efi_status, uint8 efi_index
50001 CUBEPILOT_RAW_RC 246: uint8[32] rc_raw
50002 HERELINK_VIDEO_STREAM_INFORMATION 181: float framerate, uint32 bitrate, uint16 resolution_h, uint16 resolution_v, uint16 rotation, uint8 camera_id, uint8 status, char[230] uri
50003 HERELINK_TELEM 62: uint32 rf_freq, uint32 link_bw, uint32 link_rate, int16 snr, int16 cpu_temp, int16 board_temp, uint8 rssi
50004 CUBEPILOT_FIRMWARE_UPDATE_START 240: uint32 size, uint32 crc, uint8 target_system, uint8 target_component
50005 CUBEPILOT_FIRMWARE_UPDATE_RESP 152: uint32 offset, uint8 target_system, uint8 target_component
52000 AIRLINK_AUTH 13: char[50] login, char[50] password
52001 AIRLINK_AUTH_RESPONSE 239: uint8 resp_type
`

/** Extension fields newer than the pinned mappings, appended to the message of that name, same notation. */
export const OWN_EXTENSIONS = `
GIMBAL_DEVICE_INFORMATION: uint32 cap_flags2
CELLULAR_STATUS: uint8 id, uint32 link_tx_rate, uint32 link_rx_rate, char[9] cell_tower_id, uint8 band_number, float? band_frequency, uint32 channel_number, float? rx_level, float? tx_level, float? rx_quality, float? sinr
AVAILABLE_MODES: uint8 seq
`
