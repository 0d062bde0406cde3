import { readFileSync } from 'node:fs'
import path from 'node:path'
import { FeedScope, NewAccount } from '@skerry/contract'
import { z } from 'zod'
import { readFeedsConfig, type FeedsConfig } from './intake/feeds/feeds-config.ts'
import { embeddedFile } from './store/open-store.ts'

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
  SKERRY_CROSSINGS: z.string().min(1).optional(),
  SKERRY_ROAD_ROUTER: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
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
  /** File of bridges, piers and ferry lines; null: the embedded one. */
  readonly crossingsFile: string | null
  /** Base URL of a router that speaks OSRM's table service; null: land ways are estimated. */
  readonly roadRouterUrl: string | null
  readonly demo: Demo | null
  /** Feeds that the server listens to by itself, and the folder of the file that declares them. */
  readonly feeds: { readonly config: FeedsConfig; readonly folder: string } | null
}

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
    crossingsFile: given.SKERRY_CROSSINGS ?? null,
    roadRouterUrl: given.SKERRY_ROAD_ROUTER ?? null,
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

/** The file's own faults come out under its name; it holds no secret. */
function readFeeds(file: string): NonNullable<ServerConfig['feeds']> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new ConfigError(`SKERRY_FEEDS: ${file} cannot be read: ${code}`)
  }
  try {
    return { config: readFeedsConfig(text), folder: path.dirname(file) }
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`)
  }
}

const faulty = ({ path: where, message }: { path: readonly PropertyKey[]; message: string }): ConfigError =>
  new ConfigError(`${where.map(String).join('.')} ${message}`)
