const radians = (deg: number): number => (deg * Math.PI) / 180

/**
 * One standard deviation of what a placement rests on. Gimbal 0.5 degrees (encoder and horizon of a small gimbal), 1
 * degree where only the camera itself says how it looks (a few times a second, and it may have turned between),
 * heading 2.5 degrees (compass near motors), height above take-off 2 m (barometer over a flight), altitude above the sea
 * 5 m (satellites), time 0.1 s (the picture is not synchronised with telemetry), position 2.5 m where the receiver gives
 * no figure. Relief is in here only with a terrain model, by that model's own figure; without one the ground is taken as
 * flat at take-off height.
 */
export const SIGMA = {
  gimbalRad: radians(0.5),
  cameraRad: radians(1),
  headingRad: radians(2.5),
  heightM: 2,
  amslM: 5,
  timeS: 0.1,
  positionM: 2.5,
  leastPositionM: 1,
} as const
