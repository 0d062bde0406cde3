import { z } from 'zod'
import { CONTRAST_FACTOR, type GroundCover, HIDDEN_SHARE, type ThermalContrast } from '../detection/ground-cover.ts'
import { sweepWidth as sweepWidthOf } from '../detection/sweep-width.ts'
import { jsonVerb } from './json-verb.ts'

const COVERS = Object.keys(HIDDEN_SHARE) as GroundCover[]
const CONTRASTS = Object.keys(CONTRAST_FACTOR) as ThermalContrast[]

/** Wider than this no lens draws straight lines, and the swath runs off to the horizon. */
const MAX_HFOV_DEG = 170
const MAX_WIDTH_PX = 100_000
/** Heights that a camera looks at the ground from, metres, and speeds over it, m/s. */
const [LEAST_HEIGHT_M, MAX_HEIGHT_M, MAX_SPEED_MPS] = [0.1, 30_000, 1000]

const HELP = `usage: search sweep-width [FILE]

Sweep width of a downward thermal camera on a person, from stated assumptions. JSON from FILE or standard input.
  in   {"camera":{"hfovDeg","widthPx"},"heightM","cover","contrast","speedMps"}
       cover: ${COVERS.join(', ')}; contrast: ${CONTRASTS.join(', ')}
  out  {"sweepWidthM","low","high","swathM","gsdM"}   metres; low and high are the range of the assumptions
Limits: hfovDeg up to ${MAX_HFOV_DEG}, heightM ${LEAST_HEIGHT_M} to ${MAX_HEIGHT_M}.
No sweep width of a thermal drone has been published: calibrate with real flights.
`

const Input = z.strictObject({
  camera: z.strictObject({
    hfovDeg: z.number().min(0.01).max(MAX_HFOV_DEG),
    widthPx: z.int().min(1).max(MAX_WIDTH_PX),
  }),
  heightM: z.number().min(LEAST_HEIGHT_M).max(MAX_HEIGHT_M),
  cover: z.enum(COVERS),
  contrast: z.enum(CONTRASTS),
  speedMps: z.number().min(0).max(MAX_SPEED_MPS),
})

/** `sweep-width`: what a camera at a height over a ground is worth. */
export const sweepWidth = jsonVerb({
  help: HELP,
  input: Input,
  run: ({ camera, ...rest }) => {
    const { sweepWidthM, low, high, swathM, gsdM } = sweepWidthOf({
      ...rest,
      camera: { hfovRad: (camera.hfovDeg * Math.PI) / 180, widthPx: camera.widthPx },
    })
    return { sweepWidthM, low, high, swathM, gsdM }
  },
})
