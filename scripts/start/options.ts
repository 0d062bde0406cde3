import path from 'node:path'
import { parseArgs } from 'node:util'

export const HELP = `Usage: npm start -- [options]

Starts Skerry: the server with its store, the MAVLink bridge, the console, and (unless --live) a demo city
with simulated patrol units, ferry gates and drones.

  --live                 no demo city: your own feeds and drones. Prints a one-time link for the first administrator.
  --data DIR             where the journal, tracks and accounts are kept (default: data, or data-live with --live)
  --host ADDRESS         address to listen on for consoles (default: 127.0.0.1; 0.0.0.0 for the whole network)
  --port N               TCP port of the console and the API (default: 8080)
  --mavlink-udp [HOST:]N UDP port the bridge listens on for drones (default: 14550)
  --links FILE           with --live: all links of the bridge (UDP, TCP, serial, other ground stations, signing keys)
                         in one JSON file, instead of the one UDP port; docs/guides/connect-a-drone.md has examples
  --feeds FILE           with --live: feeds that the server listens to by itself (phones, trackers) in one JSON file;
                         docs/guides/feeds has an example for each. HTTP feeds with a token need no file.
  --terrain FILE         heights of the ground: raster-dem tiles or GeoTIFF as described in one JSON file;
                         docs/guides/terrain.md has an example. Without it the ground is taken as level.
  --seed N               seed of the demo city (default: 8)
  --surge GATE           demo city: a crowd comes to this ferry gate 90 s after the start (for example wugongzhi)
  --autopilot NAME       demo city: what its drones are, ardupilot, px4 or both in turns (default: ardupilot)
  --speed X              how fast the demo world runs, 0.1 to 20 (default: 1). Protocol timers are never scaled.
  --help                 this text

Environment: DATABASE_URL=postgres://... keeps the store in PostgreSQL instead of the data folder.
             SKERRY_LAYERS=FILE has paths, water and cover of your ground; docs/guides/ground-layers.md says how.
             SKERRY_DICTIONARY=FILE has your own categories, levels and colours; docs/guides/dictionary.md says how.
             SKERRY_CAP_SENDER=NAME is the sender of public warnings, e.g. duty@city.example; without it none go out.
`

export interface Options {
  live: boolean
  dataDir: string
  host: string
  port: number
  mavlink: { host: string; port: number }
  /** File that declares the bridge's links; null: the one UDP port of `mavlink`. */
  linksFile: string | null
  /** File that declares the server's own feeds; null: none. */
  feedsFile: string | null
  /** File that describes the terrain; null: none. */
  terrainFile: string | null
  seed: number
  speed: number
  /** Gate of the demo city to which a crowd comes. */
  surge: string | null
  /** What the drones of the demo city are. */
  autopilot: (typeof AUTOPILOTS)[number]
}

const AUTOPILOTS = ['ardupilot', 'px4', 'both'] as const

export class BadOption extends Error {}

/**
 * Options of `npm start`.
 * @param cwd where relative folders start
 * @throws BadOption with one line that names the option and what it must be
 */
export function parseOptions(args: readonly string[], cwd: string, root: string): Options | 'help' {
  let values
  try {
    values = parseArgs({
      args: [...args],
      options: {
        live: { type: 'boolean', default: false },
        data: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8080' },
        'mavlink-udp': { type: 'string' },
        links: { type: 'string' },
        feeds: { type: 'string' },
        terrain: { type: 'string' },
        seed: { type: 'string' },
        speed: { type: 'string' },
        surge: { type: 'string' },
        autopilot: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
      strict: true,
      allowPositionals: false,
    }).values
  } catch (error) {
    throw new BadOption(`${(error as Error).message.split('\n')[0]} (see --help)`)
  }
  if (values.help) return 'help'
  const { live, seed, speed, surge, autopilot } = values
  if (live && [seed, speed, surge, autopilot].some((value) => value !== undefined))
    throw new BadOption('--seed, --speed, --surge and --autopilot belong to the demo city; --live has none')
  if (values.links !== undefined && !values.live)
    throw new BadOption('--links needs --live: the drones of the demo city speak on one UDP port')
  if (values.feeds !== undefined && !values.live)
    throw new BadOption('--feeds needs --live: the demo city has its own units and feeds')
  if (values.links !== undefined && values['mavlink-udp'] !== undefined)
    throw new BadOption('--links and --mavlink-udp exclude each other: name the UDP port in the file')
  const [udpHost, udpPort] = splitHost(values['mavlink-udp'] ?? '14550')
  return {
    live: values.live,
    dataDir:
      values.data === undefined ? path.join(root, values.live ? 'data-live' : 'data') : path.resolve(cwd, values.data),
    host: values.host,
    port: integer('--port', values.port, 1, 65_535),
    mavlink: { host: udpHost, port: integer('--mavlink-udp', udpPort, 1, 65_535) },
    linksFile: values.links === undefined ? null : path.resolve(cwd, values.links),
    feedsFile: values.feeds === undefined ? null : path.resolve(cwd, values.feeds),
    terrainFile: values.terrain === undefined ? null : path.resolve(cwd, values.terrain),
    seed: integer('--seed', seed ?? '8', 0, 2 ** 31 - 1),
    speed: number('--speed', speed ?? '1', 0.1, 20),
    surge: surge ?? null,
    autopilot: oneOf('--autopilot', autopilot ?? 'ardupilot', AUTOPILOTS),
  }
}

function splitHost(text: string): [string, string] {
  const at = text.lastIndexOf(':')
  return at < 0 ? ['0.0.0.0', text] : [text.slice(0, at), text.slice(at + 1)]
}

function oneOf<T extends string>(name: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text)
  if (found === undefined) throw new BadOption(`${name} must be ${words.join(', ')}, not "${text}"`)
  return found
}

function number(name: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (!(value >= low && value <= high))
    throw new BadOption(`${name} must be a number from ${low} to ${high}, not "${text}"`)
  return value
}

function integer(name: string, text: string, low: number, high: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (!(value >= low && value <= high))
    throw new BadOption(`${name} must be a whole number from ${low} to ${high}, not "${text}"`)
  return value
}
