/** A parameter that a flow is made of, and what its unit is in metres per second. */
export interface Part {
  readonly key: string
  readonly toMps: number
}

/** Why no flow can be read: the parameters of one name, of which nobody can tell which counts, or the one without a unit. */
export type PartFault =
  | { readonly fault: 'several'; readonly detail: string }
  | { readonly fault: 'unit'; readonly detail: string }

/** A flow by components, or by speed and the direction it goes to once `turnDeg` is added. */
export type Parts =
  | { readonly by: 'components'; readonly east: Part; readonly north: Part }
  | { readonly by: 'direction'; readonly speed: Part; readonly direction: Part; readonly turnDeg: 0 | 180 }

interface Described {
  readonly unit?: { readonly symbol?: string | { readonly value: string } | undefined } | undefined
  readonly observedProperty?: { readonly id?: string | undefined } | undefined
}

/** CF standard names (cfconventions.org, table 85); the older names of a direction still stand in many files. */
const NAMES = {
  wind: {
    east: ['eastward_wind'],
    north: ['northward_wind'],
    speed: ['wind_speed'],
    direction: [
      { name: 'wind_from_direction', turnDeg: 180 },
      { name: 'wind_to_direction', turnDeg: 0 },
    ],
  },
  current: {
    east: [
      'eastward_sea_water_velocity',
      'surface_eastward_sea_water_velocity',
      'barotropic_eastward_sea_water_velocity',
    ],
    north: [
      'northward_sea_water_velocity',
      'surface_northward_sea_water_velocity',
      'barotropic_northward_sea_water_velocity',
    ],
    speed: ['sea_water_speed'],
    direction: [
      { name: 'sea_water_velocity_to_direction', turnDeg: 0 },
      { name: 'direction_of_sea_water_velocity', turnDeg: 0 },
      { name: 'sea_water_velocity_from_direction', turnDeg: 180 },
    ],
  },
} as const

/** Metres per second of one of a unit, as UCUM and UDUNITS write it. */
const SPEEDS: Readonly<Record<string, number>> = {
  'm/s': 1,
  'm s-1': 1,
  'm.s-1': 1,
  'm s^-1': 1,
  'm s**-1': 1,
  'cm/s': 0.01,
  'cm s-1': 0.01,
  'cm.s-1': 0.01,
  'km/h': 1 / 3.6,
  'km h-1': 1 / 3.6,
  kt: 1852 / 3600,
  knot: 1852 / 3600,
  knots: 1852 / 3600,
  '[kn_i]': 1852 / 3600,
}
const DEGREES = new Set(['deg', 'degree', 'degrees', '°', 'degree_true', 'degrees_true'])

/**
 * What a wind or current can be read from; null where the file has none. A parameter without a unit that is known could be
 * in knots; of two with one name, as of the wind at 10 m and at 100 m, neither is taken.
 */
export function partsOf(
  kind: 'wind' | 'current',
  parameters: Readonly<Record<string, Described>>,
): Parts | PartFault | null {
  const keysOf = (names: readonly string[]): string[] =>
    names
      .map((name) => Object.keys(parameters).filter((key) => standardName(key, parameters[key]!) === name))
      .find((keys) => keys.length > 0) ?? []
  const keyOf = (names: readonly string[]): string | undefined => keysOf(names)[0]
  const { east, north, speed, direction } = NAMES[kind]
  const [eastKey, northKey, speedKey] = [keyOf(east), keyOf(north), keyOf(speed)]
  const part = (key: string): Part | null => {
    const toMps = SPEEDS[unitOf(parameters[key]!)]
    return toMps === undefined ? null : { key, toMps }
  }
  if (eastKey !== undefined && northKey !== undefined) {
    const [eastPart, northPart] = [part(eastKey), part(northKey)]
    const several = [east, north].map(keysOf).find(({ length }) => length > 1)
    if (several) return { fault: 'several', detail: several.join(', ') }
    if (!eastPart || !northPart) return { fault: 'unit', detail: eastPart ? northKey : eastKey }
    return { by: 'components', east: eastPart, north: northPart }
  }
  const towards = direction.find(({ name }) => keyOf([name]) !== undefined)
  if (speedKey === undefined || !towards) return null
  const directionKey = keyOf([towards.name])!
  const speedPart = part(speedKey)
  const several = [speed, [towards.name]].map(keysOf).find(({ length }) => length > 1)
  if (several) return { fault: 'several', detail: several.join(', ') }
  if (!speedPart) return { fault: 'unit', detail: speedKey }
  if (!DEGREES.has(unitOf(parameters[directionKey]!))) return { fault: 'unit', detail: directionKey }
  return { by: 'direction', speed: speedPart, direction: { key: directionKey, toMps: 1 }, turnDeg: towards.turnDeg }
}

/** Components to east and north of what was found, read by `read`; null where either part is not known. */
export function toEastNorth(
  parts: Parts,
  read: (part: Part) => (number | null)[],
): { eastMps: (number | null)[]; northMps: (number | null)[] } {
  const [first, second] = parts.by === 'components' ? [parts.east, parts.north] : [parts.speed, parts.direction]
  const [firsts, seconds] = [read(first), read(second)]
  const pairs = firsts.map((a, i): [number, number] | null => {
    const b = seconds[i]!
    if (a === null || b === null) return null
    if (parts.by === 'components') return [a, b]
    const rad = ((b + parts.turnDeg) * Math.PI) / 180
    return [a * Math.sin(rad), a * Math.cos(rad)]
  })
  return { eastMps: pairs.map((pair) => pair && pair[0]), northMps: pairs.map((pair) => pair && pair[1]) }
}

/** The CF standard name: at the end of the property's address, or the parameter's own key. */
function standardName(key: string, { observedProperty }: Described): string {
  const id = observedProperty?.id
  return id === undefined ? key : (id.split(/[/#:]/).findLast((part) => part !== '') ?? key)
}

function unitOf({ unit }: Described): string {
  const symbol = unit?.symbol
  return (typeof symbol === 'string' ? symbol : (symbol?.value ?? '')).trim()
}
