import type { FlowGrid } from '@skerry/contract'
import { z } from 'zod'
import { decodeText } from '../text/decode-text.ts'
import { type Part, partsOf, toEastNorth } from './flow-parts.ts'

/** Why a file gives no wind and no current. */
export const COVERAGE_FAULTS = [
  'too-large',
  'not-json',
  'not-a-grid',
  'several',
  'axes',
  'no-flow',
  'unit',
  'values',
  'speeds',
  'reference',
] as const
export type CoverageFault = (typeof COVERAGE_FAULTS)[number]

/** A forecast as it stands in a file: not yet cut to what a drift needs. */
export type WholeFlow = Omit<FlowGrid, 'source'>

export type CoverageResult =
  | { readonly ok: true; readonly wind: WholeFlow | null; readonly current: WholeFlow | null }
  /** `detail` names the member at fault. */
  | { readonly ok: false; readonly fault: CoverageFault; readonly detail: string }

/** A regional forecast of some days is some megabytes; beyond this a browser stands still for seconds. */
export const MOST_COVERAGE_BYTES = 30_000_000

const Axis = z.union([
  z.object({ values: z.array(z.union([z.number(), z.string()])).min(1) }),
  z.object({ start: z.number(), stop: z.number(), num: z.int().min(1).max(100_000) }),
])
type Axis = z.infer<typeof Axis>

const Domain = z.object({
  type: z.literal('Domain').optional(),
  axes: z.object({ x: Axis, y: Axis, t: Axis, z: Axis.optional() }),
  referencing: z
    .array(
      z.object({
        coordinates: z.array(z.string()),
        system: z.looseObject({ type: z.string(), id: z.string().optional() }),
      }),
    )
    .optional(),
})

const Parameter = z.looseObject({
  unit: z.looseObject({ symbol: z.union([z.string(), z.looseObject({ value: z.string() })]).optional() }).optional(),
  observedProperty: z.looseObject({ id: z.string().optional() }).optional(),
})

const NdArray = z.object({
  type: z.literal('NdArray'),
  axisNames: z.array(z.string()).optional(),
  shape: z.array(z.int().min(1)).optional(),
  values: z.array(z.number().nullable()),
})

const Coverage = z.object({
  type: z.literal('Coverage'),
  domain: Domain,
  parameters: z.record(z.string(), Parameter),
  ranges: z.record(z.string(), z.unknown()),
})

/**
 * No wind and no stream is faster: a number beyond it is a mark for nothing known that does not say so, or in another unit.
 * The strongest tidal streams run some 10 m/s.
 */
const MOST_MPS = { wind: 60, current: 12 } as const

/** Longitude first: the only order of axes that x and y can be read by. */
const GEOGRAPHIC = /CRS84|EPSG.*4326/i

class Unfit extends Error {
  readonly fault: CoverageFault
  constructor(fault: CoverageFault, detail: string) {
    super(detail)
    this.fault = fault
  }
}

/**
 * Wind and current of a CoverageJSON file (OGC 21-069r2): a Coverage, or the only one of a CoverageCollection, whose domain
 * is a grid of longitude x, latitude y and time t in WGS 84. Parameters are known by their CF standard name: components to
 * east and north, or speed with the direction that wind comes from or water flows to. Of several heights: wind at 10 m, water nearest the surface.
 */
export function readCoverage(bytes: Uint8Array): CoverageResult {
  if (bytes.length > MOST_COVERAGE_BYTES)
    return { ok: false, fault: 'too-large', detail: `${MOST_COVERAGE_BYTES / 1_000_000} MB` }
  const text = decodeText(bytes)?.text
  if (text === undefined) return { ok: false, fault: 'not-json', detail: '' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, fault: 'not-json', detail: '' }
  }
  const only = onlyCoverage(json)
  if (typeof only === 'string') return { ok: false, fault: 'several', detail: only }
  const parsed = Coverage.safeParse(only.json)
  if (!parsed.success) return { ok: false, fault: 'not-a-grid', detail: parsed.error.issues[0]?.path.join('.') ?? '' }
  try {
    return { ok: true, ...flowsOf(parsed.data) }
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, fault: error.fault, detail: error.message }
    throw error
  }
}

/**
 * A collection may state its parameters and reference systems once for all. Of several coverages none is taken: where each
 * is one hour of a forecast, the first of them would stand for the whole drift. Then the name of that member.
 */
function onlyCoverage(json: unknown): { json: unknown } | string {
  const Collection = z.looseObject({
    type: z.literal('CoverageCollection'),
    coverages: z.array(z.looseObject({ domain: z.looseObject({}) })).min(1),
  })
  const collection = Collection.safeParse(json)
  if (!collection.success) return { json }
  const { coverages, parameters, referencing } = collection.data
  const [first, second] = coverages
  if (second) return `coverages (${coverages.length})`
  return { json: { parameters, ...first, domain: { referencing, ...first!.domain } } }
}

function flowsOf({ domain, parameters, ranges }: z.infer<typeof Coverage>) {
  const { x, y, t, z: heights } = domain.axes
  for (const { coordinates, system } of domain.referencing ?? []) {
    const horizontal = coordinates.includes('x') && coordinates.includes('y')
    if (horizontal && (system.type !== 'GeographicCRS' || (system.id !== undefined && !GEOGRAPHIC.test(system.id))))
      throw new Unfit('reference', system.id ?? system.type)
  }
  const [lngs, lats, timesMs] = [degrees(x, 'x', 180), degrees(y, 'y', 90), moments(t)]
  const size = { t: timesMs.length, z: heights ? lengthOf(heights) : 1, y: lats.length, x: lngs.length }
  const flips = { x: falls(lngs, 'x'), y: falls(lats, 'y') }
  if (timesMs.some((at, i) => i > 0 && !(at > timesMs[i - 1]!))) throw new Unfit('axes', 't')

  const read = (part: Part, level: number): (number | null)[] => {
    const array = NdArray.safeParse(ranges[part.key])
    if (!array.success) throw new Unfit('values', `ranges.${part.key}`)
    return ordered(array.data, size, flips, level, `ranges.${part.key}`).map((value) =>
      value === null ? null : value * part.toMps,
    )
  }
  const flow = (kind: 'wind' | 'current'): WholeFlow | null => {
    const parts = partsOf(kind, parameters)
    if (parts === null) return null
    if ('fault' in parts) throw new Unfit(parts.fault, parts.detail)
    const level = heights ? levelOf(kind, heights) : 0
    const components = toEastNorth(parts, (part) => read(part, level))
    const [first, second] = parts.by === 'components' ? [parts.east, parts.north] : [parts.speed, parts.direction]
    for (const [part, values] of [
      [first, components.eastMps],
      [second, components.northMps],
    ] as const) {
      if (values.some((value) => value !== null && !(Math.abs(value) <= MOST_MPS[kind])))
        throw new Unfit('speeds', part.key)
    }
    return {
      lngs: flips.x ? lngs.toReversed() : lngs,
      lats: flips.y ? lats.toReversed() : lats,
      timesMs,
      ...components,
    }
  }
  const [wind, current] = [flow('wind'), flow('current')]
  if (!wind && !current) throw new Unfit('no-flow', Object.keys(parameters).slice(0, 5).join(', '))
  return { wind, current }
}

const lengthOf = (axis: Axis): number => ('values' in axis ? axis.values.length : axis.num)

const spaced = ({ start, stop, num }: Exclude<Axis, { values: unknown }>): number[] =>
  Array.from({ length: num }, (_, i) => (num === 1 ? start : start + ((stop - start) * i) / (num - 1)))

function degrees(axis: Axis, name: string, most: number): number[] {
  const values = 'values' in axis ? axis.values : spaced(axis)
  // Some give longitudes from 0 to 360.
  const turned = values.map((at) => (typeof at === 'number' && name === 'x' && at > 180 ? at - 360 : at))
  if (turned.some((at) => typeof at !== 'number' || !(Math.abs(at) <= most))) throw new Unfit('axes', name)
  return turned as number[]
}

/** ISO 8601 with its zone; a time without one, as of a whole day, could be anybody's, so it is refused. */
function moments(axis: Axis): number[] {
  if (!('values' in axis)) throw new Unfit('axes', 't')
  return axis.values.map((at) => {
    const ms = typeof at === 'string' && /T.*(Z|[+-]\d\d(:?\d\d)?)$/.test(at) ? Date.parse(at) : Number.NaN
    if (Number.isNaN(ms)) throw new Unfit('axes', 't')
    return ms
  })
}

/** Whether an axis runs from the far end; Unfit when it runs neither way. */
function falls(axis: readonly number[], name: string): boolean {
  const rises = axis.every((at, i) => i === 0 || at > axis[i - 1]!)
  const falling = axis.every((at, i) => i === 0 || at < axis[i - 1]!)
  if (!rises && !falling) throw new Unfit('axes', name)
  return !rises
}

/** Height of the wind that leeway was measured in, metres (Allen and Plourde 1999). */
const WIND_HEIGHT_M = 10

/**
 * Index of the height that a drift goes by. Layers of water run from the surface or from the bottom, with depths of either
 * sign: it is the one nearest 0. Levels of the air may be pressures: of several only 10 m is known for what it is.
 */
function levelOf(kind: 'wind' | 'current', heights: Axis): number {
  const count = lengthOf(heights)
  if (count === 1) return 0
  const at = 'values' in heights ? heights.values : spaced(heights)
  const off = at.map((z) =>
    typeof z === 'number' ? Math.abs(Math.abs(z) - (kind === 'wind' ? WIND_HEIGHT_M : 0)) : NaN,
  )
  const least = Math.min(...off)
  if (!(least <= (kind === 'wind' ? 0 : Infinity))) throw new Unfit('several', `z (${count})`)
  return off.indexOf(least)
}

/** Values by time, row from south and column from west, of one height. */
function ordered(
  { axisNames = [], shape = [], values }: z.infer<typeof NdArray>,
  size: Record<'t' | 'z' | 'y' | 'x', number>,
  flips: { x: boolean; y: boolean },
  level: number,
  name: string,
): (number | null)[] {
  const names = axisNames as (keyof typeof size)[]
  const known = names.every((axis) => axis in size) && new Set(names).size === names.length
  const fits = known && shape.length === names.length && names.every((axis, i) => shape[i] === size[axis])
  // An axis that is left out has one place.
  const missing = (['t', 'z', 'y', 'x'] as const).some((axis) => !names.includes(axis) && size[axis] > 1)
  if (!fits || missing || values.length !== shape.reduce((product, n) => product * n, 1))
    throw new Unfit('values', name)
  const stride = { t: 0, z: 0, y: 0, x: 0 }
  let step = 1
  for (let i = names.length - 1; i >= 0; i--) {
    stride[names[i]!] = step
    step *= shape[i]!
  }
  const out: (number | null)[] = []
  for (let t = 0; t < size.t; t++)
    for (let y = 0; y < size.y; y++)
      for (let x = 0; x < size.x; x++) {
        const [row, col] = [flips.y ? size.y - 1 - y : y, flips.x ? size.x - 1 - x : x]
        out.push(values[t * stride.t + level * stride.z + row * stride.y + col * stride.x]!)
      }
  return out
}
