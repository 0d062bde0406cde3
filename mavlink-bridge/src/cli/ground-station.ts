import { parseArgs } from 'node:util'
import { every, systemClock } from '../clock.ts'
import { type Address, formatAddress, parseAddress } from '../links/address.ts'
import { udpOnly } from '../links/links-config.ts'
import { type Network, openNetwork } from '../links/network.ts'
import { createFleet, type Fleet } from '../vehicles/fleet.ts'
import { OWN } from '../vehicles/own.ts'
import type { Session } from '../vehicles/session.ts'
import { encode } from '../wire/encode.ts'
import { BadInput } from './bad-input.ts'

/** Options of every command that talks to vehicles. */
export const STATION_OPTIONS = {
  listen: { type: 'string' },
  vehicle: { type: 'string' },
  wait: { type: 'string' },
} as const
export const STATION_HELP = `  --listen HOST:PORT  where vehicles report to (default 0.0.0.0:14550); stop the bridge first, or use another port
  --vehicle N         system id of the vehicle meant (default: the only one that is heard)
  --wait S            how long to wait for it (default 10)
`
export interface StationOptions {
  readonly listen: Address
  readonly vehicle: number | null
  readonly waitMs: number
}

/** A ground station of its own for one command: a port, its heartbeat, and the vehicles that are heard. */
export interface GroundStation {
  readonly fleet: Fleet
  readonly network: Network
  /** Where it listens. */
  readonly local: string
  close(): Promise<void>
}

const HEARTBEAT_MS = 1000
const TICK_MS = 100
/** Another vehicle may be heard a heartbeat later than the first. */
const LISTEN_FOR_OTHERS_MS = 2200
const GCS = { type: 6, autopilot: 8, base_mode: 0, custom_mode: 0, system_status: 4 }

/** BadInput on a wrong value. */
export function stationOptions(values: {
  readonly listen?: string | undefined
  readonly vehicle?: string | undefined
  readonly wait?: string | undefined
}): StationOptions {
  const listen = parseAddress(values.listen ?? '0.0.0.0:14550')
  if (listen === null) throw new BadInput(`--listen: must be HOST:PORT, not ${values.listen}`)
  const vehicle = values.vehicle === undefined ? null : Number(values.vehicle)
  if (vehicle !== null && !(Number.isInteger(vehicle) && vehicle >= 1 && vehicle <= 255))
    throw new BadInput(`--vehicle: must be a system id 1..255, not ${values.vehicle}`)
  const waitS = Number(values.wait ?? 10)
  if (!(waitS > 0 && waitS <= 3600))
    throw new BadInput(`--wait: must be seconds above 0, at most 3600, not ${values.wait}`)
  return { listen, vehicle, waitMs: waitS * 1000 }
}

/** Opens the port and begins to speak as a ground station to whoever is heard. Rejects where the port is taken. */
export async function openStation(options: StationOptions): Promise<GroundStation> {
  const network = await openNetwork({
    config: udpOnly(options.listen),
    configFolder: '.',
    dataFolder: null,
    own: OWN,
    clock: systemClock,
    log: () => undefined,
    hear: (arrival) => fleet.hear(arrival),
    isLocked: (sys) => fleet.members().some(({ session, duplicateId }) => duplicateId && session.systemId === sys),
  })
  const fleet = createFleet({ bridgeId: 'cli', link: network, clock: systemClock, onMember: () => undefined })
  const stops = [
    every(systemClock, TICK_MS, fleet.tick),
    every(systemClock, HEARTBEAT_MS, () => network.broadcast(encode('HEARTBEAT', GCS, { seq: 0, ...OWN }))),
  ]
  return {
    fleet,
    network,
    local: network.health()[0]?.local ?? formatAddress(options.listen),
    async close() {
      for (const stop of stops) stop()
      await network.close()
    },
  }
}

/** The vehicle meant, once its autopilot and its capabilities are known. Fails where none or several are heard. */
export async function theVehicle(
  { fleet, local }: GroundStation,
  { vehicle, waitMs }: StationOptions,
): Promise<Session> {
  const untilMs = systemClock.nowMs() + waitMs
  const meant = () => fleet.members().filter(({ session }) => vehicle === null || session.systemId === vehicle)
  await waitFor(() => meant().length > 0, untilMs)
  if (vehicle === null)
    await waitFor(() => meant().length > 1, Math.min(untilMs, systemClock.nowMs() + LISTEN_FOR_OTHERS_MS))
  const [member, ...others] = meant()
  if (member === undefined) {
    const heard = fleet.members().map(({ session }) => session.systemId)
    const which = vehicle === null ? 'no vehicle' : `vehicle ${vehicle} not`
    throw new Error(
      `${which} heard on ${local} within ${waitMs / 1000} s${heard.length > 0 ? `, only ${heard.join(', ')}` : ''}`,
    )
  }
  if (member.duplicateId || (vehicle !== null && others.length > 0))
    throw new Error(`two vehicles use system id ${member.session.systemId}: change one of them first`)
  if (others.length > 0)
    throw new BadInput(
      `--vehicle: must name one of ${meant()
        .map(({ session }) => session.systemId)
        .toSorted((a, b) => a - b)
        .join(', ')}: several are heard`,
    )
  const { session } = member
  await waitFor(() => session.vehicle().capabilities !== null, untilMs)
  return session
}

/** True as soon as it holds, false when the time is up. */
export async function waitFor(holds: () => boolean, untilMs: number): Promise<boolean> {
  while (!holds()) {
    if (systemClock.nowMs() >= untilMs) return false
    await new Promise<void>((resolve) => {
      systemClock.after(50, resolve)
    })
  }
  return true
}

/** Runs with a station and closes it whatever happens. */
export async function withVehicle<T>(
  options: StationOptions,
  run: (session: Session, station: GroundStation) => Promise<T>,
): Promise<T> {
  const station = await openStation(options)
  try {
    return await run(await theVehicle(station, options), station)
  } finally {
    await station.close()
  }
}

/** Arguments of a command that talks to a vehicle: its own positionals and options, and the station's. */
export function stationArgs(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: { ...STATION_OPTIONS, json: { type: 'boolean' } },
    allowPositionals: true,
  })
}
