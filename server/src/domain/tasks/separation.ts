import type { LngLat, Task } from '@skerry/contract'
import {
  flightIntent,
  type FlightIntent,
  HEIGHT_CEILING_M,
  heightLayers,
  intentConflicts,
  type LevelFlight,
  localFrame,
  startDelayMs,
} from '@skerry/search'

/** Between the layers of two drones whose ways may meet (search science 4.4: 15 to 20 m), metres. */
export const SPACING_M = 20
/** Every height, where only the ground matters, metres. */
const ANY_HEIGHT_M = 1e6
/** Waits are told in steps that a person can keep. */
const STEP_MS = 15_000
const MOST_WAIT_MS = 1_800_000

/** A flight that is to be kept apart from others. Heights above the highest ground of its search. */
export interface SeparateTask extends Pick<Task, 'id' | 'droneId' | 'path' | 'clearanceM' | 'speedMps'> {
  home: LngLat
  /** Its height and start are agreed already: others make way for it. */
  agreed: boolean
}

export interface Separated {
  clearanceM: number
  /** 1 is the lowest; the height that was asked for. */
  layer: number
  /** Seconds after the first take-off; null: no wait up to half an hour helps, it starts when the others are down. */
  startAfterS: number | null
}

/**
 * Keeps own drones apart that fly at the same time. Tasks whose ways never come near each other keep the height that was
 * asked for; others get layers upwards from it, 20 m apart, in which they also fly out and back, never above the ceiling.
 * Who finds no free layer, or climbs and lands where others do, starts later.
 * @param ceilingM highest clearance that is allowed, at least that of every task
 * @returns for each task that is not agreed yet, in the order given
 */
export function separate(tasks: readonly SeparateTask[], ceilingM: number): Map<string, Separated> {
  const first = tasks[0]
  if (!first) return new Map()
  const frame = localFrame(first.home)
  const toLocal = (point: readonly number[]): readonly number[] => frame.toLocal(point)
  const floorM = Math.min(...tasks.filter(({ agreed }) => !agreed).map(({ clearanceM }) => clearanceM))
  if (!Number.isFinite(floorM)) return new Map()

  // Whether ways meet at all, at any time and height.
  const flat = tasks.map((task) =>
    flightIntent(levelFlight(task), 0, toLocal, { timeMs: Infinity, heightM: ANY_HEIGHT_M }),
  )
  const meeting = new Map(tasks.map(({ id }) => [id, new Set<string>()]))
  for (const { a, b } of intentConflicts(flat)) {
    meeting.get(a)!.add(b)
    meeting.get(b)!.add(a)
  }
  const { heightM } = heightLayers(
    tasks.map(({ id, clearanceM, agreed }) => ({
      id,
      wishM: clearanceM,
      meets: [...meeting.get(id)!],
      ...(agreed ? { fixedM: clearanceM } : {}),
    })),
    { floorM, ceilingM: Math.max(floorM, ceilingM), spacingM: SPACING_M, transitLayer: false },
  )

  const result = new Map<string, Separated>()
  const before: FlightIntent[] = []
  for (const task of [...tasks.filter(({ agreed }) => agreed), ...tasks.filter(({ agreed }) => !agreed)]) {
    const clearanceM = heightM.get(task.id) ?? floorM
    const intent = flightIntent(levelFlight({ ...task, clearanceM }), 0, toLocal)
    if (task.agreed) {
      before.push(intent)
      continue
    }
    const others = before.filter(({ id }) => meeting.get(task.id)!.has(id))
    const waitMs = startDelayMs(intent, others, { stepMs: STEP_MS, maxMs: MOST_WAIT_MS })
    result.set(task.id, {
      clearanceM,
      layer: 1 + Math.round((clearanceM - floorM) / SPACING_M),
      startAfterS: waitMs === null ? null : waitMs / 1000,
    })
    if (waitMs !== null) before.push(flightIntent(levelFlight({ ...task, clearanceM }), waitMs, toLocal))
  }
  return result
}

/**
 * Highest clearance for which tasks over this ground need no approval for their height; where even the lowest needs one,
 * the ceiling above the ground itself. With the ground unknown nothing is offered before it is known, and layers are
 * given anew then.
 */
export function ceilingOver(highestGroundAmslM: number | null, floorM: number): number {
  const legalM = HEIGHT_CEILING_M - (highestGroundAmslM ?? 0)
  return legalM >= floorM ? legalM : Math.max(floorM, HEIGHT_CEILING_M)
}

/** Heights from the highest ground, down to which every home counts. */
const levelFlight = ({ id, droneId, path, clearanceM, speedMps, home }: SeparateTask): LevelFlight => ({
  id,
  droneId,
  home,
  path,
  groundM: 0,
  levelM: clearanceM,
  speedMps,
})
