import type { Pose } from './route.ts'

/** An own position as a TAK device sends it, in XML. */
export function cotEvent(uid: string, { lngLat: [lng, lat], speedMps, headingDeg }: Pose, atMs: number): string {
  const time = new Date(atMs).toISOString()
  const stale = new Date(atMs + 60_000).toISOString()
  return (
    `<event version="2.0" uid="${uid}" type="a-f-G-U-C" how="m-g" time="${time}" start="${time}" stale="${stale}">` +
    `<point lat="${lat.toFixed(7)}" lon="${lng.toFixed(7)}" hae="9999999.0" ce="5.0" le="9999999.0"/>` +
    `<detail><track speed="${speedMps.toFixed(1)}" course="${headingDeg.toFixed(1)}"/></detail></event>`
  )
}
