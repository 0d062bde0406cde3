/** Unit quaternion w, x, y, z: turns vectors of the camera (forward, right, down) into level axes. */
export type Quaternion = readonly [w: number, x: number, y: number, z: number]
export type Vector = readonly [x: number, y: number, z: number]

export function rotate([w, x, y, z]: Quaternion, [a, b, c]: Vector): Vector {
  const tx = 2 * (y * c - z * b)
  const ty = 2 * (z * a - x * c)
  const tz = 2 * (x * b - y * a)
  return [a + w * tx + y * tz - z * ty, b + w * ty + z * tx - x * tz, c + w * tz + x * ty - y * tx]
}

/** First `b`, then `a`. */
export const multiply = (a: Quaternion, b: Quaternion): Quaternion => [
  a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
  a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
  a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
  a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
]

/** Turn by an angle about one axis, rad, right-handed: about "down" that is clockwise seen from above. */
export const turn = (axis: 'forward' | 'right' | 'down', rad: number): Quaternion => {
  const [c, s] = [Math.cos(rad / 2), Math.sin(rad / 2)]
  return axis === 'forward' ? [c, s, 0, 0] : axis === 'right' ? [c, 0, s, 0] : [c, 0, 0, s]
}

/** Between two attitudes, share 0..1 of the way, the short way round. Close attitudes only: it is not a true slerp. */
export function between(a: Quaternion, b: Quaternion, share: number): Quaternion {
  const same = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] < 0 ? -1 : 1
  const mix = (i: 0 | 1 | 2 | 3): number => a[i] * (1 - share) + b[i] * share * same
  const [w, x, y, z] = [mix(0), mix(1), mix(2), mix(3)]
  const norm = Math.hypot(w, x, y, z)
  return [w / norm, x / norm, y / norm, z / norm]
}
