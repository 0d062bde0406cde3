import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { parseAddress } from './links/address.ts'
import { type LinksConfig, readLinksConfig, udpOnly } from './links/links-config.ts'

/** Settings of the bridge process, from its environment. */
export interface Settings {
  readonly serverUrl: string
  readonly token: string
  readonly bridgeId: string
  readonly links: LinksConfig
  /** Where relative files of the links' configuration are. */
  readonly linksFolder: string
  /** Where recordings and signing stamps are kept; null: nowhere. */
  readonly dataFolder: string | null
  readonly deadmanMs: number
  /** Absence of a drone's holder after which the heartbeat to that drone stops. */
  readonly holderGoneMs: number
  /** Parameters may be set in an aircraft that is armed, or may be. */
  readonly setsWhileArmed: boolean
  /** What describes the terrain model; null: the ground is taken as level. */
  readonly terrainFile: string | null
}

const Environment = z.object({
  SKERRY_SERVER_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address, e.g. http://127.0.0.1:8080' }),
  SKERRY_BRIDGE_TOKEN: z.string('must be set').min(16, 'must be at least 16 characters'),
  SKERRY_BRIDGE_ID: z
    .string()
    .regex(/^[a-z0-9]{1,20}$/, 'must be 1 to 20 lower-case letters or digits')
    .default('main'),
  SKERRY_MAVLINK_UDP: z
    .string()
    .default('0.0.0.0:14550')
    .transform((text, context) => {
      const address = parseAddress(text)
      if (address !== null) return address
      context.addIssue({ code: 'custom', message: 'must be HOST:PORT, e.g. 0.0.0.0:14550' })
      return z.NEVER
    }),
  SKERRY_MAVLINK_LINKS: z.string().min(1, 'must be a file').optional(),
  SKERRY_BRIDGE_DATA: z.string().min(1, 'must be a folder').optional(),
  SKERRY_TERRAIN: z.string().min(1, 'must be a file').optional(),
  SKERRY_PARAMS_WHILE_ARMED: z.enum(['refuse', 'allow'], 'must be refuse or allow').default('refuse'),
  SKERRY_DEADMAN_MS: z.coerce
    .number('must be a number of milliseconds')
    .int()
    .min(2000, 'must be at least 2000')
    .max(600_000, 'must be at most 600000')
    .default(15_000),
  SKERRY_HOLDER_GONE_MS: z.coerce
    .number('must be a number of milliseconds')
    .int()
    .min(120_000, 'must be at least 120000: an open console shows itself once a minute')
    .max(7_200_000, 'must be at most 7200000')
    .default(600_000),
})

/** The file's own faults come out under the name of the setting. */
function linksOf(file: string): LinksConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new Error(`SKERRY_MAVLINK_LINKS: ${file} cannot be read: ${code}`, { cause: error })
  }
  try {
    return readLinksConfig(text)
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** Throws an Error whose message is one line that names the setting; its value is never repeated (it may be a secret). */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`${String(issue?.path[0] ?? 'settings')}: ${issue?.message ?? 'bad value'}`)
  }
  const env = parsed.data
  return Object.freeze({
    serverUrl: env.SKERRY_SERVER_URL.replace(/\/+$/, ''),
    token: env.SKERRY_BRIDGE_TOKEN,
    bridgeId: env.SKERRY_BRIDGE_ID,
    links: env.SKERRY_MAVLINK_LINKS === undefined ? udpOnly(env.SKERRY_MAVLINK_UDP) : linksOf(env.SKERRY_MAVLINK_LINKS),
    linksFolder:
      env.SKERRY_MAVLINK_LINKS === undefined ? process.cwd() : path.dirname(path.resolve(env.SKERRY_MAVLINK_LINKS)),
    dataFolder: env.SKERRY_BRIDGE_DATA ?? null,
    deadmanMs: env.SKERRY_DEADMAN_MS,
    holderGoneMs: env.SKERRY_HOLDER_GONE_MS,
    setsWhileArmed: env.SKERRY_PARAMS_WHILE_ARMED === 'allow',
    terrainFile: env.SKERRY_TERRAIN ?? null,
  })
}
