import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  DEFAULT_DICTIONARY,
  DEFAULT_RETENTION,
  FeedScope,
  NO_EXPOSURE,
  NewAccount,
  RetentionPolicy,
  readConfigText,
  type CameraEntry,
  type Dictionary,
  type ExposureMap,
} from '@skerry/contract'
import { z } from 'zod'
import { readCameras } from './cameras/read-cameras.ts'
import { readDictionary } from './dictionary/read-dictionary.ts'
import { readExposure } from './exposure/read-exposure.ts'
import { readFeedsConfig, type FeedsConfig } from './intake/feeds/feeds-config.ts'
import { embeddedFile } from './store/open-store.ts'
import type { TrackPolicy } from './tracks/track-keeper.ts'

/** Accounts and feeds of a demo, with secrets that whoever starts it has made for this installation. */
const Demo = z.strictObject({
  accounts: z.array(NewAccount).max(50),
  feeds: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/),
        scopes: z.array(FeedScope).min(1),
        token: z.string().regex(/^[\w-]{20,200}$/),
      }),
    )
    .max(50),
})
export type Demo = z.infer<typeof Demo>

/** Under a name that cannot exist, so that nobody takes an exercise of a demo for a warning. */
const DEMO_SENDER = 'demo@skerry.invalid'

const port = z.coerce.number('must be a port number').int().min(0).max(65_535)
const Env = z.object({
  SKERRY_HOST: z.string().min(1).default('127.0.0.1'),
  SKERRY_PORT: port.default(8080),
  SKERRY_DATA: z
    .string()
    .min(1)
    .default(path.resolve(import.meta.dirname, '../../data')),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  SKERRY_BRIDGE_TOKEN: z.string('is not set: bridges need a secret').min(16, 'must have at least 16 characters'),
  SKERRY_WEB_DIR: z.string().min(1).optional(),
  SKERRY_FEEDS: z.string().min(1, 'must be a file').optional(),
  SKERRY_DICTIONARY: z.string().min(1, 'must be a file').optional(),
  SKERRY_CAP_SENDER: z
    .string()
    .regex(/^[^\s,<&]{3,120}$/, 'must have no blanks, commas, < or &, e.g. duty@city.example')
    .optional(),
  SKERRY_CROSSINGS: z.string().min(1).optional(),
  SKERRY_LAYERS: z.string().min(1, 'must be a file').optional(),
  SKERRY_TERRAIN: z.string().min(1, 'must be a file').optional(),
  SKERRY_CAMERAS: z.string().min(1, 'must be a file').optional(),
  SKERRY_EXPOSURE: z.string().min(1, 'must be a file').optional(),
  SKERRY_FLOW: z.string().min(1).optional(),
  SKERRY_HOLIDAYS: z.string().min(1).optional(),
  SKERRY_ROAD_ROUTER: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  SKERRY_TRACK_WHOLE_HOURS: z.coerce.number('must be a number of hours').min(1).max(8760).default(24),
  SKERRY_TRACK_DAYS: z.coerce.number('must be a number of days').min(1).max(3660).default(30),
  SKERRY_RETENTION: z.string().min(1, 'must be a file').optional(),
  SKERRY_DEMO: z.string().optional(),
})

export interface ServerConfig {
  readonly host: string
  readonly port: number
  /** `sqlite:PATH` or `postgres://...`. */
  readonly storeUrl: string
  readonly bridgeToken: string
  /** Folder of the built console; null serves none. */
  readonly webDir: string | null
  /** Categories, levels and rules of this agency. */
  readonly dictionary: Dictionary
  /** `sender` of public warnings (CAP); null: none can be sent. */
  readonly warningSender: string | null
  /** File of bridges, piers and ferry lines; null: the embedded one. */
  readonly crossingsFile: string | null
  /** GeoJSON file with paths, water and cover of the ground; null: maps are drawn from distances alone. */
  readonly layersFile: string | null
  /** File that describes heights of the ground; null: there is no elevation data. */
  readonly terrainFile: string | null
  /** Base URL of a router that speaks OSRM's table service; null: land ways are estimated. */
  readonly roadRouterUrl: string | null
  /** How long positions are kept: whole, then thinned, then not at all. */
  readonly tracks: TrackPolicy
  /** How long what is kept of closed cases is kept. */
  readonly retention: RetentionPolicy
  /** Fixed cameras, with their addresses. */
  readonly cameras: readonly CameraEntry[]
  /** How many are where, to compare incidents with. */
  readonly exposure: ExposureMap
  /** File that says how counts are kept and judged; null: as usual. */
  readonly flowFile: string | null
  /** File of public holidays; null: the embedded one. */
  readonly holidaysFile: string | null
  readonly demo: Demo | null
  /** Feeds that the server listens to by itself, and the folder of the file that declares them. */
  readonly feeds: { readonly config: FeedsConfig; readonly folder: string } | null
}

const HOUR_MS = 3_600_000
/** What a thinned track may be off, and its longest gap: enough to say which street, and that a unit stood. */
const THINNING = { toleranceM: 15, mostGapMs: 60_000 }

/** A setting that is missing or bad, in one line without its value: it may be a secret. */
export class ConfigError extends Error {}

/** @throws ConfigError that names the first setting at fault */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  const read = Env.safeParse(env)
  if (!read.success) throw faulty(read.error.issues[0]!)
  const given = read.data
  return Object.freeze({
    host: given.SKERRY_HOST,
    port: given.SKERRY_PORT,
    storeUrl: given.DATABASE_URL ?? `sqlite:${embeddedFile(path.resolve(given.SKERRY_DATA))}`,
    bridgeToken: given.SKERRY_BRIDGE_TOKEN,
    webDir: given.SKERRY_WEB_DIR ?? null,
    dictionary:
      given.SKERRY_DICTIONARY === undefined
        ? DEFAULT_DICTIONARY
        : readFile('SKERRY_DICTIONARY', path.resolve(given.SKERRY_DICTIONARY), readDictionary),
    warningSender: given.SKERRY_CAP_SENDER ?? (given.SKERRY_DEMO === undefined ? null : DEMO_SENDER),
    crossingsFile: given.SKERRY_CROSSINGS ?? null,
    layersFile: given.SKERRY_LAYERS === undefined ? null : path.resolve(given.SKERRY_LAYERS),
    terrainFile: given.SKERRY_TERRAIN === undefined ? null : path.resolve(given.SKERRY_TERRAIN),
    tracks: {
      wholeMs: given.SKERRY_TRACK_WHOLE_HOURS * HOUR_MS,
      keptMs: given.SKERRY_TRACK_DAYS * 24 * HOUR_MS,
      thinning: THINNING,
    },
    retention:
      given.SKERRY_RETENTION === undefined
        ? DEFAULT_RETENTION
        : readFile('SKERRY_RETENTION', path.resolve(given.SKERRY_RETENTION), (text) =>
            readConfigText(text, RetentionPolicy),
          ),
    roadRouterUrl: given.SKERRY_ROAD_ROUTER ?? null,
    exposure:
      given.SKERRY_EXPOSURE === undefined
        ? NO_EXPOSURE
        : readFile('SKERRY_EXPOSURE', path.resolve(given.SKERRY_EXPOSURE), readExposure),
    cameras:
      given.SKERRY_CAMERAS === undefined
        ? []
        : readFile('SKERRY_CAMERAS', path.resolve(given.SKERRY_CAMERAS), readCameras),
    flowFile: given.SKERRY_FLOW ?? null,
    holidaysFile: given.SKERRY_HOLIDAYS ?? null,
    demo: given.SKERRY_DEMO === undefined ? null : readDemo(given.SKERRY_DEMO),
    feeds: given.SKERRY_FEEDS === undefined ? null : readFeeds(path.resolve(given.SKERRY_FEEDS)),
  })
}

function readDemo(text: string): Demo {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ConfigError('SKERRY_DEMO is not JSON')
  }
  const read = Demo.safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  throw faulty({ ...issue, path: ['SKERRY_DEMO', ...issue.path] })
}

const readFeeds = (file: string): NonNullable<ServerConfig['feeds']> => ({
  config: readFile('SKERRY_FEEDS', file, readFeedsConfig),
  folder: path.dirname(file),
})

/** The file's own faults come out under its name; it holds no secret. */
function readFile<T>(setting: string, file: string, read: (text: string) => T): T {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new ConfigError(`${setting}: ${file} cannot be read: ${code}`)
  }
  try {
    return read(text)
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`)
  }
}

const faulty = ({ path: where, message }: { path: readonly PropertyKey[]; message: string }): ConfigError =>
  new ConfigError(`${where.map(String).join('.')} ${message}`)
