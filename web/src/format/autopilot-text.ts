import type { Translate } from '../i18n/words.ts'
import type { zh } from '../i18n/zh/index.ts'

type Meaning = keyof typeof zh.autopilot

/** Texts that tell what goes on, and nothing that is wrong: exactly these, lest a fault be read as one of them. */
const NEWS: readonly (readonly [RegExp, Meaning])[] = [
  [/^armed$/i, 'armed'],
  [/^disarmed$/i, 'disarmed'],
  [/^takeoff detected$/i, 'tookOff'],
  [/^landing detected$/i, 'landed'],
  [/^(?:returning to launch|rtl: return started)$/i, 'returning'],
  [/^landing at current position$/i, 'landingHere'],
  [/^rtl: land at destination$/i, 'landingThere'],
  [/^executing mission$/i, 'missionRuns'],
  [/^climbing before the mission$/i, 'missionClimb'],
  [/^mission finished$/i, 'missionDone'],
  [/^gps data fusion started$/i, 'gpsUsed'],
]

/** Most telling first: a text about a compass calibration is one about calibration, not one about the compass. */
const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/crash/i, 'crash'],
  [/internal error/i, 'internal'],
  [/parachute|chute/i, 'parachute'],
  [/(?:remote ?id|open ?drone ?id|\bodid\b)/i, 'remoteId'],
  [/return switch/i, 'returnSwitch'],
  [/authori[sz]ation/i, 'authorization'],
  [/flight time/i, 'flightTime'],
  [/health failures/i, 'health'],
  [/in transition|multicopter mode/i, 'vtol'],
  [/offboard/i, 'offboard'],
  [/main loop|cpu ?load|processor load/i, 'processor'],
  [/proximity|avoidance/i, 'proximity'],
  [/aux switch/i, 'switches'],
  [/safety (?:switch|button)/i, 'safetySwitch'],
  [/emergency|e-?stop|\bkill\b|interlock/i, 'emergencyStop'],
  [/ground control station|ground station|\bgcs\b/i, 'groundStation'],
  [/fence/i, 'fence'],
  [/terrain/i, 'terrain'],
  [/range ?finder|distance sensor/i, 'rangefinder'],
  [/airspeed/i, 'airspeed'],
  [/gimbal|\bmount\b/i, 'gimbal'],
  [/\bbatt(?:ery|\d|\b)|low voltage|arming voltage/i, 'battery'],
  [/(?:board|servo) .*volt|avionics power|power (?:module|supply|redundancy)|system power/i, 'power'],
  [/logging|\blog\b|sd ?card/i, 'logging'],
  [/(?:compass|mag\w*).*calibrat|calibrat.*(?:compass|mag)/i, 'compassCalibration'],
  [/accel.*calibrat|calibrat.*accel/i, 'accelCalibration'],
  [/compass|\bmag(?:netometer)?\b/i, 'compass'],
  [/leaning|not level/i, 'level'],
  [/gps.*config/i, 'gpsConfig'],
  [/position (?:estimate|invalid)|(?:local|global|horizontal) position|no position/i, 'position'],
  [/\bhome\b/i, 'home'],
  [/3d fix|bad fix|fix too low|no fix|waiting for gps/i, 'fix'],
  [/\bgps\b|hdop|satellite/i, 'gpsQuality'],
  [/calibrating|initiali[sz]ing|starting up|warming up/i, 'initialising'],
  [/\baccel|gyro|\bimu\b|vibration/i, 'imu'],
  [/\bekf\d?\b|ahrs|nav checks|\bdcm\b|estimator|attitude|heading|velocity/i, 'estimator'],
  [/baro|altitude|\balt estimate|altimeter/i, 'baro'],
  [/\brc\b|radio|throttle|receiver|manual control|transmitter|stick|not neutral/i, 'radio'],
  [/\besc\b|motor|frame class|propulsion|actuator/i, 'motors'],
  [/mission|takeoff cmd|missing item/i, 'mission'],
  [/\bmode\b/i, 'mode'],
  [/failsafe/i, 'failsafe'],
  [/reboot|\bparam|check [A-Z]+_/i, 'parameters'],
]

/** What the autopilot said: in words of the screen's language where its meaning is known, with the original beside it. */
export function autopilotText(text: string, t: Translate): string {
  return inWords(text, [...NEWS, ...MEANINGS], t)
}

/** The same for what is not grave: only what is known to be no fault, because words of a fault may be in a mere note. */
export const autopilotNews = (text: string, t: Translate): string => inWords(text, NEWS, t)

function inWords(text: string, known: readonly (readonly [RegExp, Meaning])[], t: Translate): string {
  const meaning = known.find(([shape]) => shape.test(text))?.[1]
  return meaning === undefined ? text : t('reason.original', { words: t(`autopilot.${meaning}`), text })
}
