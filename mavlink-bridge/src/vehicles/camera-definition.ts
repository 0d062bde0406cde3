import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { EXT_TYPES, isExtParamValue } from '../wire/ext-param-value.ts'

/** What a pilot sets on a thermal camera. */
export type SettingId = 'palette' | 'thermal-range'

export interface SettingOption {
  readonly value: number
  /** In the camera's own words. */
  readonly text: string
  /** Its own words in Chinese, where it has any. */
  readonly textZh: string | null
}

/** A parameter of a camera with the values that it may take. */
export interface SettingDefinition {
  readonly id: SettingId
  readonly param: string
  /** MAV_PARAM_EXT_TYPE. */
  readonly type: number
  readonly options: readonly SettingOption[]
}

/**
 * How a setting is known among the parameters of a camera: there is no standard name, so by its name and description.
 * A name goes before a description, which may mention anything.
 */
const KNOWN_BY: readonly (readonly [SettingId, RegExp])[] = [
  ['palette', /palette|colou?r[_\s]?map|pseudo[_\s]?colou?r|_pal(?:_|$)/i],
  ['thermal-range', /(?:therm\w*|_ir|temp(?:erature)?)[_\s]?(?:gain|range)/i],
]
/** A camera offers a handful of these; a list that goes on for ever is none. */
const MOST_OPTIONS = 64
/** PARAM_EXT_SET.param_id holds so many bytes of UTF-8: a parameter with a longer name can be neither asked for nor set. */
const LONGEST_NAME_BYTES = 16
/** Component ids; 0 is everyone, and no file is everyone's. */
const LAST_COMPONENT = 255

const List = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item))
const Words = z.union([z.string(), z.number()]).transform(String)
const File = z.object({
  mavlinkcamera: z.object({
    parameters: z.object({
      parameter: List(
        z.object({
          '@name': z.string(),
          '@type': z.string(),
          '@readonly': z.string().optional(),
          description: Words.optional(),
          options: z
            .object({ option: List(z.object({ '@name': z.string(), '@value': z.string() })) })
            .optional()
            .catch(undefined),
        }),
      ),
    }),
    localization: z
      .object({
        locale: List(
          z.object({
            '@name': z.string(),
            strings: List(z.object({ '@original': z.string(), '@translated': z.string() })),
          }),
        ),
      })
      .optional()
      .catch(undefined),
  }),
})
type Parameter = z.infer<typeof File>['mavlinkcamera']['parameters']['parameter'][number]

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  // The file comes from a device: nothing in it may expand.
  processEntities: false,
})

/** Settings in a camera definition file (MAVLink camera protocol), or why it cannot be used. */
export function readCameraDefinition(xml: string): readonly SettingDefinition[] | { readonly fault: string } {
  const valid = XMLValidator.validate(xml)
  if (valid !== true) return { fault: valid.err.msg }
  const parsed = File.safeParse(parser.parse(xml))
  if (!parsed.success) return { fault: parsed.error.issues[0]?.path.join('.') ?? 'shape' }
  const { parameters, localization } = parsed.data.mavlinkcamera
  const chinese = localization?.locale.find((locale) => /^zh/i.test(locale['@name']))
  const zh = new Map(chinese?.strings.map((entry) => [plain(entry['@original']), plain(entry['@translated'])]))
  return KNOWN_BY.flatMap(([id, words]) => {
    const usable = parameters.parameter.filter(
      (one) => one['@readonly'] !== '1' && EXT_TYPES.has(one['@type']) && isParamName(one['@name']),
    )
    const found =
      usable.find((one) => words.test(one['@name']) && optionsOf(one, zh).length > 1) ??
      usable.find((one) => words.test(one.description ?? '') && optionsOf(one, zh).length > 1)
    if (found === undefined) return []
    return [{ id, param: found['@name'], type: EXT_TYPES.get(found['@type'])!, options: optionsOf(found, zh) }]
  })
}

const utf8 = new TextEncoder()
const isParamName = (name: string): boolean =>
  name !== '' && !name.includes('\0') && name.isWellFormed() && utf8.encode(name).length <= LONGEST_NAME_BYTES

/** The values that a pilot may choose; one that the parameter's own type cannot hold is none. */
function optionsOf({ options, ...parameter }: Parameter, zh: ReadonlyMap<string, string>): SettingOption[] {
  const type = EXT_TYPES.get(parameter['@type'])
  return (options?.option ?? []).slice(0, MOST_OPTIONS).flatMap((option) => {
    const [text, figure] = [plain(option['@name']), option['@value'].trim()]
    const value = figure === '' ? NaN : Number(figure)
    return type !== undefined && isExtParamValue(value, type) ? [{ value, text, textZh: zh.get(text) ?? null }] : []
  })
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** Text without the escapes of XML; those that it does not have by itself stay as they are. */
const plain = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
    if (name === undefined) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return NAMED[name] ?? whole
  })

/**
 * Path and component of a definition that is kept in the vehicle; null where it lies elsewhere (nothing is fetched from
 * the net on a camera's word), or with a component that there cannot be.
 */
export function definitionPath(uri: string, comp: number): { readonly path: string; readonly comp: number } | null {
  const [, other, path] = /^(?:mavlink)?m?ftp:\/\/(?:\[;comp=(\d{1,3})\])?\/?(.+)$/i.exec(uri) ?? []
  if (path === undefined || !/^m/i.test(uri) || path.endsWith('.xz')) return null
  const keeper = other === undefined ? comp : Number(other)
  return keeper >= 1 && keeper <= LAST_COMPONENT ? { path, comp: keeper } : null
}
