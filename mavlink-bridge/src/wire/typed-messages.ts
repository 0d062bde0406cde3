// Written by scripts/generate-definitions.ts: do not edit. Field names and units as in the MAVLink XML.
// 64-bit integers are bigint, char arrays text up to the first NUL, uint8 arrays bytes, other arrays plain arrays.

/** Decoded fields of the messages that the bridge reads or writes by name. */
export interface TypedMessages {
  HEARTBEAT: {
    custom_mode: number
    type: number
    autopilot: number
    base_mode: number
    system_status: number
    mavlink_version: number
  }
  SYS_STATUS: {
    onboard_control_sensors_present: number
    onboard_control_sensors_enabled: number
    onboard_control_sensors_health: number
    load: number
    voltage_battery: number
    current_battery: number
    drop_rate_comm: number
    errors_comm: number
    errors_count1: number
    errors_count2: number
    errors_count3: number
    errors_count4: number
    battery_remaining: number
    onboard_control_sensors_present_extended: number
    onboard_control_sensors_enabled_extended: number
    onboard_control_sensors_health_extended: number
  }
  SYSTEM_TIME: {
    time_unix_usec: bigint
    time_boot_ms: number
  }
  PING: {
    time_usec: bigint
    seq: number
    target_system: number
    target_component: number
  }
  GPS_RAW_INT: {
    time_usec: bigint
    lat: number
    lon: number
    alt: number
    eph: number
    epv: number
    vel: number
    cog: number
    fix_type: number
    satellites_visible: number
    alt_ellipsoid: number
    h_acc: number
    v_acc: number
    vel_acc: number
    hdg_acc: number
    yaw: number
  }
  SCALED_PRESSURE: {
    time_boot_ms: number
    press_abs: number
    press_diff: number
    temperature: number
    temperature_press_diff: number
  }
  ATTITUDE: {
    time_boot_ms: number
    roll: number
    pitch: number
    yaw: number
    rollspeed: number
    pitchspeed: number
    yawspeed: number
  }
  ATTITUDE_QUATERNION: {
    time_boot_ms: number
    q1: number
    q2: number
    q3: number
    q4: number
    rollspeed: number
    pitchspeed: number
    yawspeed: number
    repr_offset_q: number[]
  }
  LOCAL_POSITION_NED: {
    time_boot_ms: number
    x: number
    y: number
    z: number
    vx: number
    vy: number
    vz: number
  }
  GLOBAL_POSITION_INT: {
    time_boot_ms: number
    lat: number
    lon: number
    alt: number
    relative_alt: number
    vx: number
    vy: number
    vz: number
    hdg: number
  }
  HOME_POSITION: {
    latitude: number
    longitude: number
    altitude: number
    x: number
    y: number
    z: number
    q: number[]
    approach_x: number
    approach_y: number
    approach_z: number
    time_usec: bigint
  }
  VFR_HUD: {
    airspeed: number
    groundspeed: number
    alt: number
    climb: number
    heading: number
    throttle: number
  }
  NAV_CONTROLLER_OUTPUT: {
    nav_roll: number
    nav_pitch: number
    alt_error: number
    aspd_error: number
    xtrack_error: number
    nav_bearing: number
    target_bearing: number
    wp_dist: number
  }
  BATTERY_STATUS: {
    current_consumed: number
    energy_consumed: number
    temperature: number
    voltages: number[]
    current_battery: number
    id: number
    battery_function: number
    type: number
    battery_remaining: number
    time_remaining: number
    charge_state: number
    voltages_ext: number[]
    mode: number
    fault_bitmask: number
  }
  BATTERY_STATUS_V2: {
    voltage: number
    current: number
    capacity_consumed: number
    capacity_remaining: number
    status_flags: number
    temperature: number
    id: number
    percent_remaining: number
  }
  EXTENDED_SYS_STATE: {
    vtol_state: number
    landed_state: number
  }
  HIGH_LATENCY2: {
    timestamp: number
    latitude: number
    longitude: number
    custom_mode: number
    altitude: number
    target_altitude: number
    target_distance: number
    wp_num: number
    failure_flags: number
    type: number
    autopilot: number
    heading: number
    target_heading: number
    throttle: number
    airspeed: number
    airspeed_sp: number
    groundspeed: number
    windspeed: number
    wind_heading: number
    eph: number
    epv: number
    temperature_air: number
    climb_rate: number
    battery: number
    custom0: number
    custom1: number
    custom2: number
  }
  ESTIMATOR_STATUS: {
    time_usec: bigint
    vel_ratio: number
    pos_horiz_ratio: number
    pos_vert_ratio: number
    mag_ratio: number
    hagl_ratio: number
    tas_ratio: number
    pos_horiz_accuracy: number
    pos_vert_accuracy: number
    flags: number
  }
  EKF_STATUS_REPORT: {
    velocity_variance: number
    pos_horiz_variance: number
    pos_vert_variance: number
    compass_variance: number
    terrain_alt_variance: number
    flags: number
    airspeed_variance: number
  }
  VIBRATION: {
    time_usec: bigint
    vibration_x: number
    vibration_y: number
    vibration_z: number
    clipping_0: number
    clipping_1: number
    clipping_2: number
  }
  WIND: {
    direction: number
    speed: number
    speed_z: number
  }
  WIND_COV: {
    time_usec: bigint
    wind_x: number
    wind_y: number
    wind_z: number
    var_horiz: number
    var_vert: number
    wind_alt: number
    horiz_accuracy: number
    vert_accuracy: number
  }
  ALTITUDE: {
    time_usec: bigint
    altitude_monotonic: number
    altitude_amsl: number
    altitude_local: number
    altitude_relative: number
    altitude_terrain: number
    bottom_clearance: number
  }
  RADIO_STATUS: {
    rxerrors: number
    fixed: number
    rssi: number
    remrssi: number
    txbuf: number
    noise: number
    remnoise: number
  }
  RADIO: {
    rxerrors: number
    fixed: number
    rssi: number
    remrssi: number
    txbuf: number
    noise: number
    remnoise: number
  }
  RC_CHANNELS: {
    time_boot_ms: number
    chan1_raw: number
    chan2_raw: number
    chan3_raw: number
    chan4_raw: number
    chan5_raw: number
    chan6_raw: number
    chan7_raw: number
    chan8_raw: number
    chan9_raw: number
    chan10_raw: number
    chan11_raw: number
    chan12_raw: number
    chan13_raw: number
    chan14_raw: number
    chan15_raw: number
    chan16_raw: number
    chan17_raw: number
    chan18_raw: number
    chancount: number
    rssi: number
  }
  STATUSTEXT: {
    severity: number
    text: string
    id: number
    chunk_seq: number
  }
  EVENT: {
    id: number
    event_time_boot_ms: number
    sequence: number
    destination_component: number
    destination_system: number
    log_levels: number
    arguments: Uint8Array
  }
  CURRENT_EVENT_SEQUENCE: {
    sequence: number
    flags: number
  }
  REQUEST_EVENT: {
    first_sequence: number
    last_sequence: number
    target_system: number
    target_component: number
  }
  RESPONSE_EVENT_ERROR: {
    sequence: number
    sequence_oldest_available: number
    target_system: number
    target_component: number
    reason: number
  }
  TIMESYNC: {
    tc1: bigint
    ts1: bigint
    target_system: number
    target_component: number
  }
  AUTOPILOT_VERSION: {
    capabilities: bigint
    uid: bigint
    flight_sw_version: number
    middleware_sw_version: number
    os_sw_version: number
    board_version: number
    vendor_id: number
    product_id: number
    flight_custom_version: Uint8Array
    middleware_custom_version: Uint8Array
    os_custom_version: Uint8Array
    uid2: Uint8Array
  }
  PROTOCOL_VERSION: {
    version: number
    min_version: number
    max_version: number
    spec_version_hash: Uint8Array
    library_version_hash: Uint8Array
  }
  AVAILABLE_MODES: {
    custom_mode: number
    properties: number
    number_modes: number
    mode_index: number
    standard_mode: number
    mode_name: string
    seq: number
  }
  AVAILABLE_MODES_MONITOR: {
    seq: number
  }
  CURRENT_MODE: {
    custom_mode: number
    intended_custom_mode: number
    standard_mode: number
  }
  CONTROL_STATUS: {
    flags: number
    gcs_main: number
    gcs_secondary: Uint8Array
  }
  POSITION_TARGET_GLOBAL_INT: {
    time_boot_ms: number
    lat_int: number
    lon_int: number
    alt: number
    vx: number
    vy: number
    vz: number
    afx: number
    afy: number
    afz: number
    yaw: number
    yaw_rate: number
    type_mask: number
    coordinate_frame: number
  }
  SET_POSITION_TARGET_GLOBAL_INT: {
    time_boot_ms: number
    lat_int: number
    lon_int: number
    alt: number
    vx: number
    vy: number
    vz: number
    afx: number
    afy: number
    afz: number
    yaw: number
    yaw_rate: number
    type_mask: number
    target_system: number
    target_component: number
    coordinate_frame: number
  }
  COMMAND_LONG: {
    param1: number
    param2: number
    param3: number
    param4: number
    param5: number
    param6: number
    param7: number
    command: number
    target_system: number
    target_component: number
    confirmation: number
  }
  COMMAND_INT: {
    param1: number
    param2: number
    param3: number
    param4: number
    x: number
    y: number
    z: number
    command: number
    target_system: number
    target_component: number
    frame: number
    current: number
    autocontinue: number
  }
  COMMAND_ACK: {
    command: number
    result: number
    progress: number
    result_param2: number
    target_system: number
    target_component: number
  }
  COMMAND_CANCEL: {
    command: number
    target_system: number
    target_component: number
  }
  SET_MODE: {
    custom_mode: number
    target_system: number
    base_mode: number
  }
  REQUEST_DATA_STREAM: {
    req_message_rate: number
    target_system: number
    target_component: number
    req_stream_id: number
    start_stop: number
  }
  MESSAGE_INTERVAL: {
    interval_us: number
    message_id: number
  }
  MISSION_COUNT: {
    count: number
    target_system: number
    target_component: number
    mission_type: number
    opaque_id: number
  }
  MISSION_REQUEST: {
    seq: number
    target_system: number
    target_component: number
    mission_type: number
  }
  MISSION_REQUEST_INT: {
    seq: number
    target_system: number
    target_component: number
    mission_type: number
  }
  MISSION_REQUEST_LIST: {
    target_system: number
    target_component: number
    mission_type: number
  }
  MISSION_ITEM: {
    param1: number
    param2: number
    param3: number
    param4: number
    x: number
    y: number
    z: number
    seq: number
    command: number
    target_system: number
    target_component: number
    frame: number
    current: number
    autocontinue: number
    mission_type: number
  }
  MISSION_ITEM_INT: {
    param1: number
    param2: number
    param3: number
    param4: number
    x: number
    y: number
    z: number
    seq: number
    command: number
    target_system: number
    target_component: number
    frame: number
    current: number
    autocontinue: number
    mission_type: number
  }
  MISSION_ACK: {
    target_system: number
    target_component: number
    type: number
    mission_type: number
    opaque_id: number
  }
  MISSION_CURRENT: {
    seq: number
    total: number
    mission_state: number
    mission_mode: number
    mission_id: number
    fence_id: number
    rally_points_id: number
  }
  MISSION_SET_CURRENT: {
    seq: number
    target_system: number
    target_component: number
  }
  MISSION_ITEM_REACHED: {
    seq: number
  }
  MISSION_CLEAR_ALL: {
    target_system: number
    target_component: number
    mission_type: number
  }
  FENCE_STATUS: {
    breach_time: number
    breach_count: number
    breach_status: number
    breach_type: number
    breach_mitigation: number
  }
  PARAM_REQUEST_READ: {
    param_index: number
    target_system: number
    target_component: number
    param_id: string
  }
  PARAM_REQUEST_LIST: {
    target_system: number
    target_component: number
  }
  PARAM_VALUE: {
    param_value: number
    param_count: number
    param_index: number
    param_id: string
    param_type: number
  }
  PARAM_SET: {
    param_value: number
    target_system: number
    target_component: number
    param_id: string
    param_type: number
  }
  PARAM_ERROR: {
    param_index: number
    target_system: number
    target_component: number
    param_id: string
    error: number
  }
  FILE_TRANSFER_PROTOCOL: {
    target_network: number
    target_system: number
    target_component: number
    payload: Uint8Array
  }
  PARAM_EXT_REQUEST_READ: {
    param_index: number
    target_system: number
    target_component: number
    param_id: string
  }
  PARAM_EXT_VALUE: {
    param_count: number
    param_index: number
    param_id: string
    param_value: string
    param_type: number
  }
  PARAM_EXT_SET: {
    target_system: number
    target_component: number
    param_id: string
    param_value: string
    param_type: number
  }
  PARAM_EXT_ACK: {
    param_id: string
    param_value: string
    param_type: number
    param_result: number
  }
  CAMERA_INFORMATION: {
    time_boot_ms: number
    firmware_version: number
    focal_length: number
    sensor_size_h: number
    sensor_size_v: number
    flags: number
    resolution_h: number
    resolution_v: number
    cam_definition_version: number
    vendor_name: Uint8Array
    model_name: Uint8Array
    lens_id: number
    cam_definition_uri: string
    gimbal_device_id: number
    camera_device_id: number
  }
  CAMERA_SETTINGS: {
    time_boot_ms: number
    mode_id: number
    zoomLevel: number
    focusLevel: number
    camera_device_id: number
  }
  CAMERA_CAPTURE_STATUS: {
    time_boot_ms: number
    image_interval: number
    recording_time_ms: number
    available_capacity: number
    image_status: number
    video_status: number
    image_count: number
    camera_device_id: number
  }
  CAMERA_IMAGE_CAPTURED: {
    time_utc: bigint
    time_boot_ms: number
    lat: number
    lon: number
    alt: number
    relative_alt: number
    q: number[]
    image_index: number
    camera_id: number
    capture_result: number
    file_url: string
  }
  CAMERA_FOV_STATUS: {
    time_boot_ms: number
    lat_camera: number
    lon_camera: number
    alt_camera: number
    lat_image: number
    lon_image: number
    alt_image: number
    q: number[]
    hfov: number
    vfov: number
    camera_device_id: number
  }
  CAMERA_THERMAL_RANGE: {
    time_boot_ms: number
    max: number
    max_point_x: number
    max_point_y: number
    min: number
    min_point_x: number
    min_point_y: number
    stream_id: number
    camera_device_id: number
  }
  VIDEO_STREAM_INFORMATION: {
    framerate: number
    bitrate: number
    flags: number
    resolution_h: number
    resolution_v: number
    rotation: number
    hfov: number
    stream_id: number
    count: number
    type: number
    name: string
    uri: string
    encoding: number
    camera_device_id: number
  }
  VIDEO_STREAM_STATUS: {
    framerate: number
    bitrate: number
    flags: number
    resolution_h: number
    resolution_v: number
    rotation: number
    hfov: number
    stream_id: number
    camera_device_id: number
  }
  STORAGE_INFORMATION: {
    time_boot_ms: number
    total_capacity: number
    used_capacity: number
    available_capacity: number
    read_speed: number
    write_speed: number
    storage_id: number
    storage_count: number
    status: number
    type: number
    name: string
    storage_usage: number
  }
  GIMBAL_MANAGER_INFORMATION: {
    time_boot_ms: number
    cap_flags: number
    roll_min: number
    roll_max: number
    pitch_min: number
    pitch_max: number
    yaw_min: number
    yaw_max: number
    gimbal_device_id: number
  }
  GIMBAL_MANAGER_STATUS: {
    time_boot_ms: number
    flags: number
    gimbal_device_id: number
    primary_control_sysid: number
    primary_control_compid: number
    secondary_control_sysid: number
    secondary_control_compid: number
  }
  GIMBAL_MANAGER_SET_ATTITUDE: {
    flags: number
    q: number[]
    angular_velocity_x: number
    angular_velocity_y: number
    angular_velocity_z: number
    target_system: number
    target_component: number
    gimbal_device_id: number
  }
  GIMBAL_MANAGER_SET_PITCHYAW: {
    flags: number
    pitch: number
    yaw: number
    pitch_rate: number
    yaw_rate: number
    target_system: number
    target_component: number
    gimbal_device_id: number
  }
  GIMBAL_DEVICE_ATTITUDE_STATUS: {
    time_boot_ms: number
    q: number[]
    angular_velocity_x: number
    angular_velocity_y: number
    angular_velocity_z: number
    failure_flags: number
    flags: number
    target_system: number
    target_component: number
    delta_yaw: number
    delta_yaw_velocity: number
    gimbal_device_id: number
  }
  GIMBAL_DEVICE_INFORMATION: {
    uid: bigint
    time_boot_ms: number
    firmware_version: number
    hardware_version: number
    roll_min: number
    roll_max: number
    pitch_min: number
    pitch_max: number
    yaw_min: number
    yaw_max: number
    cap_flags: number
    custom_cap_flags: number
    vendor_name: string
    model_name: string
    custom_name: string
    gimbal_device_id: number
    cap_flags2: number
  }
  MOUNT_STATUS: {
    pointing_a: number
    pointing_b: number
    pointing_c: number
    target_system: number
    target_component: number
    mount_mode: number
  }
  ADSB_VEHICLE: {
    ICAO_address: number
    lat: number
    lon: number
    altitude: number
    heading: number
    hor_velocity: number
    ver_velocity: number
    flags: number
    squawk: number
    altitude_type: number
    callsign: string
    emitter_type: number
    tslc: number
  }
  OPEN_DRONE_ID_LOCATION: {
    latitude: number
    longitude: number
    altitude_barometric: number
    altitude_geodetic: number
    height: number
    timestamp: number
    direction: number
    speed_horizontal: number
    speed_vertical: number
    target_system: number
    target_component: number
    id_or_mac: Uint8Array
    status: number
    height_reference: number
    horizontal_accuracy: number
    vertical_accuracy: number
    barometer_accuracy: number
    speed_accuracy: number
    timestamp_accuracy: number
  }
  OPEN_DRONE_ID_ARM_STATUS: {
    status: number
    error: string
  }
  SETUP_SIGNING: {
    initial_timestamp: bigint
    target_system: number
    target_component: number
    secret_key: Uint8Array
  }
  MANUAL_CONTROL: {
    x: number
    y: number
    z: number
    r: number
    buttons: number
    target: number
    buttons2: number
    enabled_extensions: number
    s: number
    t: number
    aux1: number
    aux2: number
    aux3: number
    aux4: number
    aux5: number
    aux6: number
  }
}

/** Fields that may be left out when encoding: extensions (absent means zero) and the protocol version. */
export interface OptionalFields {
  HEARTBEAT: 'mavlink_version'
  SYS_STATUS:
    | 'onboard_control_sensors_present_extended'
    | 'onboard_control_sensors_enabled_extended'
    | 'onboard_control_sensors_health_extended'
  GPS_RAW_INT: 'alt_ellipsoid' | 'h_acc' | 'v_acc' | 'vel_acc' | 'hdg_acc' | 'yaw'
  SCALED_PRESSURE: 'temperature_press_diff'
  ATTITUDE_QUATERNION: 'repr_offset_q'
  HOME_POSITION: 'time_usec'
  BATTERY_STATUS: 'time_remaining' | 'charge_state' | 'voltages_ext' | 'mode' | 'fault_bitmask'
  EKF_STATUS_REPORT: 'airspeed_variance'
  STATUSTEXT: 'id' | 'chunk_seq'
  TIMESYNC: 'target_system' | 'target_component'
  AUTOPILOT_VERSION: 'uid2'
  AVAILABLE_MODES: 'seq'
  COMMAND_ACK: 'progress' | 'result_param2' | 'target_system' | 'target_component'
  MISSION_COUNT: 'mission_type' | 'opaque_id'
  MISSION_REQUEST: 'mission_type'
  MISSION_REQUEST_INT: 'mission_type'
  MISSION_REQUEST_LIST: 'mission_type'
  MISSION_ITEM: 'mission_type'
  MISSION_ITEM_INT: 'mission_type'
  MISSION_ACK: 'mission_type' | 'opaque_id'
  MISSION_CURRENT: 'total' | 'mission_state' | 'mission_mode' | 'mission_id' | 'fence_id' | 'rally_points_id'
  MISSION_CLEAR_ALL: 'mission_type'
  FENCE_STATUS: 'breach_mitigation'
  CAMERA_INFORMATION: 'gimbal_device_id' | 'camera_device_id'
  CAMERA_SETTINGS: 'zoomLevel' | 'focusLevel' | 'camera_device_id'
  CAMERA_CAPTURE_STATUS: 'image_count' | 'camera_device_id'
  CAMERA_FOV_STATUS: 'camera_device_id'
  VIDEO_STREAM_INFORMATION: 'encoding' | 'camera_device_id'
  VIDEO_STREAM_STATUS: 'camera_device_id'
  STORAGE_INFORMATION: 'type' | 'name' | 'storage_usage'
  GIMBAL_DEVICE_ATTITUDE_STATUS: 'delta_yaw' | 'delta_yaw_velocity' | 'gimbal_device_id'
  GIMBAL_DEVICE_INFORMATION: 'gimbal_device_id' | 'cap_flags2'
  MOUNT_STATUS: 'mount_mode'
  MANUAL_CONTROL: 'buttons2' | 'enabled_extensions' | 's' | 't' | 'aux1' | 'aux2' | 'aux3' | 'aux4' | 'aux5' | 'aux6'
}
