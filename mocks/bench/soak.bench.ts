import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Plan } from '@skerry/contract'
import { FakeClock } from '@skerry/mavlink-bridge/testing'
import { moved } from '../src/base/flat.ts'
import { TEST_HOME } from '../src/vehicle/bench-rig.ts'
import { type Held, heldAtRest } from '../src/with-bridge/held.ts'
import { lift, simFleet } from '../src/with-bridge/sim-fleet.ts'

const VEHICLES = 20
/** A simulated day; a shorter one for a look: SOAK_HOURS. */
const HOURS = Number(process.env['SOAK_HOURS'] ?? 24)
/** What the heap may be at the end, as a multiple of what it was after two hours. */
const LIMIT = 1.05
/** Between the two looks at what is held the heap of one is measured. */
const FIRST_LOOK_H = Math.min(2, HOURS / 2)

interface Look {
  readonly hour: number
  readonly heapBytes: number
}
interface Soaked {
  readonly looks: readonly Look[]
  /** What the bridge holds while nothing is under way: after the warm-up and at the end, every vehicle on the air. */
  readonly held: readonly [first: Held, last: Held]
  /** Timers that are left when everything has come to its end. */
  readonly left: number
}

/**
 * Twenty vehicles of both kinds behind the whole bridge for a day of simulated time: telemetry, losses, an upload and a
 * return of each in turns, vehicles that fall silent and come back, autopilots that restart.
 */
async function soak(): Promise<Soaked> {
  const clock = new FakeClock()
  const sim = simFleet({
    clock,
    count: VEHICLES,
    losses: { lost: 0.05, doubled: 0.02, late: 0.02, rttMs: 120 },
    seed: 1,
    tickMs: 1000,
    lets: (_, said) => said.comp === 1,
  })
  const plan: Plan = {
    steps: [
      { do: 'takeoff', heightM: 30 },
      { do: 'fly-to', position: moved(TEST_HOME, 0, 90) as [number, number], heightM: 30 },
      { do: 'return' },
    ],
  }
  const looks: Look[] = []
  async function rest(): Promise<Held> {
    for (const vehicle of sim.vehicles) vehicle.silent = false
    return heldAtRest(clock, sim)
  }
  let first: Held | null = null
  let n = 0
  for (let minute = 0; minute < HOURS * 60; minute++) {
    const vehicle = sim.vehicles[minute % VEHICLES]!
    const member = sim.fleet.members().find(({ session }) => session.systemId === vehicle.systemId)
    const nowMs = clock.nowMs()
    if (member !== undefined) {
      const common = { commandId: `c${n++}`, droneId: member.droneId, leaseToken: 'lease', expiresAtMs: nowMs + 60_000 }
      const turn = Math.floor(minute / VEHICLES) % 5
      if (turn === 0) sim.desk.upload({ ...common, plan })
      else if (turn === 1) lift(vehicle, nowMs)
      else if (turn === 2) sim.desk.order({ ...common, order: 'return', takeoffHeightM: null })
      else if (turn === 3) vehicle.silent = true
      else if (turn === 4) vehicle.silent = false
    }
    await clock.advance(60_000)
    if (minute + 1 === Math.round(FIRST_LOOK_H * 60)) first = await rest()
    if ((minute + 1) % 60 !== 0) continue
    globalThis.gc?.()
    looks.push({ hour: (minute + 1) / 60, heapBytes: process.memoryUsage().heapUsed })
    process.stderr.write(`  hour ${(minute + 1) / 60}: ${(looks.at(-1)!.heapBytes / 1e6).toFixed(1)} MB\n`)
  }
  const last = await rest()
  // With nobody speaking and every exchange run out, no timer may be left.
  sim.close()
  await clock.advance(600_000)
  return { looks, held: [first ?? last, last], left: clock.waiting }
}

function soakApart(): Promise<Soaked> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['soak'], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    })
    child.once('message', (soaked) => resolve(soaked as Soaked))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the soak ended with code ${code}`)))
  })
}

export async function run() {
  const { looks, held, left } = await soakApart()
  const first = looks.find(({ hour }) => hour === 2) ?? looks[0]!
  const last = looks.at(-1)!
  if (left > 0) throw new Error(`${left} timers are left when nothing is under way`)
  const [heldFirst, heldLast] = held
  for (const what of ['timers', 'listeners'] as const)
    if (heldLast[what] > heldFirst[what])
      throw new Error(`${what} grow: ${heldFirst[what]} at ${FIRST_LOOK_H} h, ${heldLast[what]} at ${last.hour} h`)
  const row = (what: keyof Held) => ({
    name: `${what} held at rest after ${last.hour} h, of those at ${FIRST_LOOK_H} h`,
    baseline: `at ${FIRST_LOOK_H} h`,
    ratio: heldFirst[what] === heldLast[what] ? 1 : heldFirst[what] / heldLast[what],
    unit: 'held',
    ours: heldLast[what],
    theirs: heldFirst[what],
  })
  const growth = last.heapBytes / first.heapBytes
  return [
    {
      name: `heap after ${last.hour} h with ${VEHICLES} vehicles, of that at ${first.hour} h (timers left at the end: ${left})`,
      baseline: 'allowed',
      ratio: LIMIT / growth,
      unit: 'times',
      ours: growth,
      theirs: LIMIT,
    },
    row('timers'),
    row('listeners'),
    row('handles'),
  ]
}

if (import.meta.main) {
  if (process.argv.includes('soak')) process.send?.(await soak())
  else console.table(await run())
}
