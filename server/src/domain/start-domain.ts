import { createAlarmLedger, type AlarmLedger } from '../alarms/measures.ts'
import { createOverdueWatch, type OverdueWatch } from '../alarms/overdue.ts'
import { BOUNDS } from '@skerry/basemap'
import type { GridFrame, JournalEntry, Reading } from '@skerry/contract'
import type { Server } from 'socket.io'
import { attachBridgeGate, type BridgeGate } from '../bridge-gate/bridge-gate.ts'
import { createContactBook, type ContactBook } from '../consignments/contact-book.ts'
import type { DecideContext, PastPort, TracksPort } from './context.ts'
import type { StaffPort } from './rooms/advisers.ts'
import { createEngine } from '../engine/create-engine.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { createBridges } from '../flight/bridges.ts'
import { startConflictWatch } from '../flight/conflict-watch.ts'
import { createDroneBoard, type DroneBoard } from '../flight/drone-board.ts'
import { followDrones, type DroneMover, type DroneTrackPoint } from '../flight/drone-motion.ts'
import { startFlight } from '../flight/flight.ts'
import { createParamsBoard, type ParamsBoard } from '../flight/params-board.ts'
import { startUpkeep } from '../flight/upkeep.ts'
import { createLeases } from '../flight/leases.ts'
import { createUploads } from '../flight/uploads.ts'
import type { Journal } from '../journal/journal.ts'
import { NO_GROUND, type GroundSource } from '../ground/ground-source.ts'
import { startCandidateRecorder } from '../maps/candidate-recorder.ts'
import { withinArea, type LandSource } from '../maps/land-source.ts'
import { publishFrames } from '../maps/publish-frames.ts'
import { createPlanner, type Planner } from '../maps/planner/planner.ts'
import { createPlanning } from '../maps/planner/planning.ts'
import { startPlannerAlarm } from '../maps/planner/planner-alarm.ts'
import { startReplanRecorder } from '../maps/replan-recorder.ts'
import { createSearchMaps, type SearchMaps } from '../maps/search-maps.ts'
import type { Picture } from '../picture/picture.ts'
import { startSweepRecorder } from '../maps/sweep-recorder.ts'
import type { TrackStore } from '../store/tracks.ts'
import { createSaidBook } from '../zones/said-book.ts'
import { LONGEST_PAST_MS, readZonePast } from '../zones/zone-past.ts'
import { startZoneRecorder, type ZoneRecorder } from '../zones/zone-recorder.ts'

export interface DomainOptions {
  journal: Journal
  clock: Scheduler
  newId: () => string
  /** Makes a secret that nobody can guess, for flight authority. */
  newToken: () => string
  version: string
  /** Land of the embedded basemap; beyond its bounds nothing is known, and nothing is taken for sea. */
  land: LandSource
  /** Layers of the ground; none when omitted. */
  ground?: GroundSource
  /** Time of arrival of a unit at an incident now, seconds; null where it is not known. */
  etaOf?: DecideContext['etaOf']
  coverPlace?: DecideContext['coverPlace']
  /** Name that warnings go out under; without it none can be sent. */
  warnings?: DecideContext['warnings']
  /** The staff, for invitations into rooms. */
  staff?: StaffPort
  /** Stored positions of units; default: none, and no way of theirs counts. */
  tracks?: TracksPort
  /** Incidents that have left the picture; default: there are none. */
  past?: PastPort
  /** Stored positions of everything that moves, for zones to go on after a restart; default: they begin anew. */
  storedTracks?: Pick<TrackStore, 'latest' | 'range'>
  /** Called with every entry, replayed or new, in order. */
  follow?: (entry: JournalEntry) => void
  /** A position of a feed came too late to be judged against zones. */
  onTooLate?: (feed: string) => void
  /** A fault that was survived; nothing acknowledged is lost by it. */
  onFault: (error: unknown) => void
}

/** The events plane with everything that acts on it, ready for the doors: HTTP, consoles, bridges. */
export interface Domain {
  engine: Engine
  board: DroneBoard
  params: ParamsBoard
  zones: Pick<ZoneRecorder, 'take' | 'takeUnit' | 'late'>
  overdue: OverdueWatch
  contacts: Pick<ContactBook, 'get'>
  alarms: Pick<AlarmLedger, 'measures' | 'samples'>
  maps: SearchMaps & {
    /** Newest map of each search that changed, at most once a second per search. Returns its own undo. */
    onFrame(listener: (searchId: string, frame: GridFrame) => void): () => void
    readings(searchId: string): Reading[]
    onReadings(listener: (searchId: string, readings: Reading[]) => void): () => void
  }
  planner: Pick<Planner, 'counts'>
  attachBridges(
    io: Server,
    door: {
      token: string
      putDrone: (handle: number, mover: DroneMover) => void
      trackDrone: (point: DroneTrackPoint) => void
      /** When a seat was last heard from, epoch ms; null: not since this server started. */
      seatSeenAtMs: (seatId: string) => number | null
    },
  ): BridgeGate
  /** Writes what still waits and stops every timer; the journal may be closed after it. */
  stop(): Promise<void>
}

/** Replays the journal and starts the domain. Rejects when the journal cannot be read. */
export async function startDomain(options: DomainOptions): Promise<Domain> {
  const { journal, clock, newId, newToken, version, land, onFault, onTooLate } = options
  const board = createDroneBoard(onFault)
  const maps = createSearchMaps({ land: withinArea(land, BOUNDS) })
  const planner = createPlanner({ clock, onFault })
  const planning = createPlanning(maps, planner, options.ground ?? NO_GROUND)
  const uploads = createUploads()
  const ledger = createAlarmLedger()
  const overdue = createOverdueWatch()
  const contacts = createContactBook()
  const said = createSaidBook(LONGEST_PAST_MS)
  const followAlarms = (entry: JournalEntry, picture: Picture): void =>
    ledger.follow(entry, (id) => Boolean(picture.alarm.get(id)?.suppressedBy))
  const engine = await createEngine({
    journal,
    clock,
    newId,
    maps,
    drones: board,
    planner: planning,
    version,
    ...(options.etaOf === undefined ? {} : { etaOf: options.etaOf }),
    ...(options.coverPlace === undefined ? {} : { coverPlace: options.coverPlace }),
    warnings: options.warnings ?? null,
    ...(options.staff === undefined ? {} : { staff: options.staff }),
    ...(options.tracks === undefined ? {} : { tracks: options.tracks }),
    ...(options.past === undefined ? {} : { past: options.past }),
    followers: [
      (entry) => maps.follow(entry),
      (entry) => uploads.follow(entry),
      overdue.follow,
      followAlarms,
      contacts.follow,
      said.follow,
      ...(options.follow === undefined ? [] : [options.follow]),
    ],
    onFault,
  })
  const past =
    options.storedTracks &&
    (await readZonePast({ tracks: options.storedTracks, picture: engine.picture, book: said, nowMs: clock.nowMs() }))
  const bridges = createBridges()
  const leases = createLeases(bridges, newToken)
  const flight = startFlight({ engine, board, bridges, leases, uploads, clock, newId, onFault })
  const params = createParamsBoard(() => clock.nowMs())
  const upkeep = startUpkeep({ engine, bridges, leases, params, clock, onFault })
  const sweeps = startSweepRecorder({ engine, maps, board, clock, onFault })
  const candidates = startCandidateRecorder({ engine, maps, drones: board, clock, newId, onFault })
  const replan = startReplanRecorder({ engine, maps, planning, drones: board, clock, newId, onFault })
  const frames = publishFrames(maps, clock)
  const zones = startZoneRecorder({
    engine,
    clock,
    newId,
    onFault,
    ...(onTooLate && { onTooLate }),
    ...(past && { past: { ...past, book: said } }),
  })
  const undo: (() => void)[] = [
    startPlannerAlarm({ engine, planning, clock, newId, onFault }),
    startConflictWatch({ engine, board, clock, newId, onFault }),
    board.onStatus((statuses) => statuses.forEach(zones.takeDrone)),
  ]
  return {
    engine,
    board,
    params,
    zones,
    overdue,
    contacts,
    alarms: ledger,
    maps: {
      ...maps,
      onFrame: frames.onFrame,
      readings: candidates.readings,
      onReadings: candidates.onReadings,
    },
    planner,
    attachBridges(io, { token, putDrone, trackDrone, seatSeenAtMs }) {
      const motion = followDrones({
        board,
        picture: engine.picture,
        nowMs: () => clock.nowMs(),
        put: putDrone,
        track: trackDrone,
      })
      undo.push(motion.stop)
      const gate = attachBridgeGate(io, {
        token,
        engine,
        board,
        bridges,
        leases,
        flight,
        upkeep,
        clock,
        seatSeenAtMs,
        onThermal: (notices) => {
          sweeps.take(notices)
          candidates.take(notices)
        },
        onMoves: motion.moved,
        onFault,
      })
      undo.push(() => gate.stop())
      return gate
    },
    async stop() {
      for (const stop of undo) stop()
      flight.stop()
      upkeep.stop()
      zones.stop()
      sweeps.stop()
      replan.stop()
      candidates.stop()
      frames.stop()
      await sweeps.flush()
      await candidates.flush()
      await planner.stop()
    },
  }
}
