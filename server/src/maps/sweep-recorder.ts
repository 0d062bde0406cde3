import type { Actor, DomainEvent, GroundCoverName, SweepLook, Task, ThermalNotice } from '@skerry/contract'
import type { View } from '@skerry/search'
import type { SensorCover } from '../domain/context.ts'
import { distanceM } from '../domain/geo.ts'
import type { DroneBoard } from '../flight/drone-board.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Picture } from '../picture/picture.ts'
import { ASSUMPTION_EVENTS, CANDIDATE_EVENTS, EFFORT_EVENTS } from './change-cause.ts'
import type { SearchMaps } from './search-maps.ts'
import { lookView } from './look-view.ts'
import { mapChanged } from './map-changed.ts'
import { median } from './median.ts'
import { heightOfSwathM, sensorCover, sensorGround, tiltWeight } from './sensor-cover.ts'
import { heightOf } from './height-of.ts'

/** Looks are journaled in batches: this often, or when so many wait. */
const FLUSH_MS = 2000
const FLUSH_LOOKS = 50
/** Looks nearer than this in time and in place to the one before add nothing to the coverage. */
const LOOK_MS = 400
const LOOK_M = 10
/** Below this height above take-off a camera sees grass, not a search area, metres. */
const LEAST_HEIGHT_M = 5
/** A task's start is journaled a moment after the drone left the ground, milliseconds. */
const START_SLACK_MS = 5000

/** A camera on a gimbal that was told to look straight down is never quite there, radians. */
const STRAIGHT_DOWN_RAD = (80 * Math.PI) / 180

/** What time alone changes, the chance to find the subject alive, is looked at so often. */
const RETOLD_MS = 10 * 60_000

/** What makes new figures of the map, besides ground that was seen: tasks to fly, assumptions, candidates. */
const TURNS: readonly DomainEvent['type'][] = [
  'search.tasks-cut',
  'task.uploaded',
  'task.flying',
  'task.done',
  'task.failed',
  'task.withdrawn',
  'task.handed-over',
  'search.conditions-set',
  ...ASSUMPTION_EVENTS,
  ...EFFORT_EVENTS,
  ...CANDIDATE_EVENTS,
]

interface Waiting {
  task: Task
  looks: SweepLook[]
  /** Of the view straight down from the same height. */
  swathSumM: number
  speedSumMps: number
  maxC: number[]
}

/** Turns views that bridges report into journaled sweeps, and the sweeps into new figures of the map. */
export interface SweepRecorder {
  take(notices: readonly ThermalNotice[]): void
  /** Journals what waits now; for an orderly stop. */
  flush(): Promise<void>
  stop(): void
}

export function startSweepRecorder(options: {
  engine: Engine
  maps: SearchMaps
  board: DroneBoard
  clock: Scheduler
  onFault: (error: unknown) => void
}): SweepRecorder {
  const { engine, maps, board, clock, onFault } = options
  const actor: Actor = { kind: 'system', part: 'maps' }
  const waiting = new Map<string, Waiting>()
  const lastKept = new Map<string, { atMs: number; position: ThermalNotice['position'] }>()
  let flushing: Promise<void> = Promise.resolve()

  function keep(notice: ThermalNotice): void {
    const { droneId, atMs, position, corners, swathM } = notice
    const heightM = heightOf(notice)
    if (!corners || swathM === null || !(swathM > 0) || heightM < LEAST_HEIGHT_M) return
    const task = taskAt(engine.picture, droneId, atMs)
    if (!task || engine.picture.search.get(task.searchId)?.state !== 'open') return
    const last = lastKept.get(droneId)
    if (last && atMs <= last.atMs) return
    if (last && atMs - last.atMs < LOOK_MS && distanceM(last.position, position) < LOOK_M) return
    lastKept.set(droneId, { atMs, position })
    let batch = waiting.get(droneId)
    if (batch && batch.task.id !== task.id) {
      void flush()
      batch = undefined
    }
    batch ??= { task, looks: [], swathSumM: 0, speedSumMps: 0, maxC: [] }
    const { view, depressionRad } = lookView(position, corners, heightM)
    const downM = swathM * Math.sin(depressionRad)
    batch.looks.push({ atMs, corners, position, ...tilt(task, droneId, view, downM, depressionRad) })
    batch.swathSumM += downM
    batch.speedSumMps += notice.groundSpeedMps
    batch.maxC.push(notice.maxC)
    waiting.set(droneId, batch)
  }

  /** What a look that is not straight down says beside its corners. */
  function tilt(task: Task, droneId: string, view: View, downM: number, depressionRad: number): Partial<SweepLook> {
    const search = engine.picture.search.get(task.searchId)
    if (!search || depressionRad > STRAIGHT_DOWN_RAD) return {}
    const status = board.get(droneId)
    const heightM = heightOfSwathM(status, downM)
    const weight = tiltWeight(status, { terrain: search.setup.terrain, heightM, depressionRad })
    return { view, weight, ...(maps.hasCovers(search.id) ? { depressionRad } : {}) }
  }

  function flush(): Promise<void> {
    const batches = [...waiting.entries()]
    waiting.clear()
    if (batches.length === 0) return flushing
    flushing = flushing.then(() => write(batches)).catch(onFault)
    return flushing
  }

  async function write(batches: readonly [string, Waiting][]): Promise<void> {
    await engine.record(actor, (picture) =>
      batches.flatMap(([droneId, batch]): DomainEvent[] => {
        const { task, looks } = batch
        const search = picture.search.get(task.searchId)
        if (search?.state !== 'open') return []
        const status = board.get(droneId)
        const swathM = batch.swathSumM / looks.length
        const { sweepWidthM, byCover } = sensorCover(
          status,
          {
            ...sensorGround(search),
            covers: maps.hasCovers(search.id),
            heightM: heightOfSwathM(status, swathM),
            speedMps: Math.max(0, batch.speedSumMps / looks.length),
            maxC: median(batch.maxC),
          },
          maps.calibrations(),
        )
        return [
          {
            type: 'search.swept',
            searchId: task.searchId,
            taskId: task.id,
            droneId,
            looks,
            sweepWidthM: Math.min(sweepWidthM, swathM),
            swathM,
            ...(byCover ? { sweepWidthsM: widthsOf(byCover, swathM) } : {}),
          },
        ]
      }),
    )
    await engine.record(actor, (picture) =>
      [...new Set(batches.map(([, { task }]) => task.searchId))].flatMap((searchId) => {
        const search = picture.search.get(searchId)
        return search ? mapChanged(maps, search, picture, clock.nowMs()) : []
      }),
    )
  }

  const tellOpen = (): void => {
    engine
      .record(actor, (picture) =>
        [...picture.search.values()].flatMap((search) =>
          search.state === 'open' ? mapChanged(maps, search, picture, clock.nowMs()) : [],
        ),
      )
      .catch(onFault)
  }
  // A server that was killed between a sweep and its figures left figures of the moment before.
  tellOpen()

  const stopUpdates = engine.onUpdate((_update, event) => {
    if (!TURNS.includes(event.type)) return
    const searchId = searchOf(event, engine.picture)
    if (searchId === undefined) return
    engine
      .record(actor, (picture) => {
        const search = picture.search.get(searchId)
        return search?.state === 'open' ? mapChanged(maps, search, picture, clock.nowMs()) : []
      })
      .catch(onFault)
  })

  let stopTick = clock.after(FLUSH_MS, tick)
  let toldMs = clock.nowMs()
  function tick(): void {
    stopTick = clock.after(FLUSH_MS, tick)
    void flush()
    if (clock.nowMs() - toldMs < RETOLD_MS) return
    toldMs = clock.nowMs()
    tellOpen()
  }

  return {
    take(notices) {
      for (const notice of notices) keep(notice)
      if ([...waiting.values()].some(({ looks }) => looks.length >= FLUSH_LOOKS)) void flush()
    },
    flush,
    stop() {
      stopUpdates()
      stopTick()
    },
  }
}

const widthsOf = (byCover: NonNullable<SensorCover['byCover']>, swathM: number): Record<GroundCoverName, number> => {
  const widthM = (cover: GroundCoverName): number => Math.min(byCover[cover].sweepWidthM, swathM)
  return {
    open: widthM('open'),
    'shore-rocks': widthM('shore-rocks'),
    scrub: widthM('scrub'),
    broadleaf: widthM('broadleaf'),
    evergreen: widthM('evergreen'),
    water: widthM('water'),
  }
}

function searchOf(event: DomainEvent, picture: Picture): string | undefined {
  if ('searchId' in event) return event.searchId
  if ('candidate' in event) return event.candidate.searchId
  if ('candidateId' in event && event.candidateId !== null) return picture.candidate.get(event.candidateId)?.searchId
  return 'taskId' in event ? picture.task.get(event.taskId)?.searchId : undefined
}

/** The task that a drone was on at a moment, also when the report of it comes late. */
export function taskAt(picture: Picture, droneId: string, atMs: number): Task | null {
  let found: Task | null = null
  for (const task of picture.task.values()) {
    if (task.droneId !== droneId || task.startedAtMs === null || atMs < task.startedAtMs - START_SLACK_MS) continue
    if (task.endedAtMs !== null && atMs > task.endedAtMs) continue
    if (!found || task.startedAtMs > found.startedAtMs!) found = task
  }
  return found
}
