import type {
  AreaPattern,
  CoverShare,
  DrawnGround,
  DroneStatus,
  Incident,
  GridShape,
  GroundCoverName,
  GroundEffort,
  GroundSensor,
  Line,
  LngLat,
  Ring,
  Scenario,
  ScenarioStory,
  Search,
  SearchSetup,
  Seat,
  SweepBasis,
  Task,
} from '@skerry/contract'
import type { CoastStretch, SurvivalConditions } from '@skerry/search'
import type { EtaOf } from './incidents/offer.ts'
import type { Decision } from './result.ts'
import type { CoverPlace } from './units/cover.ts'
import type { StaffPort } from './rooms/advisers.ts'

/** What decisions about reports of feeds may use besides the picture. */
export interface IntakeContext {
  nowMs: number
  newId: () => string
  /** Name of the feed that reports. */
  feed: string
  /** An incident of this source that has left the picture; a feed may go on speaking of it. Default: there is none. */
  pastOf?: (source: string) => Incident | undefined
}

/** What one drone can do on its next sortie. */
export interface SortieDrone {
  id: string
  startLngLat: LngLat
  /** Where it lands; default where it begins. */
  landLngLat?: LngLat
  airspeedMps: number
  /** Flying time that the battery holds now, seconds. */
  enduranceS: number
  /** Flying time that must be left on landing, seconds. */
  reserveS: number
}

/** What the sensor covers at a height above ground, metres. */
export interface SensorCover {
  swathM: number
  sweepWidthM: number
  /** Highest probability of detection over the ground, however often it is flown, 0..1. */
  podCap: number
  /** Light and cover that it was worked out for. */
  assumed?: NonNullable<Task['sweepAssumed']>
  /** Of a search with a map of cover: the same over each; `sweepWidthM` counts where no layer tells the cover. */
  byCover?: Record<GroundCoverName, { sweepWidthM: number; basis: SweepBasis; rangeM: [low: number, high: number] }>
  /** Where the sweep width comes from, and the range that it may lie in. */
  basis: SweepBasis
  rangeM: [low: number, high: number]
}

/** A drone with what its own camera covers and the wind that its flight is budgeted in; null: nobody reports any. */
export interface EquippedDrone extends SortieDrone {
  cover: SensorCover
  wind: { fromDeg: number; speedMps: number } | null
}

/** Geometry and figures of one sortie, as the search science cuts it. */
export type SortieCut = Pick<
  Task,
  | 'area'
  | 'lanes'
  | 'path'
  | 'lengthM'
  | 'timeS'
  | 'transitS'
  | 'energyShare'
  | 'laneSpacingM'
  | 'poa'
  | 'expectedPos'
  | 'left'
  | 'plannedWind'
> & {
  droneId: string
  /** Of a search with a map of cover: what grows on the ground of its area. */
  coverShares?: CoverShare[]
  /** Where survival is weighed: the part of each story in `expectedPos`. Only to compare cuts: no task keeps it. */
  posByStory?: { scenarioId: string; pos: number }[]
}

export interface CutRequest {
  searchId: string
  drones: EquippedDrone[]
  /** Areas of tasks that are out already: what they will see is not cut twice. */
  taken: Ring[]
  /** Zones that no path may enter, without the first corner again at the end. */
  noFly: Ring[]
  /** Stories of which it is known how long the subject may live, by the id of the scenario. */
  survivals?: { scenarioId: string; conditions: SurvivalConditions; sinceS: number }[]
}

/** Lanes inside an area that a person has drawn, one sortie for each drone as far as they reach. */
export interface AreaRequest extends Omit<CutRequest, 'taken'> {
  area: AreaPattern
}
export type PlanRequest = CutRequest | AreaRequest

/** Sorties that were computed beside the events plane, with the question that they answer. */
export interface Planned {
  request: PlanRequest
  /** What people believed when it was asked: other scenarios or sightings ask for another plan. */
  assumed: Pick<Search, 'scenarios' | 'sightings'>
  cuts: SortieCut[]
}

export interface RelookRequest {
  searchId: string
  drone: SortieDrone
  centre: LngLat
  radiusM: number
  noFly: Ring[]
  /** Ground speed over the place; the way there and back is flown at the drone's own. */
  speedMps: number
  cover: SensorCover
  wind: { fromDeg: number; speedMps: number } | null
}

export interface LanesRequest {
  searchId: string
  drone: SortieDrone
  lanes: Line[]
  /** The drone may fly them in any order and direction; else as they are given. */
  anyOrder: boolean
  laneSpacingM: number
  cover: SensorCover
  wind: { fromDeg: number; speedMps: number } | null
  noFly: Ring[]
  /** Area that the lanes were laid in: ways between them stay in it, and its holes are never entered. */
  within?: AreaPattern['polygon']
}

/** A reported position of a unit; accuracy in metres, null where it is not known. */
export interface UnitFix {
  atMs: number
  position: LngLat
  accuracyM: number | null
}

/** What a track has searched of a segment, in figures. */
export type EffortFigures = Pick<
  GroundEffort,
  'sweepWidthM' | 'sweepRangeM' | 'lengthM' | 'coverage' | 'pod' | 'pos'
> & {
  /** Fixes that count, thinned. */
  fixes: UnitFix[]
}

/**
 * `nowhere`: nothing on the map could be searched. `entry-on-land`: a drift begins on land. `starts-in-water`: nobody can
 * walk to a shore from there. `no-coast`: nobody knows where the shore is.
 */
export type ScenarioMapVerdict = 'drawn' | 'nowhere' | 'entry-on-land' | 'starts-in-water' | 'no-coast'

/** The maps, as decisions see them: answers computed for this moment; asking changes nothing. */
export interface MapsPort {
  /**
   * Shape of the probability map that a setup gives, the mass that it cannot hold, and whether its coast is known; null where
   * no map can be made.
   */
  prior(
    setup: SearchSetup,
    ground: DrawnGround | null,
  ): { shape: GridShape; restOfWorld: number; coastKnown?: boolean } | null
  /** Whether a map can be drawn of a story on the ground of a search; a drift for the given moment. */
  scenario(search: Pick<Search, 'id' | 'setup'>, story: ScenarioStory, mapAtMs?: number): ScenarioMapVerdict
  /** The coast nearest to a place, `reachM` to either side along the shore; null where none is known on the map. */
  coast(search: Pick<Search, 'setup'>, near: LngLat, reachM: number): CoastStretch | null
  /** As much of given lanes as one sortie can fly; null where that is nothing. */
  lanes(request: LanesRequest): SortieCut | null
  /** A small path for another look at one place; null where the drone cannot fly it. */
  relook(request: RelookRequest): SortieCut | null
  /**
   * What people who moved along a track have searched of a segment, on the map as it is now; null where there is no map.
   * RangeError that names the field of the sensor at fault.
   */
  effort(searchId: string, segment: Ring, fixes: readonly UnitFix[], sensor: GroundSensor): EffortFigures | null
  /** What the sensor of a vehicle covers over the ground of a search, looking down, by cover where layers tell of it. */
  cover(
    search: Pick<Search, 'id' | 'setup' | 'light'>,
    status: DroneStatus | null,
    heightM: number,
    speedMps: number,
  ): SensorCover
}

/** A story that a command will ask a map of: of an open search, or of one that is to be opened. */
export interface StoriesAhead {
  search: Pick<Search, 'id' | 'setup'> & { ground?: DrawnGround | null }
  stories: Pick<Scenario, 'story' | 'mapAtMs'>[]
}

/** What takes too long to be made while orders wait; asked before a command has its turn. */
export interface PlannerPort {
  /** Layers of the ground under the map of a setup; null where none are to count, or could not be drawn. Never rejects. */
  ground(setup: SearchSetup): Promise<DrawnGround | null>
  /** Draws what a command will need, as far as that can be. Never rejects: what could not be drawn is drawn at its turn. */
  ahead(search: StoriesAhead['search'], stories: StoriesAhead['stories']): Promise<void>
  /** The newest request of a search wins: an older one that still runs is refused as superseded. */
  cut(request: CutRequest): Promise<Decision<SortieCut[]>>
  /** The same for a drawn area; refused too where it cannot be laid, flown or reached, or takes too long to plan. */
  area(request: AreaRequest): Promise<Decision<SortieCut[]>>
}

/** Stored positions of units; asked before a command has its turn. */
export interface TracksPort {
  /** In order of time. Rejects where the store does not answer. */
  ofUnit(unitId: string, fromMs: number, toMs: number): Promise<UnitFix[]>
}

/** Incidents that have left the picture; asked before a command has its turn. */
export interface PastPort {
  /** Null where there is none of this id. Rejects where the store does not answer. */
  incident(incidentId: string): Promise<Incident | null>
}

/** Newest telemetry of each vehicle, as decisions see it. */
export interface DronesPort {
  get(droneId: string): DroneStatus | null
  statuses(): DroneStatus[]
}

/** Everything a command's decision may use besides the picture and the command. */
export interface DecideContext {
  nowMs: number
  newId: () => string
  seat: Seat
  maps: MapsPort
  etaOf: EtaOf
  /** Where a unit is sent to cover a zone. */
  coverPlace: CoverPlace
  drones: DronesPort
  /** Name that warnings go out under; null where this installation has none. A demo sends no actual ones. */
  warnings?: { sender: string; exercisesOnly: boolean } | null
  staff: StaffPort
  /** What was planned for this command; null where nothing needed to be. */
  planned: Planned | null
  /** Layers of the ground under the map of a search that is to be opened; null where none count. */
  ground: DrawnGround | null
  /** The moment for which a story was drawn ahead of this command; null where none was. */
  drawnForMs: number | null
  /** Positions that a unit reported, where the command is about them; else null. */
  track: readonly UnitFix[] | null
  /** The incident that a command is about, where it has left the picture; else null. */
  pastIncident: Incident | null
}
