import { readConfigText } from '@skerry/contract'
import { z } from 'zod'
import { type Address, parseAddress } from './address.ts'

const Place = z.string().transform((text, context): Address => {
  const address = parseAddress(text)
  if (address !== null) return address
  context.addIssue({ code: 'custom', message: 'must be HOST:PORT, e.g. 0.0.0.0:14550' })
  return z.NEVER
})
const Dialled = Place.refine(({ port }) => port > 0, 'must name a port above 0')
const Name = z.string().regex(/^[a-z0-9-]{1,20}$/, 'must be 1 to 20 lower-case letters, digits or dashes')
/** Bytes a second that the link carries away from us. A radio of 57600 baud: 5760, and half of it for the other way. */
const Budget = z.number().int().min(100, 'must be at least 100').max(100_000_000).nullable().default(null)
/** What to do with frames that carry no valid signature, where the vehicle has no key or does not sign. */
export const UnsignedPolicy = z.enum(['accept', 'read-only', 'refuse'])
export type UnsignedPolicy = z.infer<typeof UnsignedPolicy>

const common = { name: Name, bytesPerS: Budget }
const WAYS = {
  'udp-listen': { kind: z.literal('udp-listen'), at: Place },
  'udp-dial': { kind: z.literal('udp-dial'), to: Dialled },
  'tcp-listen': { kind: z.literal('tcp-listen'), at: Place },
  'tcp-dial': { kind: z.literal('tcp-dial'), to: Dialled },
  serial: {
    kind: z.literal('serial'),
    device: z.string().min(1, 'must be a device, e.g. /dev/ttyUSB0'),
    baud: z.number().int().min(1200).max(4_000_000).default(57_600),
    flowControl: z.boolean().default(false),
  },
}
const oneOf = <T extends z.ZodRawShape>(more: T) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ ...WAYS['udp-listen'], ...common, ...more }),
    z.strictObject({ ...WAYS['udp-dial'], ...common, ...more }),
    z.strictObject({ ...WAYS['tcp-listen'], ...common, ...more }),
    z.strictObject({ ...WAYS['tcp-dial'], ...common, ...more }),
    z.strictObject({ ...WAYS.serial, ...common, ...more }),
  ])

const SystemId = z.number().int().min(1).max(254)
/** A way to vehicles. */
const VehicleLink = oneOf({ unsigned: UnsignedPolicy.optional() })
/** Another ground station. Without `control` it sees everything and moves nothing. */
const Station = oneOf({ control: z.boolean().default(false) })

const SigningKey = z.strictObject({
  name: Name,
  /** File that holds the key, beside the configuration unless absolute; readable by its owner alone. */
  file: z.string().min(1),
  /** `hex`: 64 digits. `passphrase`: the key is its SHA-256, as ground stations make it. */
  form: z.enum(['hex', 'passphrase']).default('hex'),
  vehicles: z.union([z.literal('all'), z.array(SystemId).min(1)]).default('all'),
})

/** Everything about links, in one file. Unknown keys are refused. */
export const LinksConfig = z
  .strictObject({
    links: z.array(VehicleLink).min(1, 'must declare at least one link'),
    stations: z.array(Station).default([]),
    /** Vehicles that are reached by several links at once; two addresses of any other vehicle mean two vehicles. */
    redundant: z
      .array(
        z.strictObject({
          vehicles: z.array(SystemId).min(1),
          links: z.array(Name).min(2, 'must name at least two links'),
        }),
      )
      .default([]),
    signing: z
      .strictObject({ keys: z.array(SigningKey).min(1), unsigned: UnsignedPolicy.default('refuse') })
      .nullable()
      .default(null),
    recording: z
      .strictObject({
        fileMegabytes: z.number().min(1).max(2000).default(64),
        /** Of each link; the oldest files go first. */
        totalMegabytes: z.number().min(2).max(1_000_000).default(1024),
      })
      .nullable()
      .default({ fileMegabytes: 64, totalMegabytes: 1024 }),
  })
  .superRefine(({ links, stations, redundant, signing }, context) => {
    const names = [...links, ...stations].map(({ name }) => name)
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message })
    const twice = names.find((name, i) => names.indexOf(name) !== i)
    if (twice !== undefined) refuse(['links'], `two are named ${twice}`)
    const specs = [...links, ...stations]
    for (const [i, spec] of specs.entries()) {
      const place = placeOf(spec)
      const other = place === null ? undefined : specs.slice(0, i).find((one) => placeOf(one) === place)
      if (other !== undefined) refuse(['links'], `${other.name} and ${spec.name} are both on ${place}`)
    }
    const owners = new Set<number>()
    for (const [i, { vehicles, links: wanted }] of redundant.entries()) {
      const missing = wanted.find((name) => !links.some((link) => link.name === name))
      if (missing !== undefined) refuse(['redundant', i, 'links'], `there is no link ${missing}`)
      const again = vehicles.find((sys, at) => owners.has(sys) || vehicles.indexOf(sys) !== at)
      if (again !== undefined) refuse(['redundant', i, 'vehicles'], `vehicle ${again} is declared twice`)
      for (const sys of vehicles) owners.add(sys)
    }
    for (const [i, { file, vehicles }] of (signing?.keys ?? []).entries()) {
      const clash = signing?.keys
        .slice(0, i)
        .find((other) =>
          vehicles === 'all'
            ? other.vehicles === 'all'
            : other.vehicles !== 'all' && other.vehicles.some((sys) => vehicles.includes(sys)),
        )
      if (clash !== undefined) refuse(['signing', 'keys', i, 'vehicles'], `${clash.name} already signs for one of them`)
      if (signing?.keys.slice(0, i).some((other) => other.file === file) === true)
        refuse(['signing', 'keys', i, 'file'], 'two entries must not share one key: name all vehicles in one')
    }
  })
export type LinksConfig = z.infer<typeof LinksConfig>

/** What one link has for itself alone; null: the system chooses its port. */
function placeOf(spec: z.infer<typeof VehicleLink> | z.infer<typeof Station>): string | null {
  switch (spec.kind) {
    case 'udp-listen':
    case 'tcp-listen':
      return spec.at.port === 0 ? null : `${spec.kind} ${spec.at.host.toLowerCase()}:${spec.at.port}`
    case 'udp-dial':
    case 'tcp-dial':
      return `${spec.kind} ${spec.to.host.toLowerCase()}:${spec.to.port}`
    case 'serial':
      return `serial ${spec.device}`
  }
}
export type LinkSpec = LinksConfig['links'][number]
export type StationSpec = LinksConfig['stations'][number]

/** One UDP port, as without a file. */
export const udpOnly = (at: Address): LinksConfig =>
  LinksConfig.parse({
    links: [{ name: 'udp', kind: 'udp-listen', at: `${at.host.includes(':') ? `[${at.host}]` : at.host}:${at.port}` }],
  })

/** Throws an Error of one line that names the field of the file and what it must be. */
export const readLinksConfig = (text: string): LinksConfig => readConfigText(text, LinksConfig)
