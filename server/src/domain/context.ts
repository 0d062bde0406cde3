import type {
  DroneStatus,
  Incident,
  GridShape,
  Line,
  LngLat,
  Ring,
  ScenarioStory,
  Search,
  SearchSetup,
  Seat,
  SweepBasis,
  Task,
} from '@skerry/contract'
import type { CoastStretch } from '@skerry/search'
import type { Decision } from './result.ts'

/** What decisions about reports of feeds may use besides the picture. */
export interface IntakeContext {
  nowMs: number
  newId: () => string
  /** Name of the feed that reports. */
  feed: string
}

/** What one drone can do on its next sortie. */
export interface SortieDrone {
  id: string
  startLngLat: LngLat
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
  /** Where the sweep width comes from, and the range that it may lie in. */
  basis: SweepBasis
  rangeM: [low: number, high: number]
}

/** Geometry and figures of one sortie, as the search science cuts it. */
export type SortieCut = Pick<
  Task,
  'area' | 'lanes' | 'path' | 'lengthM' | 'timeS' | 'transitS' | 'energyShare' | 'laneSpacingM' | 'poa' | 'expectedPos'
> & { droneId: string }

export interface CutRequest {
  searchId: string
  drones: SortieDrone[]
  cover: SensorCover
  wind: { fromDeg: number; speedMps: number } | null
  /** Areas of tasks that are out already: what they will see is not cut twice. */
  taken: Ring[]
  /** Zones that no path may enter, without the first corner again at the end. */
  noFly: Ring[]
}

/** Sorties that were computed beside the events plane, with the question that they answer. */
export interface Planned {
  request: CutRequest
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
}

/** `nowhere`: nothing on the map could be searched. `entry-on-land`: a drift begins on land. */
export type ScenarioMapVerdict = 'drawn' | 'nowhere' | 'entry-on-land'

/** The maps, as decisions see them: answers computed for this moment; asking changes nothing. */
export interface MapsPort {
  /** Shape of the probability map that a setup gives, and the mass that it cannot hold; null where no map can be made. */
  prior(setup: SearchSetup): { shape: GridShape; restOfWorld: number } | null
  /** Whether a map can be drawn of a story on the ground of a search; a drift for the given moment. */
  scenario(search: Pick<Search, 'id' | 'setup'>, story: ScenarioStory, mapAtMs?: number): ScenarioMapVerdict
  /** The coast nearest to a place, `reachM` to either side along the shore; null where none is known on the map. */
  coast(search: Pick<Search, 'setup'>, near: LngLat, reachM: number): CoastStretch | null
  /** As much of given lanes as one sortie can fly; null where that is nothing. */
  lanes(request: LanesRequest): SortieCut | null
  /** A small path for another look at one place; null where the drone cannot fly it. */
  relook(request: RelookRequest): SortieCut | null
  /** What the sensor of a vehicle covers over the ground of a search, looking down. */
  cover(search: Pick<Search, 'setup'>, status: DroneStatus | null, heightM: number, speedMps: number): SensorCover
}

/** Plans that take too long to be made while orders wait; asked before a command has its turn. */
export interface PlannerPort {
  /** The newest request of a search wins: an older one that still runs is refused as superseded. */
  cut(request: CutRequest): Promise<Decision<SortieCut[]>>
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
  /** Time of arrival of a unit at an incident now, seconds; null where it is not known. */
  etaOf: (incident: Incident, unitId: string) => number | null
  drones: DronesPort
  /** What was planned for this command; null where nothing needed to be. */
  planned: Planned | null
}
