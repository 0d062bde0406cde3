/** Area that the embedded map covers: west, south, east, north in degrees, WGS-84. Outside it there is no map. */
export const BOUNDS = [119.5, 27.5, 125, 33] as const satisfies readonly [number, number, number, number]

export const ATTRIBUTION = '© OpenStreetMap contributors (ODbL)'

/** What the coast is worth, in words for the bottom edge of every map. */
export const ACCURACY_NOTE = {
  zh: '海岸线为 2017 年数据，误差中位数 110–140 米，九成小于 370 米；不足约 300 米的小岛和此后填海的陆地未包含',
  en: 'Coast of 2017: error 110–140 m in the median, under 370 m for nine tenths; islets under about 300 m and land filled in since are missing',
} as const

/** @param lngLat degrees, WGS-84 */
export function hasMap(lngLat: readonly [number, number]): boolean {
  return lngLat[0] >= BOUNDS[0] && lngLat[0] <= BOUNDS[2] && lngLat[1] >= BOUNDS[1] && lngLat[1] <= BOUNDS[3]
}
