import { z } from 'zod'
import { allocateEffort } from '../plan/allocate-effort.ts'
import { AtLeastZero, Share } from './fields.ts'
import { jsonVerb } from './json-verb.ts'

const HELP = `usage: search allocate [FILE]

Optimal split of a search effort over segments (exponential detection). JSON from FILE or standard input.
  in   {"poa":[...],"areaKm2":[...],"effortKm2":number}
       or {"poa":[...],"areaKm2":[...],"sweepWidthM":[...],"speedMps":number,"hours":number}
  out  {"effort":[...] in km2 effectively swept | "hours":[...], "pos":number}
One number per segment in each list; poa may sum to less than 1.
Limits: areas 1e-9 to 1e9 km2, widths 0.001 to 1e6 m, speeds 0.001 to 1e4 m/s, effort or hours up to 1e9.
`

/** Far beyond any segment, searcher or budget: with less or more, rates would no longer be numbers. */
const Area = z.number().min(1e-9).max(1e9)
const Width = z.number().min(1e-3).max(1e6)
const Speed = z.number().min(1e-3).max(1e4)
const Budget = AtLeastZero.max(1e9)

const Segments = { poa: z.array(Share).min(1), areaKm2: z.array(Area) }
const ByArea = z.strictObject({ ...Segments, effortKm2: Budget })
const ByHours = z.strictObject({
  ...Segments,
  sweepWidthM: z.array(Width),
  speedMps: Speed,
  hours: Budget,
})

type Asked = z.infer<typeof ByArea> | z.infer<typeof ByHours>
const HOURS_KEYS = ['sweepWidthM', 'speedMps', 'hours']

/** Which of the two forms is meant is told by its keys, so that a fault is named in the right one. */
const Input = z.unknown().transform((value, context): Asked => {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const parsed = (
    HOURS_KEYS.some((key) => keys.includes(key)) && !keys.includes('effortKm2') ? ByHours : ByArea
  ).safeParse(value)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) context.addIssue({ ...issue })
    return z.NEVER
  }
  const { data } = parsed
  const lists =
    'sweepWidthM' in data ? { areaKm2: data.areaKm2, sweepWidthM: data.sweepWidthM } : { areaKm2: data.areaKm2 }
  for (const [key, list] of Object.entries(lists)) {
    if (list.length !== data.poa.length)
      context.addIssue({ code: 'custom', path: [key], message: 'must have one number per entry of poa' })
  }
  if (data.poa.reduce((sum, p) => sum + p, 0) > 1 + 1e-6)
    context.addIssue({ code: 'custom', path: ['poa'], message: 'must be at most 1 in all' })
  return data
})

/** `allocate`: Koopman's water-filling over segments. */
export const allocate = jsonVerb({
  help: HELP,
  input: Input as z.ZodType<Asked>,
  run: (asked) => {
    const { effort, pos } = allocateEffort(asked)
    return 'effortKm2' in asked ? { effort, pos } : { hours: effort, pos }
  },
})
