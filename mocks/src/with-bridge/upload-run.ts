import { putPlan } from '@skerry/mavlink-bridge/exchanges'
import {
  compareMissions,
  createRandom,
  FakeClock,
  lossyPort,
  type Losses,
  type MissionItem,
  toMission,
} from '@skerry/mavlink-bridge/testing'
import type { AutopilotName } from '../vehicle/modes.ts'
import type { PlanItem } from '../vehicle/plans/plan-item.ts'
import { planVehicle } from './plan-vehicle.ts'

export interface UploadRun {
  readonly seed: number
  readonly autopilot: AutopilotName
  readonly losses: Losses
  readonly items: number
  readonly path: 'codec' | 'memory'
}
export interface UploadResult {
  /** What the bridge says in the end. */
  readonly said: 'confirmed' | 'failed'
  /** Reason code of a failure. */
  readonly code: string | null
  /** What a console would show of the plan in the vehicle. */
  readonly shown: 'new' | 'old' | 'unknown'
  /** What the vehicle really holds. */
  readonly holds: 'new' | 'old' | 'neither'
  /** Simulated time that it took, ms. */
  readonly tookMs: number
}
/** A figure shown is wrong when it names a plan that the vehicle does not hold. */
export const isLie = ({ shown, holds }: UploadResult): boolean => shown !== 'unknown' && shown !== holds

const EXPIRES_MS = 900_000
const HOME = { lngLat: [122.1, 30] as [number, number], altAmslM: 12 }

/** A plan of so many items on the wire, from a seed: no two seeds have the same one. */
export function missionOf(items: number, seed: number, autopilot: AutopilotName): readonly MissionItem[] {
  const random = createRandom(seed)
  const places = items - (autopilot === 'ardupilot' ? 3 : 2)
  const steps = Array.from({ length: places }, () => ({
    do: 'fly-to' as const,
    position: [122.1 + random.next() * 0.05, 30 + random.next() * 0.05] as [number, number],
    heightM: 40 + Math.floor(random.next() * 4000) / 100,
  }))
  const mission = toMission({ steps: [{ do: 'takeoff', heightM: 40 }, ...steps, { do: 'return' }] }, autopilot, HOME)
  if (!mission.ok) throw new Error(mission.error.kind)
  return mission.value
}

/** Stored items as the bridge would read them. */
export const asRead = (items: readonly PlanItem[]): MissionItem[] =>
  items.map(({ command, frame, params: [param1, param2, param3, param4], x, y, z }, seq) => {
    return { seq, command, frame, param1, param2, param3, param4, x, y, z, current: 0, autocontinue: 1 }
  })

/** One upload over a bad link, from a seed; the vehicle holds an older plan of another length before. */
export async function uploadRun({ seed, autopilot, losses, items, path }: UploadRun): Promise<UploadResult> {
  const clock = new FakeClock()
  const startMs = clock.nowMs()
  const link = lossyPort(clock, createRandom(seed).next, losses, { path })
  const vehicle = planVehicle(autopilot, clock, link)
  const older = missionOf(Math.max(4, items - 7 + (seed % 15)), seed + 1_000_000, autopilot)
  const stored = older.map(({ command, frame, param1, param2, param3, param4, x, y, z }): PlanItem => {
    return { command, frame, params: [param1, param2, param3, param4], x, y, z }
  })
  vehicle.hold({ plans: { 0: stored, 1: [], 2: [] } })
  const newer = missionOf(items, seed, autopilot)
  const policy = { dialect: autopilot, rttMs: losses.rttMs, expiresAtMs: startMs + EXPIRES_MS }
  let outcome: Awaited<ReturnType<typeof putPlan>> | null = null
  void putPlan(newer, policy, { port: link.port, clock, comp: 1 }, () => undefined).then((end) => (outcome = end))
  await clock.advanceUntil(() => outcome !== null, 10 * EXPIRES_MS)
  const tookMs = clock.nowMs() - startMs
  // What is still on its way may change the vehicle after the word was given.
  await clock.advance(20_000)
  vehicle.stop()
  const end = outcome as Awaited<ReturnType<typeof putPlan>> | null
  if (end === null) throw new Error(`seed ${seed}: the upload never ended`)
  const read = asRead(vehicle.transfer().plans[0])
  const is = (plan: readonly MissionItem[]): boolean => compareMissions(plan, read, autopilot).length === 0
  return {
    said: end.ok ? 'confirmed' : 'failed',
    code: end.ok ? null : end.error.code,
    shown: end.ok ? 'new' : end.error.planUnknown ? 'unknown' : 'old',
    holds: is(newer) ? 'new' : is(older) ? 'old' : 'neither',
    tookMs,
  }
}

const RTTS_MS = [50, 100, 200, 400, 800] as const
const LOST = [0.1, 0.2, 0.3] as const
/** The runs of the figure: both autopilots, three losses and five round trips in turns; every tenth over the codec. */
export function figureRun(seed: number): UploadRun {
  const autopilot = seed % 2 === 0 ? 'ardupilot' : 'px4'
  const lost = LOST[Math.floor(seed / 2) % 3]!
  const rttMs = RTTS_MS[Math.floor(seed / 6) % 5]!
  const losses = { lost, doubled: 0.05, late: 0.05, rttMs }
  return { seed, autopilot, losses, items: 100, path: seed % 10 === 7 ? 'codec' : 'memory' }
}
