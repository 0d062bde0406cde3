import { z } from 'zod'

const Common = {
  /** Added to every height to come to mean sea level as the aircraft know it, metres. */
  offsetM: z.number().min(-200).max(200).default(0),
  /** Standard error of a height, metres. */
  sigmaM: z.number().min(0.05).max(100).default(4),
  /** Whose data it is; shown wherever a figure comes from it. */
  attribution: z.string().max(300).default(''),
}
const Template = z
  .string()
  .refine((text) => !/^[a-z][a-z\d+.-]*:/i.test(text), 'must be a path on this machine, not an address')
  .refine(
    (text) => ['{z}', '{x}', '{y}'].every((part) => text.includes(part)) && text.endsWith('.png'),
    'must name {z}, {x} and {y} and end in .png, e.g. dem/{z}/{x}/{y}.png',
  )

/** As a `raster-dem` source of a map style, with tiles on this machine. */
const Tiles = z.strictObject({
  type: z.literal('raster-dem'),
  tiles: z.array(Template).length(1, 'must hold one template'),
  encoding: z.enum(['terrarium', 'mapbox']),
  tileSize: z.union([z.literal(256), z.literal(512)]).default(256),
  /** The zoom that is read: the finest one of which all tiles are there. */
  maxzoom: z.number().int().min(5).max(17),
  ...Common,
})
const Tiff = z.strictObject({
  type: z.literal('geotiff'),
  /** Files, or folders with files. Where they overlap the first one counts. */
  files: z.array(z.string().min(1)).min(1).max(500),
  ...Common,
})
export const TerrainConfig = z.discriminatedUnion('type', [Tiles, Tiff], {
  error: 'must be "raster-dem" or "geotiff"',
})
export type TerrainConfig = z.infer<typeof TerrainConfig>

/** @throws Error whose message is one line that names the field */
export function readTerrainConfig(text: string): TerrainConfig {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  const parsed = TerrainConfig.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : `${path}${path === '' ? '' : '.'}${String(part)}`),
    '',
  )
  throw new Error(`${place === undefined || place === '' ? 'terrain' : place}: ${issue?.message ?? 'bad value'}`)
}
