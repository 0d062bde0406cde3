import { CELLS, HOVER_S, packVoltageV } from './battery.ts'
import { COMP, type Saying } from './mavlink.ts'
import { figuresOfVehicle, type Vehicle } from './vehicle.ts'

const comp = COMP.autopilot
const PREARM_CHECK = 0x10000000
/** Gyro, accelerometer, compass, barometer, GPS, rate and attitude control, yaw, height, position, motors, AHRS, battery. */
const SENSORS = 0x1 | 0x2 | 0x4 | 0x8 | 0x20 | 0x400 | 0x800 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x200000 | 0x2000000

export function sysStatus(v: Vehicle, wallMs: number): Saying {
  // As seen on a real one: the pre-arm bit turns healthy well before arming is really possible.
  const prearm = wallMs - v.bootedAtMs > v.setup.bootMs / 2 ? PREARM_CHECK : 0
  return {
    comp,
    name: 'SYS_STATUS',
    fields: {
      onboard_control_sensors_present: SENSORS | PREARM_CHECK,
      onboard_control_sensors_enabled: SENSORS | PREARM_CHECK,
      onboard_control_sensors_health: SENSORS | prearm,
      load: 210,
      voltage_battery: Math.round(packVoltageV(v.battery) * 1000),
      current_battery: Math.round(currentA(v) * 100),
      battery_remaining: Math.floor(v.battery.share * 100),
      drop_rate_comm: 0,
      errors_comm: 0,
      errors_count1: 0,
      errors_count2: 0,
      errors_count3: 0,
      errors_count4: 0,
    },
  }
}

const capacityAh = (v: Vehicle): number => figuresOfVehicle(v).capacityMah / 1000
const currentA = (v: Vehicle): number => (v.battery.powerShare * capacityAh(v) * 3600) / HOVER_S

export function batteryStatus(v: Vehicle): Saying {
  const cellMv = Math.round((packVoltageV(v.battery) / CELLS) * 1000)
  return {
    comp,
    name: 'BATTERY_STATUS',
    fields: {
      id: 0,
      battery_function: 0,
      type: 1,
      temperature: 2400,
      voltages: Array.from({ length: 10 }, (_, i) => (i < CELLS ? cellMv : 65535)),
      current_battery: Math.round(currentA(v) * 100),
      current_consumed: Math.round(v.battery.usedShare * capacityAh(v) * 1000),
      energy_consumed: -1,
      battery_remaining: Math.floor(v.battery.share * 100),
      time_remaining: v.armed ? Math.round((v.battery.share * HOVER_S) / Math.max(0.1, v.battery.powerShare)) : 0,
      charge_state: v.batteryFailsafe === 'critical' ? 3 : v.batteryFailsafe === 'low' ? 2 : 1,
      voltages_ext: [0, 0, 0, 0],
      mode: 0,
      fault_bitmask: 0,
    },
  }
}
