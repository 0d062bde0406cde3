import type {
  Actor,
  Calibration,
  Candidate,
  DetectorRates,
  DomainEvent,
  LngLat,
  Reading,
  Search,
  ThermalNotice,
} from '@skerry/contract'
import { createTriage, DEFAULT_TRIAGE_POLICY, type Triage, type Candidate as TriageCandidate } from '@skerry/search'
import { raiseAlarm } from '../domain/alarms/rules.ts'
import { distanceM } from '../domain/geo.ts'
import { sameJson } from '../domain/same-json.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { DronesPort } from '../domain/context.ts'
import type { Picture } from '../picture/picture.ts'
import { candidateNear, figuresOf, saysMore, type Earlier } from './candidate-merge.ts'
import { detectorRates } from './detector-rates.ts'
import { createFlightClock } from './flight-clock.ts'
import { createFrameContrast, type FrameContrast } from './frame-contrast.ts'
import { sensorGround } from './sensor-cover.ts'
import { taskAt } from './sweep-recorder.ts'
import { heightOf } from './height-of.ts'

/** Candidates and readings are told this often. */
const FLUSH_MS = 1000
/** Readings kept per search, newest last. */
const READINGS_KEPT = 1000
/** An ordinary reading is shown at most this often per drone, so that one sees that readings come, milliseconds. */
const ORDINARY_MS = 1000
/** Robust deviations from which every reading is shown. */
const UNUSUAL_SD = 3
const LEAST_HEIGHT_M = 5
/** No detector is so good that one pass without a sight rules a place out. */
const MOST_RECALL = 0.95

/** Thermal readings of one search, and what the triage makes of them in this run of the server. */
interface Desk {
  triage: Triage
  readings: Reading[]
  fresh: Reading[]
  contrast: Map<string, FrameContrast>
  lastOrdinaryMs: Map<string, number>
  /** By the triage's key: which candidate it is, what that had before, tasks on which it was seen. */
  known: Map<string, Known>
  changed: Map<string, { found: TriageCandidate; reading: Reading; detector: DetectorRates }>
}

/** What is kept of one place of the triage. Times are of the clock; `lastFlownMs` is the triage's own. */
interface Known {
  id: string | null
  earlier: Earlier | null
  tasks: Set<string>
  firstAtMs: number
  lastAtMs: number
  lastFlownMs: number
}

/** Turns thermal readings into candidates. Every frame has a hottest point; only what several looks agree on is one. */
export interface CandidateRecorder {
  take(notices: readonly ThermalNotice[]): void
  readings(searchId: string): Reading[]
  /** Called with new readings of a search, about once a second. Returns its own undo. */
  onReadings(listener: (searchId: string, readings: Reading[]) => void): () => void
  flush(): Promise<void>
  stop(): void
}

export function startCandidateRecorder(options: {
  engine: Engine
  maps: { calibrations(): readonly Calibration[] }
  drones: Pick<DronesPort, 'get'>
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}): CandidateRecorder {
  const { engine, maps, drones, clock, newId, onFault } = options
  const actor: Actor = { kind: 'system', part: 'triage' }
  const desks = new Map<string, Desk>()
  const flightMs = createFlightClock()
  const listeners = new Set<(searchId: string, readings: Reading[]) => void>()

  const deskOf = (searchId: string): Desk => {
    let desk = desks.get(searchId)
    if (!desk) {
      const before = standing(engine.picture, searchId)
      desk = {
        triage: createTriage(
          DEFAULT_TRIAGE_POLICY,
          before.map(({ id, position, errorRadiusM, maxC, lastSeenAtMs: lastSeenMs }) => ({
            key: id,
            position,
            errorRadiusM,
            maxC,
            lastSeenMs,
          })),
        ),
        readings: [],
        fresh: [],
        contrast: new Map(),
        lastOrdinaryMs: new Map(),
        known: new Map(before.map((candidate) => [candidate.id, resumed(candidate)])),
        changed: new Map(),
      }
      desks.set(searchId, desk)
    }
    return desk
  }

  const ratesFor = (search: Search, look: DetectorRates['look']): DetectorRates =>
    detectorRates(drones.get(look.droneId), sensorGround(search), look, maps.calibrations())

  function look(notice: ThermalNotice): void {
    const { droneId, atMs, hot, maxC, minC, corners, attitudeFrom } = notice
    const heightM = heightOf(notice)
    if (!hot || heightM < LEAST_HEIGHT_M || !(hot.errorRadiusM > 0)) return
    const task = taskAt(engine.picture, droneId, atMs)
    const search = task && engine.picture.search.get(task.searchId)
    if (!task || search?.state !== 'open') return
    const detector = ratesFor(search, {
      droneId,
      heightM: Math.round(heightM),
      speedMps: Math.round(Math.max(0, notice.groundSpeedMps)),
    })
    const desk = deskOf(search.id)
    const contrast = desk.contrast.get(droneId) ?? createFrameContrast()
    desk.contrast.set(droneId, contrast)
    const { position, errorRadiusM } = hot
    const reading: Reading = {
      atMs,
      droneId,
      position,
      errorRadiusM,
      maxC,
      contrastSd: contrast.add(maxC),
      ...(attitudeFrom === undefined ? {} : { attitudeFrom }),
    }
    show(desk, reading)
    const flownAtMs = flightMs(notice)
    const changed = desk.triage.add({
      atMs: flownAtMs,
      droneId,
      position,
      errorRadiusM,
      maxC,
      contrastC: maxC - minC, // the extremes are all that the camera tells
      recall: Math.min(MOST_RECALL, detector.recall),
      footprint: corners ?? undefined,
    })
    for (const found of changed) {
      const entry = desk.known.get(found.key) ?? {
        id: null,
        earlier: null,
        tasks: new Set<string>(),
        firstAtMs: firstNear(desk.readings, found) ?? atMs,
        lastAtMs: atMs,
        lastFlownMs: found.lastSeenMs,
      }
      entry.tasks.add(task.id)
      // The triage counts in flown time; people are told the time of the clock.
      if (found.lastSeenMs !== entry.lastFlownMs)
        Object.assign(entry, { lastAtMs: atMs, lastFlownMs: found.lastSeenMs })
      desk.known.set(found.key, entry)
      const told = { ...found, firstSeenMs: entry.firstAtMs, lastSeenMs: entry.lastAtMs }
      desk.changed.set(found.key, { found: told, reading, detector })
    }
  }

  function show(desk: Desk, reading: Reading): void {
    const { droneId, atMs, contrastSd } = reading
    if (contrastSd < UNUSUAL_SD) {
      if (atMs - (desk.lastOrdinaryMs.get(droneId) ?? 0) < ORDINARY_MS) return
      desk.lastOrdinaryMs.set(droneId, atMs)
    }
    desk.readings.push(reading)
    if (desk.readings.length > READINGS_KEPT) desk.readings.shift()
    desk.fresh.push(reading)
  }

  /** What the changed places of a search mean for its candidates, against the newest picture. */
  function decide(picture: Picture, search: Search, desk: Desk, changed: Desk['changed']): DomainEvent[] {
    const events: DomainEvent[] = []
    let number = 0
    for (const { searchId, number: taken } of picture.candidate.values())
      if (searchId === search.id) number = Math.max(number, taken)
    for (const [key, { found, reading, detector }] of changed) {
      const entry = desk.known.get(key)!
      const near = entry.id === null ? candidateNear(picture, search.id, found) : null
      if (near && ![...desk.known.values()].some(({ id }) => id === near.id)) {
        entry.id = near.id
        entry.earlier = near
      } else if (near) entry.id = near.id
      const known = entry.id === null ? undefined : picture.candidate.get(entry.id)
      const figures = figuresOf(
        found,
        entry.earlier,
        strongestNear(desk.readings, found) ?? known ?? reading,
        entry.tasks.size,
      )
      if (known) {
        if (saysMore(known, figures)) {
          // Of the reading before, which may not be the strongest any more.
          const { attitudeFrom: _, ...before } = known
          events.push({ type: 'candidate.strengthened', candidate: { ...before, ...figures, detector }, reading })
        }
      } else if (found.standing) {
        const candidate: Candidate = {
          id: newId(),
          number: ++number,
          searchId: search.id,
          incidentId: search.incidentId,
          state: 'open',
          ...figures,
          taskId: null,
          unitId: null,
          reason: null,
          detector,
        }
        entry.id = candidate.id
        events.push(
          { type: 'candidate.raised', candidate },
          ...raiseAlarm(
            picture,
            { nowMs: clock.nowMs(), newId },
            {
              priority: 'warning',
              kind: 'candidate-raised',
              subject: { kind: 'candidate', id: candidate.id },
              incidentId: search.incidentId,
              detail: `#${candidate.number}`,
            },
          ),
        )
      }
    }
    return events
  }

  async function flush(): Promise<void> {
    for (const [searchId, desk] of desks) {
      if (desk.fresh.length > 0) {
        const fresh = desk.fresh
        desk.fresh = []
        for (const listener of listeners) listener(searchId, fresh)
      }
      if (desk.changed.size === 0) continue
      const changed = desk.changed
      desk.changed = new Map()
      await engine
        .record(actor, (picture) => {
          const search = picture.search.get(searchId)
          return search?.state === 'open' ? decide(picture, search, desk, changed) : []
        })
        .catch(onFault)
    }
  }

  /** An exercise was measured, or no longer holds: candidates that still count are weighed by what is known now. */
  const stopUpdates = engine.onUpdate((_update, { type }) => {
    if (type !== 'calibration.finished' && type !== 'calibration.withdrawn') return
    engine
      .record(actor, (picture) =>
        [...picture.candidate.values()].flatMap((candidate): DomainEvent[] => {
          const search = picture.search.get(candidate.searchId)
          if (search?.state !== 'open' || !candidate.detector) return []
          const detector = ratesFor(search, candidate.detector.look)
          return sameJson(detector, candidate.detector)
            ? []
            : [{ type: 'candidate.rated', candidateId: candidate.id, detector }]
        }),
      )
      .catch(onFault)
  })

  let stopTick = clock.after(FLUSH_MS, tick)
  function tick(): void {
    stopTick = clock.after(FLUSH_MS, tick)
    void flush()
  }

  return {
    take(notices) {
      for (const notice of notices) look(notice)
    },
    readings: (searchId) => desks.get(searchId)?.readings.slice() ?? [],
    onReadings(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    flush,
    stop() {
      stopUpdates()
      stopTick()
    },
  }
}

/** Candidates of a search that nobody has judged to be nothing, in the order of their numbers. */
const standing = (picture: Picture, searchId: string): Candidate[] =>
  [...picture.candidate.values()]
    .filter((one) => one.searchId === searchId && one.state !== 'dismissed' && one.state !== 'nothing-there')
    .sort((a, b) => a.number - b.number)

const resumed = (candidate: Candidate): Known => ({
  id: candidate.id,
  earlier: candidate,
  tasks: new Set(),
  firstAtMs: candidate.firstSeenAtMs,
  lastAtMs: candidate.lastSeenAtMs,
  lastFlownMs: candidate.lastSeenAtMs,
})

/** The reading at the place that stands out most: the one a person will want to see. */
function strongestNear(readings: readonly Reading[], found: TriageCandidate): Reading | null {
  return readingsNear(readings, found).reduce<Reading | null>(
    (strongest, reading) => (strongest && strongest.contrastSd >= reading.contrastSd ? strongest : reading),
    null,
  )
}

/** When the place first stood out, as far as the readings go back. */
const firstNear = (readings: readonly Reading[], found: TriageCandidate): number | undefined =>
  readingsNear(readings, found).find(({ contrastSd }) => contrastSd >= UNUSUAL_SD)?.atMs

function readingsNear(readings: readonly Reading[], { position, errorRadiusM }: TriageCandidate): Reading[] {
  const place: LngLat = [position[0], position[1]]
  return readings.filter(
    (reading) => distanceM(place, reading.position) <= Math.hypot(errorRadiusM, reading.errorRadiusM),
  )
}
