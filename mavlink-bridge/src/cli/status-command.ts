import type { DroneStatus } from '@skerry/contract'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { statusOf } from '../vehicles/status.ts'
import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'
import { type GroundStation, openStation, STATION_OPTIONS, stationOptions } from './ground-station.ts'
import { lineOutput } from './output.ts'

export const STATUS_HELP = `usage: mavlink status [--json] [--seconds S] [--listen HOST:PORT] [--vehicle N]

A table of the vehicles on a port, once a second, until it is ended (Ctrl-C) or for S seconds.

  --json              one line per vehicle and second: everything that is known of it
  --seconds S         ends after that time; exit 1 where no vehicle was heard
  --listen HOST:PORT  where vehicles report to (default 0.0.0.0:14550)
  --vehicle N         only that system id
`
const COLUMNS = [3, 11, 13, 16, 9, 11, 22, 8, 6, 6, 9] as const
const HEAD = ['id', 'autopilot', 'vehicle', 'mode', 'armed', 'state', 'position', 'height', 'batt', 'sats', 'link']

/** Runs `status`. */
export async function status(args: readonly string[], ports: CliPorts): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...STATION_OPTIONS, json: { type: 'boolean' }, seconds: { type: 'string' } },
    allowPositionals: true,
  })
  if (positionals.length > 0) throw new BadInput(`ARGUMENT: must be an option, not ${positionals[0]}`)
  const seconds = values.seconds === undefined ? Infinity : Number(values.seconds)
  if (!(seconds > 0)) throw new BadInput(`--seconds: must be a number above 0, not ${values.seconds}`)
  const options = stationOptions(values)
  const station = await openStation(options)
  const out = lineOutput(ports.stdout)
  let heard = false
  let wanted = true
  try {
    for (let s = 0; s < seconds && wanted && ports.signal?.aborted !== true; s++) {
      await pause(1000, ports.signal)
      const rows = statusRows(station).filter(
        ({ systemId }) => options.vehicle === null || systemId === options.vehicle,
      )
      heard ||= rows.length > 0
      const lines = values.json === true ? rows.map((row) => JSON.stringify(row)) : table(rows)
      for (const text of lines) wanted = await out.line(text)
      await out.end()
    }
  } finally {
    await station.close()
  }
  if (!heard) throw new Error(`no vehicle heard on ${station.local}`)
}

const table = (rows: readonly DroneStatus[]): string[] =>
  rows.length === 0 ? [] : [line(HEAD), ...rows.map((row) => line(cells(row)))]

function statusRows({ fleet, network }: GroundStation): DroneStatus[] {
  const members = fleet.members().sort((a, b) => a.session.systemId - b.session.systemId)
  return members.map(({ droneId, session, duplicateId }) =>
    statusOf(
      session.vehicle(),
      {
        droneId,
        duplicateId,
        remote: network.remoteOf(session.peer()),
        lossShare: session.lossShare(),
        footprint: null,
        plan: { state: 'unknown', planId: null },
      },
      systemClock.nowMs(),
    ),
  )
}

/** Unknown is a question mark, never a zero. */
function cells(status: DroneStatus): string[] {
  const { position, battery, link, mode, armed, landed, gps } = status
  const [lng, lat] = position?.lngLat ?? []
  const share = battery?.remainingShare ?? null
  const heightM = position?.heightAboveTakeoffM ?? null
  return [
    `${status.systemId}${status.duplicateId ? '!' : ''}`,
    status.autopilot,
    status.vehicle,
    mode?.name ?? '?',
    armed === null ? '?' : armed ? 'armed' : 'disarmed',
    landed ?? '?',
    lng === undefined || lat === undefined ? '?' : `${lat.toFixed(5)},${lng.toFixed(5)}`,
    heightM === null ? '?' : `${Math.round(heightM) || 0} m`,
    share === null ? '?' : `${Math.round(share * 100)}%`,
    gps?.satellites === undefined || gps.satellites === null ? '?' : String(gps.satellites),
    link.state,
  ]
}

const line = (row: readonly string[]): string =>
  row
    .map((cell, i) => cell.slice(0, COLUMNS[i]).padEnd(COLUMNS[i] ?? 0))
    .join(' ')
    .trimEnd()

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
