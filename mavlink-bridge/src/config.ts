import { z } from 'zod'
import { parseUdpAddress, type UdpAddress } from './links/udp-address.ts'

/** Settings of the bridge process, from its environment. */
export interface Settings {
  readonly serverUrl: string
  readonly token: string
  readonly bridgeId: string
  readonly udp: UdpAddress
  readonly deadmanMs: number
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
      const address = parseUdpAddress(text)
      if (address !== null) return address
      context.addIssue({ code: 'custom', message: 'must be HOST:PORT, e.g. 0.0.0.0:14550' })
      return z.NEVER
    }),
  SKERRY_DEADMAN_MS: z.coerce
    .number('must be a number of milliseconds')
    .int()
    .min(2000, 'must be at least 2000')
    .max(600_000, 'must be at most 600000')
    .default(15_000),
})

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
    udp: env.SKERRY_MAVLINK_UDP,
    deadmanMs: env.SKERRY_DEADMAN_MS,
  })
}
