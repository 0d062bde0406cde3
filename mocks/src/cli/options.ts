import { parseArgs } from 'node:util'
import type { LngLat } from '@skerry/contract'
import { FAULT_NAMES, type FaultName, FAULTS } from '../faults/fault-names.ts'
import type { AutopilotName } from '../vehicle/modes.ts'

export const VERBS = ['city', 'drone', 'units', 'ferries', 'incidents', 'archive'] as const
export type Verb = (typeof VERBS)[number]

export interface Options {
  readonly verb: Verb
  /** Base address of the server whose intake is fed. */
  readonly server: URL
  readonly mavlink: { host: string; port: number }
  readonly seed: number
  readonly speed: number
  readonly drones: number
  readonly callAfterS: number
  /** Incidents of the past days that are told at the start. */
  readonly past: number
  readonly firstSystemId: number
  /** What the drones play, in turns. */
  readonly autopilots: readonly AutopilotName[]
  /** Place of drones that are started alone; null for the pads of the demo city. */
  readonly at: LngLat | null
  readonly bootS: number
  /** What the drones do wrong in the mission exchange; null: nothing. */
  readonly fault: FaultName | null
  /** The drones obey one ground station at a time, and say which. */
  readonly operatorControl: boolean
  /** The drones carry a second gimbal with a daylight camera. */
  readonly secondPayload: boolean
  readonly printTruth: boolean
  /** File of lines and timetables; null: that of the embedded area. */
  readonly timetable: string | null
  /** Gate to which a crowd comes soon after the start. */
  readonly surge: string | null
  /** Where the ferries' AIS goes, over UDP; null: nowhere. */
  readonly ais: { host: string; port: number } | null
  /** Days of an archive, and the day after its last one (`yyyy-mm-dd`, local); null: today. */
  readonly days: number
  readonly until: string | null
}
export type Parsed =
  | { kind: 'run'; options: Options }
  | { kind: 'help'; verb: Verb | null }
  /** Something to print, and nothing to start. */
  | { kind: 'tell'; text: string }
  | { kind: 'bad'; message: string }

const KNOWN = {
  help: { type: 'boolean', short: 'h' },
  server: { type: 'string' },
  mavlink: { type: 'string' },
  to: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
  drones: { type: 'string' },
  count: { type: 'string' },
  sysid: { type: 'string' },
  autopilot: { type: 'string' },
  at: { type: 'string' },
  'boot-s': { type: 'string' },
  fault: { type: 'string' },
  'operator-control': { type: 'boolean' },
  'second-payload': { type: 'boolean' },
  'call-after': { type: 'string' },
  past: { type: 'string' },
  timetable: { type: 'string' },
  surge: { type: 'string' },
  ais: { type: 'string' },
  days: { type: 'string' },
  until: { type: 'string' },
  'print-truth': { type: 'boolean' },
} as const

class BadOption extends Error {}

/** Options of a command line without the program's own name. Never throws. */
export function parseOptions(argv: readonly string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: KNOWN, allowPositionals: true, strict: true })
    const [word, ...more] = positionals
    const verb = VERBS.find((v) => v === word)
    if (values.help === true || (word === undefined && argv.length === 0)) return { kind: 'help', verb: verb ?? null }
    if (word === undefined) throw new BadOption(`say what to start: ${VERBS.join(', ')}`)
    if (verb === undefined) throw new BadOption(`no such simulator: ${word} (there are ${VERBS.join(', ')})`)
    if (more.length > 0) throw new BadOption(`unexpected: ${more.join(' ')}`)
    if (values.fault === 'list') return { kind: 'tell', text: faultList() }
    const drones = number('--drones', values.count ?? values.drones ?? (verb === 'drone' ? '1' : '2'), 0, 50, true)
    const firstSystemId = number('--sysid', values.sysid ?? '1', 1, 250, true)
    if (firstSystemId + drones > 251) throw new BadOption('system ids must end at 250')
    const options: Options = {
      verb,
      server: address(values.server ?? 'http://127.0.0.1:8080'),
      mavlink: hostPort(values.to ?? values.mavlink ?? '127.0.0.1:14550'),
      seed: number('--seed', values.seed ?? '1', 0, 4_294_967_295, true),
      speed: number('--speed', values.speed ?? '1', 0.1, 60, false),
      drones,
      callAfterS: number('--call-after', values['call-after'] ?? '20', 0, 86_400, false),
      past: number('--past', values.past ?? '240', 0, 400, true),
      firstSystemId,
      autopilots: autopilots(values.autopilot ?? 'ardupilot'),
      at: values.at === undefined ? null : place(values.at),
      bootS: number('--boot-s', values['boot-s'] ?? '6', 0, 120, false),
      fault: values.fault === undefined ? null : fault(values.fault),
      operatorControl: values['operator-control'] ?? false,
      secondPayload: values['second-payload'] ?? false,
      printTruth: values['print-truth'] ?? false,
      timetable: values.timetable ?? null,
      surge: values.surge ?? null,
      ais: values.ais === undefined ? null : hostPort(values.ais),
      days: number('--days', values.days ?? '70', 1, 400, true),
      until: values.until === undefined ? null : localDay(values.until),
    }
    return { kind: 'run', options }
  } catch (error) {
    return { kind: 'bad', message: (error as Error).message.split('\n')[0] ?? 'bad option' }
  }
}

function number(name: string, text: string, low: number, high: number, whole: boolean): number {
  const value = text.trim() === '' ? NaN : Number(text)
  const good = Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value))
  if (!good)
    throw new BadOption(
      `${name} must be ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}, not "${text}"`,
    )
  return value
}

function fault(text: string): FaultName {
  const found = FAULT_NAMES.find((name) => name === text)
  if (found !== undefined) return found
  throw new BadOption(`no such fault: "${text}" (--fault list names them)`)
}
const faultList = (): string => FAULT_NAMES.map((name) => `${name.padEnd(32)}${FAULTS[name]}`).join('\n')

function autopilots(text: string): readonly AutopilotName[] {
  if (text === 'both') return ['ardupilot', 'px4']
  if (text === 'ardupilot' || text === 'px4') return [text]
  throw new BadOption(`--autopilot is ardupilot, px4 or both, not "${text}"`)
}

function address(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new BadOption(`--server must be an http address, not "${text}"`)
  return url
}

function hostPort(text: string): { host: string; port: number } {
  const [, host, port] = /^([^:\s]+):(\d{1,5})$/.exec(text) ?? []
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new BadOption(`an address is HOST:PORT, not "${text}"`)
  return { host, port: Number(port) }
}

function localDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new BadOption(`--until is a day, yyyy-mm-dd, not "${text}"`)
  return text
}

function place(text: string): LngLat {
  const [lng, lat] = text.split(',').map(Number)
  if (lng === undefined || lat === undefined || !(Math.abs(lng) <= 180) || !(Math.abs(lat) <= 90))
    throw new BadOption(`--at is longitude,latitude in degrees, not "${text}"`)
  return [lng, lat]
}
