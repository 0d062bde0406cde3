import { BlockList, isIP, isIPv4 } from 'node:net'
import { DATUMS, FeedId, UnitId } from '@skerry/contract'
import { z } from 'zod'

/** Host and port of a socket; an IPv6 host stands in brackets in the file. Port 0 lets the system choose. */
export interface Address {
  readonly host: string
  readonly port: number
}

const Place = z.string('must be HOST:PORT').transform((text, context): Address => {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  if (host !== undefined && port <= 65_535) return { host, port }
  context.addIssue({ code: 'custom', message: 'must be HOST:PORT, e.g. 0.0.0.0:5055' })
  return z.NEVER
})
const Dialled = Place.refine(({ port }) => port > 0, 'must name a port above 0')

/** Addresses that may speak: single ones or networks in CIDR form. Anybody else is counted and not heard. */
export const From = z
  .array(z.string())
  .min(1, 'must name at least one address or network')
  .transform((list, context) => {
    const allowed = new BlockList()
    for (const [i, text] of list.entries()) {
      const [address = '', bits] = text.split('/')
      const version = isIP(address)
      const family = version === 6 ? 'ipv6' : 'ipv4'
      const most = version === 6 ? 128 : 32
      const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN
      if (version === 0 || !(prefix <= most))
        context.addIssue({ code: 'custom', path: [i], message: 'must be an address or network, e.g. 10.4.0.0/16' })
      else allowed.addSubnet(address, prefix, family)
    }
    return allowed
  })

/** SHA-256 of a key, as `npm run feeds -- key` prints it beside the key. The file itself holds no secret. */
export const KeyHash = z
  .string('must be the SHA-256 of a key (npm run feeds -- key)')
  .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, as npm run feeds -- key prints them')

/** A device that holds a key of its own, and the unit that carries it. */
export const KeyedSource = z.strictObject({
  source: z.string().regex(/^[\w.@:-]{1,64}$/, 'must be 1 to 64 letters, digits or . _ @ : -'),
  unit: UnitId,
  keySha256: KeyHash,
})
export type KeyedSource = z.infer<typeof KeyedSource>

/** A device that is known by the address it sends from, and the unit that carries it. */
export const PlacedSource = z.strictObject({
  address: z.string().refine((text) => isIP(text) !== 0, 'must be an IP address, e.g. 10.4.1.7'),
  unit: UnitId,
})

/** Each source speaks for one unit. @param by name of the key field */
export const uniqueBy = <T>(list: readonly T[], by: (one: T) => string): number =>
  list.findIndex((one, i) => list.slice(0, i).some((other) => by(other) === by(one)))

export const Tls = z.strictObject({
  /** PEM files, beside the configuration unless absolute. */
  cert: z.string().min(1),
  key: z.string().min(1),
  /** With it, only clients that hold a certificate of this authority are heard. */
  clientCa: z.string().min(1).optional(),
})

/** For what dials over TLS: own certificate where the server asks for one, and the authority that the server's is of. */
export const DialTls = z.strictObject({
  cert: z.string().min(1),
  key: z.string().min(1),
  serverCa: z.string().min(1),
})

/** What every feed has. @param quietS after this silence the feed is behind, after four times this it is lost */
export const common = (quietS: number) => ({
  name: FeedId,
  /** Datum of its positions. Only the owner of the feed knows; a wrong one moves everything by 500 m. */
  datum: z.enum(DATUMS, `must be one of ${DATUMS.join(', ')}`).default('wgs84'),
  quietS: z.number().min(5).max(86_400).default(quietS),
  limits: z
    .strictObject({
      /** Largest message, bytes. */
      messageBytes: z.number().int().min(64).max(16_000_000).default(65_536),
      /** Messages a second from one address, and from all of them. A burst of two seconds' worth is taken. */
      peerPerS: z.number().min(0.1).max(100_000).default(500),
      feedPerS: z.number().min(0.1).max(100_000).default(5000),
      connections: z.number().int().min(1).max(10_000).default(500),
    })
    .prefault({}),
})

const inGroups = (host: string): boolean => {
  const [first = 0] = host.split('.').map(Number)
  return first >= 224 && first <= 239
}

export const WAYS = {
  http: { kind: z.literal('http-listen'), at: Place, tls: Tls.optional(), from: From.optional() },
  /** Without a key in the protocol the address is the credential. */
  udp: { kind: z.literal('udp-listen'), at: Place, from: From },
  tcp: { kind: z.literal('tcp-listen'), at: Place, tls: Tls.optional(), from: From },
  dial: { kind: z.literal('tcp-dial'), to: Dialled },
  /** A group of the local network, heard and told. Whoever is in the network may speak unless `from` names less. */
  multicast: {
    kind: z.literal('udp-multicast'),
    group: Place.refine(
      ({ host, port }) => port > 0 && isIPv4(host) && inGroups(host),
      'must be an IPv4 multicast group and a port, e.g. 239.2.3.1:6969',
    ),
    /** Address of this machine on the network of the group, where it has several. */
    interface: z.string().refine(isIPv4, 'must be an IPv4 address of this machine').optional(),
    ttl: z.number().int().min(0).max(255).default(1),
    from: From,
  },
}
