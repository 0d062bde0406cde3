import { z } from 'zod'
import { CONTRAST_FACTOR, type GroundCover, HIDDEN_SHARE, type ThermalContrast } from '../detection/ground-cover.ts'
import { sweepWidth as sweepWidthOf } from '../detection/sweep-width.ts'
import { AboveZero, AtLeastZero } from './fields.ts'
import { jsonVerb } from './json-verb.ts'

const COVERS = Object.keys(HIDDEN_SHARE) as GroundCover[]
const CONTRASTS = Object.keys(CONTRAST_FACTOR) as ThermalContrast[]

const HELP = `usage: search sweep-width [FILE]

Sweep width of a downward thermal camera on a person, from stated assumptions. JSON from FILE or standard input.
  in   {"camera":{"hfovDeg","widthPx"},"heightM","cover","contrast","speedMps"}
       cover: ${COVERS.join(', ')}; contrast: ${CONTRASTS.join(', ')}
  out  {"sweepWidthM","low","high","swathM","gsdM"}   metres; low and high are the range of the assumptions
No sweep width of a thermal drone has been published: calibrate with real flights.
`

const Input = z.strictObject({
  camera: z.strictObject({ hfovDeg: z.number().gt(0).lt(180), widthPx: z.int().min(1) }),
  heightM: AboveZero,
  cover: z.enum(COVERS),
  contrast: z.enum(CONTRASTS),
  speedMps: AtLeastZero,
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
