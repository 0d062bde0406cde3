const METRES_PER_PX_AT_ZOOM_0 = 78_271.517 // 512 px tiles, equator

/** Round length that fits into `maxPx` at this zoom and latitude (degrees), and how many px it takes. */
export function scaleBar(zoom: number, latDeg: number, maxPx: number): { metres: number; widthPx: number } {
  const metresPerPx = (METRES_PER_PX_AT_ZOOM_0 * Math.cos((latDeg * Math.PI) / 180)) / 2 ** zoom
  const most = metresPerPx * maxPx
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [5, 2, 1].find((s) => s * power <= most) ?? 1
  const metres = step * power
  return { metres, widthPx: Math.round(metres / metresPerPx) }
}
