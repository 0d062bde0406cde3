/** A thermal camera's lens and sensor. */
export interface Optics {
  readonly focalMm: number
  readonly pitchUm: number
  readonly widthPx: number
  readonly heightPx: number
  /** Noise of one pixel (NETD), kelvin, standard deviation. */
  readonly netdK: number
  /** Blur of lens and detector, standard deviation in pixels. */
  readonly blurPx: number
  /** Thermal time constant: what passes meanwhile is smeared, seconds. */
  readonly exposureS: number
}

/** 9.1 mm, 640x512, 12 um: the class of the M30T (hfov 45.8 degrees). */
export const OPTICS: Optics = {
  focalMm: 9.1,
  pitchUm: 12,
  widthPx: 640,
  heightPx: 512,
  netdK: 0.05,
  blurPx: 0.7,
  exposureS: 0.01,
}

/** At the long end a lens sees four times as close. */
const ZOOM_TIMES = 4
/** The same camera, zoomed in. @param percent of its range, 0 widest */
export const zoomed = (o: Optics, percent: number): Optics => ({
  ...o,
  focalMm: o.focalMm * (1 + ((ZOOM_TIMES - 1) * percent) / 100),
})

const halfTan = (px: number, o: Optics): number => (px * o.pitchUm) / 2000 / o.focalMm
export const tanHalfH = (o: Optics): number => halfTan(o.widthPx, o)
export const tanHalfV = (o: Optics): number => halfTan(o.heightPx, o)
export const hfovRad = (o: Optics): number => 2 * Math.atan(tanHalfH(o))
export const vfovRad = (o: Optics): number => 2 * Math.atan(tanHalfV(o))
/** Ground covered by one pixel at a slant range, metres. */
export const pixelM = (o: Optics, rangeM: number): number => (rangeM * o.pitchUm) / 1000 / o.focalMm
