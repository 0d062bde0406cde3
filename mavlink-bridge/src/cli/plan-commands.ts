import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { putPlan, readPlan } from '../exchanges/put-plan.ts'
import { notKept } from '../plan/compare.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import { planId } from '../plan/plan-id.ts'
import { storageOf } from '../plan/storage.ts'
import { toMission } from '../plan/to-mission.ts'
import { followsPlan } from '../vehicles/follows-plan.ts'
import type { Session } from '../vehicles/session.ts'
import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'
import { STATION_HELP, STATION_OPTIONS, stationOptions, waitFor, withVehicle } from './ground-station.ts'
import { openInput } from './open-input.ts'
import { missionOfFile, planFileOf, type PlanFile, readPlanFile } from './plan-file.ts'

export const UPLOAD_HELP = `usage: mavlink upload PLAN [--vehicle N] [--listen HOST:PORT] [--wait S]

Uploads a plan, reads it back and compares every item: only then it is done. Never starts a flight.
PLAN  a .plan of QGroundControl (plans only: a fence or rally points in it are refused), or
      {"steps":[{"do":"takeoff","heightM":60},{"do":"fly-to","position":[lng,lat],"heightM":60},...]};
      - is standard input

${STATION_HELP}
Prints {"planId","items","verified":true}; on standard error what the autopilot has no room for. A vehicle that flies or drives its plan now is refused.
An item that stops the flight (autoContinue false) is refused on ArduPilot, which would fly on. An empty place or height
is refused where it would be flown to as 0; ArduPilot takes off, lands and loiters without a place where it is.
Ctrl-C takes the upload back: the vehicle is told.
`
export const DOWNLOAD_HELP = `usage: mavlink download [--out FILE] [--vehicle N] [--listen HOST:PORT] [--wait S]

Reads the plan out of a vehicle, as a .plan that QGroundControl opens, to standard output or FILE.

${STATION_HELP}`

const EXPIRES_MS = 15 * 60_000
const HOME_WAIT_MS = 8000

/** Runs `upload`. */
export async function upload(args: readonly string[], ports: CliPorts): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options: STATION_OPTIONS, allowPositionals: true })
  const [file, ...more] = positionals
  if (file === undefined) throw new BadInput('PLAN: missing, must be a plan file')
  if (more.length > 0) throw new BadInput(`PLAN: must be one file, not ${positionals.length}`)
  const options = stationOptions(values)
  const plan = readPlanFile(await textOf(openInput(file, ports)))
  await withVehicle(options, async (session) => {
    const items = await itemsFor(plan, session)
    const vehicle = session.vehicle()
    if (followsPlan(vehicle, systemClock.nowMs()))
      throw new Error(`vehicle ${session.systemId} is following its plan: let it hold first`)
    let said = ''
    const put = await putPlan(
      items,
      {
        dialect: vehicle.autopilot,
        storage: storageOf(vehicle),
        rttMs: session.desk.rttMs(),
        expiresAtMs: systemClock.nowMs() + EXPIRES_MS,
      },
      {
        port: session.port,
        clock: systemClock,
        comp: vehicle.autopilotComp,
        ...(ports.signal === undefined ? {} : { signal: ports.signal }),
      },
      ({ phase }) => {
        if (phase !== said)
          ports.stderr.write(`${phase === 'sending' ? `sending ${items.length} items` : 'reading back'}\n`)
        said = phase
      },
    )
    if (!put.ok) {
      const { code, detail, planUnknown } = put.error
      throw new Error(
        `not uploaded: ${code}${detail === '' ? '' : ` (${detail})`}${planUnknown ? '; the plan in the vehicle is now unknown' : ''}`,
      )
    }
    for (const { seq, what } of notKept(items, put.value.items, storageOf(vehicle)))
      ports.stderr.write(`not kept by the autopilot: #${seq} ${what}\n`)
    const id = planId(items, vehicle.autopilot)
    ports.stdout.write(`${JSON.stringify({ planId: id, items: put.value.items.length, verified: true })}\n`)
  })
}

/** Runs `download`. */
export async function download(args: readonly string[], ports: CliPorts): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...STATION_OPTIONS, out: { type: 'string' } },
    allowPositionals: true,
  })
  if (positionals.length > 0) throw new BadInput(`ARGUMENT: must be an option, not ${positionals[0]}`)
  await withVehicle(stationOptions(values), async (session) => {
    const { autopilot, autopilotComp, mavType } = session.vehicle()
    const read = await readPlan(session.desk.rttMs(), { port: session.port, clock: systemClock, comp: autopilotComp })
    if (!read.ok)
      throw new Error(`not read: ${read.error.code}${read.error.detail === '' ? '' : ` (${read.error.detail})`}`)
    const text = `${JSON.stringify(planFileOf(read.value.items, autopilot, mavType), null, 2)}\n`
    if (values.out === undefined) ports.stdout.write(text)
    else writeFileSync(outputPath(values.out, ports), text)
  })
}

async function itemsFor(plan: PlanFile, session: Session): Promise<readonly MissionItem[]> {
  if (plan.kind === 'items') return missionOfFile(plan, session.vehicle().autopilot)
  await waitFor(() => session.vehicle().home !== null, systemClock.nowMs() + HOME_WAIT_MS)
  const { autopilot, home } = session.vehicle()
  const mission = toMission(plan.plan, autopilot, home)
  if (!mission.ok) throw new Error(`no plan for this vehicle: ${mission.error.kind}`)
  return mission.value
}

/** npm changes to the package's own folder: a file is meant from where the command was given. */
export const outputPath = (file: string, { directories }: CliPorts): string =>
  path.resolve(directories.at(-1) ?? '.', file)

export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString('utf8')
}
