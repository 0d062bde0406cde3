import { readConfigText, UnitId } from '@skerry/contract'
import { z } from 'zod'
import { SHARED_KINDS, type SharedKind } from '../cot/cot-things.ts'
import { Cap, IncidentsCsv, IncidentsJson } from '../incidents/incident-fields.ts'
import { common, DialTls, KeyedSource, PlacedSource, uniqueBy, WAYS } from './feed-fields.ts'

/** Phones and trackers move, stand still and sleep: minutes without a word are usual. */
const PHONE_QUIET_S = 600

const KeyedSources = z
  .array(KeyedSource)
  .min(1, 'must name at least one source')
  .max(5000)
  .superRefine((list, context) => {
    const again = uniqueBy(list, ({ source }) => source)
    if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'source'], message: 'is declared twice' })
  })

const OwnTracksHttp = z.strictObject({
  protocol: z.literal('owntracks-http'),
  ...common(PHONE_QUIET_S),
  ...WAYS.http,
  sources: KeyedSources,
})
const OsmAnd = z.strictObject({
  protocol: z.literal('osmand'),
  ...common(PHONE_QUIET_S),
  ...WAYS.http,
  sources: KeyedSources,
})

/** A broker that phones publish to. Who may publish where is the broker's own rule: Skerry goes by the topic. */
const OwnTracksMqtt = z.strictObject({
  protocol: z.literal('owntracks-mqtt'),
  ...common(PHONE_QUIET_S),
  kind: z.literal('mqtt-dial'),
  to: z.string().regex(/^mqtts?:\/\/[^\s/@]+$/, 'must be mqtt://HOST:PORT or mqtts://HOST:PORT'),
  user: z.string().min(1).max(128).optional(),
  /** File that holds the password, beside the configuration unless absolute; readable by its owner alone. */
  passwordFile: z.string().min(1).optional(),
  /** File of the authority that the broker's certificate is of; without it those that the system trusts. */
  serverCa: z.string().min(1).optional(),
  /** First level of the topics, `owntracks/USER/DEVICE`. */
  base: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be one topic level')
    .default('owntracks'),
  sources: z
    .array(
      z.strictObject({
        source: z.string().regex(/^[\w.@-]{1,64}\/[\w.@-]{1,64}$/, 'must be USER/DEVICE, as in the topic'),
        unit: UnitId,
      }),
    )
    .min(1, 'must name at least one source')
    .max(5000)
    .superRefine((list, context) => {
      const again = uniqueBy(list, ({ source }) => source)
      if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'source'], message: 'is declared twice' })
    }),
})

/** Receivers speak every second. */
const RECEIVER_QUIET_S = 30

const PlacedSources = z
  .array(PlacedSource)
  .min(1, 'must name at least one source')
  .max(1000)
  .superRefine((list, context) => {
    const again = uniqueBy(list, ({ address }) => address)
    if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'address'], message: 'is declared twice' })
  })
/** Receivers are known by the address they send from, or by where we dial. */
const Nmea = z.discriminatedUnion('kind', [
  z.strictObject({
    protocol: z.literal('nmea'),
    ...common(RECEIVER_QUIET_S),
    kind: WAYS.udp.kind,
    at: WAYS.udp.at,
    sources: PlacedSources,
  }),
  z.strictObject({
    protocol: z.literal('nmea'),
    ...common(RECEIVER_QUIET_S),
    kind: WAYS.tcp.kind,
    at: WAYS.tcp.at,
    sources: PlacedSources,
  }),
  z.strictObject({ protocol: z.literal('nmea'), ...common(RECEIVER_QUIET_S), ...WAYS.dial, unit: UnitId }),
])

/** Receivers and aggregators of AIS; what a vessel says of itself is its own word, so only who relays it is checked. */
const Ais = z.discriminatedUnion('kind', [
  z.strictObject({ protocol: z.literal('ais'), ...common(RECEIVER_QUIET_S), ...WAYS.udp }),
  z.strictObject({ protocol: z.literal('ais'), ...common(RECEIVER_QUIET_S), ...WAYS.tcp }),
  z.strictObject({ protocol: z.literal('ais'), ...common(RECEIVER_QUIET_S), ...WAYS.dial }),
])

/** Terminals report every 10 to 30 s while driving and beat at least every few minutes. */
const TERMINAL_QUIET_S = 300
const Terminals = z
  .array(
    z.strictObject({
      terminal: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, as npm run feeds -- terminal prints them'),
      unit: UnitId,
    }),
  )
  .min(1, 'must name at least one terminal')
  .max(5000)
  .superRefine((list, context) => {
    const again = uniqueBy(list, ({ terminal }) => terminal)
    if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'terminal'], message: 'is declared twice' })
  })
const Jt808 = z.strictObject({
  protocol: z.literal('jt808'),
  ...common(TERMINAL_QUIET_S),
  ...WAYS.tcp,
  /** File with the key of the hashes, beside the configuration unless absolute; readable by its owner alone. */
  hashKeyFile: z.string().min(1),
  terminals: Terminals,
})

/** Devices of TAK say where they are every few seconds to minutes. */
const COT_QUIET_S = 180
const CotSources = z
  .array(z.strictObject({ uid: z.string().min(1).max(256), unit: UnitId }))
  .max(5000)
  .superRefine((list, context) => {
    const again = uniqueBy(list, ({ uid }) => uid)
    if (again >= 0) context.addIssue({ code: 'custom', path: [again, 'uid'], message: 'is declared twice' })
  })
const cot = { protocol: z.literal('cot'), ...common(COT_QUIET_S), sources: CotSources }
/** What peers are told of; `true`: our units on duty. */
const share = z
  .union([z.boolean(), z.array(z.enum(SHARED_KINDS)).min(1)])
  .default(false)
  .transform((told): readonly SharedKind[] => (told === true ? ['units'] : told === false ? [] : told))
const Cot = z.discriminatedUnion('kind', [
  z.strictObject({ ...cot, ...WAYS.udp }),
  z.strictObject({ ...cot, ...WAYS.multicast, share }),
  z.strictObject({ ...cot, ...WAYS.tcp, share }),
  z.strictObject({ ...cot, ...WAYS.dial, share, tls: DialTls.optional() }),
])

const PROTOCOLS = [
  'owntracks-http',
  'osmand',
  'nmea',
  'ais',
  'jt808',
  'cot',
  'owntracks-mqtt',
  'incidents-json',
  'incidents-csv',
  'cap',
] as const
const FeedSpec = z.discriminatedUnion(
  'protocol',
  [OwnTracksHttp, OsmAnd, Nmea, Ais, Jt808, Cot, OwnTracksMqtt, IncidentsJson, IncidentsCsv, Cap],
  { error: `must be one of ${PROTOCOLS.join(', ')}` },
)
export type FeedSpec = z.infer<typeof FeedSpec>
export type SpecOf<P extends FeedSpec['protocol']> = Extract<FeedSpec, { protocol: P }>

/** Every feed that Skerry listens to by itself, in one file. Unknown keys are refused. */
export const FeedsConfig = z
  .strictObject({ feeds: z.array(FeedSpec).min(1, 'must declare at least one feed').max(200) })
  .superRefine(({ feeds }, context) => {
    const again = uniqueBy(feeds, ({ name }) => name)
    if (again >= 0) context.addIssue({ code: 'custom', path: ['feeds', again, 'name'], message: 'is taken by another' })
  })
export type FeedsConfig = z.infer<typeof FeedsConfig>

/** Throws an Error of one line that names the field of the file and what it must be. */
export const readFeedsConfig = (text: string): FeedsConfig => readConfigText(text, FeedsConfig)
