import type { Datum, LngLat } from '@skerry/contract'

/** Semi-major axis and squared eccentricity of Krasovsky 1940, on which the published GCJ-02 shift is built. */
const A_M = 6_378_245
const EE = 0.006_693_421_622_965_943
const X_PI = (Math.PI * 3000) / 180
const ROUNDS = 8

/** The shift is defined inside this box; outside, GCJ-02 is WGS-84. */
const shifted = ([lng, lat]: LngLat): boolean => lng > 72.004 && lng < 137.8347 && lat > 0.8293 && lat < 55.8271

/**
 * A position of the given datum in WGS-84 degrees. GCJ-02 is inverted by iteration, so that a round trip stays below
 * a millimetre (the one-step inverse is 1 to 2 m off).
 */
export function toWgs84(position: LngLat, datum: Datum): LngLat {
  if (datum === 'wgs84') return position
  return gcjToWgs(datum === 'bd09' ? bdToGcj(position) : position)
}

/** The other way, for feeds that leave Skerry and for checks. */
export function fromWgs84(position: LngLat, datum: Datum): LngLat {
  if (datum === 'wgs84') return position
  const gcj = wgsToGcj(position)
  return datum === 'bd09' ? gcjToBd(gcj) : gcj
}

function wgsToGcj(position: LngLat): LngLat {
  if (!shifted(position)) return position
  const [lng, lat] = position
  const radLat = (lat * Math.PI) / 180
  const magic = 1 - EE * Math.sin(radLat) ** 2
  const north = (northM(lng - 105, lat - 35) * 180) / (((A_M * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI)
  const east = (eastM(lng - 105, lat - 35) * 180) / ((A_M / Math.sqrt(magic)) * Math.cos(radLat) * Math.PI)
  return [lng + east, lat + north]
}

function gcjToWgs(position: LngLat): LngLat {
  if (!shifted(position)) return position
  return invert(position, wgsToGcj)
}

/** Fixed-point iteration: both shifts are small and change slowly over the ground, so every round gains three digits. */
function invert(target: LngLat, forward: (of: LngLat) => LngLat): LngLat {
  let [lng, lat] = target
  for (let round = 0; round < ROUNDS; round++) {
    const [x, y] = forward([lng, lat])
    lng += target[0] - x
    lat += target[1] - y
  }
  return [lng, lat]
}

function gcjToBd([x, y]: LngLat): LngLat {
  const z = Math.hypot(x, y) + 0.000_02 * Math.sin(y * X_PI)
  const theta = Math.atan2(y, x) + 0.000_003 * Math.cos(x * X_PI)
  return [z * Math.cos(theta) + 0.0065, z * Math.sin(theta) + 0.006]
}

const bdToGcj = (position: LngLat): LngLat => invert(position, gcjToBd)

function waves(x: number): number {
  return ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3
}

function northM(x: number, y: number): number {
  const long = ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3
  const longer = ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3
  return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + waves(x) + long + longer
}

function eastM(x: number, y: number): number {
  const long = ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3
  const longer = ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3
  return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + waves(x) + long + longer
}
