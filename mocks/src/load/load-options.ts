import { parseArgs } from 'node:util'
import { portsFrom, type LoadPorts } from './declare.ts'
import type { FleetSize } from './fleet.ts'

export interface LoadOptions {
  readonly folder: string
  /** Only write the files. */
  readonly prepare: boolean
  readonly server: URL
  readonly mavlink: { host: string; port: number }
  readonly ports: LoadPorts
  readonly size: FleetSize
  readonly seed: number
  /** File that every position is written to with the moment it was sent; null: none. */
  readonly log: string | null
}
export type ParsedLoad = { kind: 'run'; options: LoadOptions } | { kind: 'help' } | { kind: 'bad'; message: string }

export const LOAD_HELP = `A city at its full size, to see what a machine holds: units that report every second by three protocols (JT/T 808 over
TCP, Cursor on Target over UDP, OsmAnd over HTTP), vessels every 5 s (AIS over UDP), drones ten times a second (MAVLink).

usage: npm run mocks -- load --dir FOLDER --prepare   writes FOLDER/feeds.json and its key
       npm start -- --live --feeds FOLDER/feeds.json
       npm run mocks -- load --dir FOLDER              with SKERRY_FEED_TOKEN of a feed that may send the roster

options:
  --dir FOLDER         where feeds.json and the key of the terminals are
  --prepare            only write the files
  --server URL         server that takes the roster         (default http://127.0.0.1:8080)
  --mavlink HOST:PORT  where the drones report to           (default 127.0.0.1:14550)
  --ports N            first of four ports in a row         (default 17310)
  --units N            (default 2000)
  --vessels N          (default 3000)
  --drones N           (default 20)
  --seed N             same seed, same city                 (default 1)
  --log FILE           every position that was sent, with its moment, for measurements
`

/** Options of the full city, without the word \`load\`. Never throws. */
export function parseLoad(argv: readonly string[]): ParsedLoad {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h' },
        prepare: { type: 'boolean' },
        dir: text,
        server: text,
        mavlink: text,
        ports: text,
        units: text,
        vessels: text,
        drones: text,
        seed: text,
        log: text,
      },
      strict: true,
    })
    if (values.help === true) return { kind: 'help' }
    if (values.dir === undefined || values.dir === '') throw new RangeError('--dir must name a folder')
    const server = URL.parse(values.server ?? 'http://127.0.0.1:8080')
    if (server === null) throw new RangeError(`--server must be an http address, not "${values.server}"`)
    return {
      kind: 'run',
      options: {
        folder: values.dir,
        prepare: values.prepare ?? false,
        server,
        mavlink: hostPort(values.mavlink ?? '127.0.0.1:14550'),
        ports: portsFrom(whole('--ports', values.ports ?? '17310', 1024, 65_532)),
        size: {
          units: whole('--units', values.units ?? '2000', 1, 5000),
          vessels: whole('--vessels', values.vessels ?? '3000', 1, 20_000),
          drones: whole('--drones', values.drones ?? '20', 0, 100),
        },
        seed: whole('--seed', values.seed ?? '1', 0, 4_294_967_295),
        log: values.log ?? null,
      },
    }
  } catch (error) {
    return { kind: 'bad', message: (error as Error).message.split('\n')[0] ?? 'bad option' }
  }
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new RangeError(`${name} must be a whole number from ${low} to ${high}, not "${text}"`)
}

function hostPort(text: string): { host: string; port: number } {
  const [, host, port] = /^([^:\s]+):(\d{1,5})$/.exec(text) ?? []
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) }
  throw new RangeError(`--mavlink is HOST:PORT, not "${text}"`)
}
