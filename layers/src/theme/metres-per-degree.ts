/** Metres per degree of longitude and latitude on WGS-84 at a latitude (radii of curvature). */
export function metresPerDegree(latDeg: number): [number, number] {
  const a = 6_378_137
  const e2 = 6.694379990141e-3
  const lat = (latDeg * Math.PI) / 180
  const w = Math.sqrt(1 - e2 * Math.sin(lat) ** 2)
  const perRad = Math.PI / 180
  return [(a / w) * Math.cos(lat) * perRad, ((a * (1 - e2)) / w ** 3) * perRad]
}
