import { z } from 'zod'
import type { CandidateOnMap, DetectorRates, RateBasis } from './detector.ts'
import type { ContrastName, GroundCoverName } from './calibrations.ts'
import { LngLat, Line, Ring } from './geo.ts'
import { SubjectCondition, type CoverShare, type GroundUsed } from './ground-layers.ts'
import { SubjectCategory, type SubjectDescription } from './incidents.ts'
import type { Drawing, TeamTrack } from './search-drawings.ts'
import type { GroundEffort, PosBySource, Segment } from './segments.ts'
import { Terrain } from './drift-story.ts'
import { type AssumptionChange, type Scenario, type ScenarioFigures, type Sighting } from './scenarios.ts'

/** What the coordinator states when a search is opened; every figure can be seen and changed. */
export const SearchSetup = z.strictObject({
  category: SubjectCategory,
  terrain: Terrain,
  /** Initial planning point. */
  planningPoint: LngLat,
  /** Half side of the square map around the planning point, metres. */
  halfSizeM: z.number().min(500).max(15_000),
  cellM: z.number().min(10).max(200),
  /** Share of the mass that reaches the water's edge and is looked for along the shore, 0..1. */
  shoreShare: z.number().min(0).max(1),
  /** An agency's own distance table; missing: the one that ships with the program. */
  tableId: z.string().min(1).max(60).optional(),
  /** Layers of the ground count, for a subject in this condition; missing: distances alone. */
  ground: SubjectCondition.optional(),
})
export type SearchSetup = z.infer<typeof SearchSetup>

/** Water and air that a missing person is in; null where nobody knows. */
export const SearchConditions = z.strictObject({
  waterC: z.number().min(-2).max(40).nullable(),
  airC: z.number().min(-50).max(50).nullable(),
  windMps: z.number().min(0).max(60).nullable(),
})
export type SearchConditions = z.infer<typeof SearchConditions>

/** Light that thermal contrast is counted for: by the sun at each drone, or as the coordinator says. */
export const LightChoice = z.enum(['by-sun', 'day', 'night'])
export type LightChoice = z.infer<typeof LightChoice>

/** Shape of a probability map on the wire. Row 0 is south, column 0 is west, `origin` is the south-west corner. */
export interface GridShape {
  rows: number
  cols: number
  cellM: number
  origin: LngLat
}

/** Legal limits that touch a task; each one that applies asks for an approval reference. */
export interface LegalNotice {
  kind: 'above-120m' | 'near-listed-site'
  /** Name of the listed site, where one is near. */
  site: string | null
  detail: string
}

/** A port, airport or other listed place near which a flight needs an approval reference. */
export const ListedSite = z.strictObject({
  id: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
  kind: z.enum(['port', 'airport', 'military', 'other']),
  position: LngLat,
  radiusM: z.number().min(10).max(50_000),
})
export type ListedSite = z.infer<typeof ListedSite>

export interface Search {
  id: string
  incidentId: string
  state: 'open' | 'found' | 'suspended' | 'closed'
  openedAtMs: number
  endedAtMs: number | null
  subject: SubjectDescription
  setup: SearchSetup
  grid: GridShape
  /** Mass that the map does not hold: left the box, took a ferry, unreachable. 0..1 */
  restOfWorld: number
  /** Cumulative probability of success so far, 0..1. */
  pos: number
  /** Expected gain in POS of the tasks that fly or are to be flown, within the next hour; null when there are none. */
  nextHourPos: number | null
  /** Mean of the time to the find over the next hour, minutes of 60, if the tasks are flown; null without tasks. */
  nextHourMeanMin: number | null
  /**
   * Expected gain of finding the subject alive within the next hour: every find weighed by the chance that they live
   * then. Null without tasks, and where no story says anything of survival. It ranks hours; it never ends a search.
   */
  nextHourAlive: number | null
  /** Stories side by side, never empty. */
  scenarios: Scenario[]
  /** The same figures under each scenario; empty until they have been computed. */
  scenarioFigures: ScenarioFigures[]
  sightings: Sighting[]
  /** Water and air as a person stated them last; null while nobody has. */
  conditions: (SearchConditions & { atMs: number }) | null
  /** Missing until a person has chosen: by the sun. */
  light?: LightChoice
  /** What the newest change of an assumption did; null while nobody has changed one. */
  change: AssumptionChange | null
  /**
   * Nothing that grows on the terrain hides water by the coast of the map from cameras. Missing where no coast is known, and in
   * older journals: then the kind of terrain decides over water as well.
   */
  waterOpen?: true
  /**
   * Such water is a cover of its own, in which little more than the head of a person shows. Missing in older journals: it is
   * swept like open ground.
   */
  waterCover?: true
  /** Layers of the ground as they made the map; missing where distances alone did. */
  groundUsed?: GroundUsed
  /** Newest advice to fly something else; null where there is none. */
  advice: Advice | null
  /** Shapes from elsewhere, and recorded tracks of teams. Missing in older journals. */
  drawings?: Drawing[]
  teamTracks?: TeamTrack[]
  /** Parts that people search on foot or from boats; missing in older journals. */
  segments?: Segment[]
  /** What they searched, as it was confirmed. */
  efforts?: GroundEffort[]
  /** POS so far by who searched; missing until it has been computed. */
  posBySource?: PosBySource
  /** Rises with every change of the map; tells a client that its copy is old. */
  mapRevision: number
  /** Highest ground in the whole search area, metres above mean sea level, as a person entered it. */
  highestGroundAmslM: number | null
  found: { position: LngLat; outcome: 'well' | 'hurt' | 'deceased'; atMs: number; unitId: string | null } | null
}

/** A search pattern about a place. Codes of IAMSAR: SS, VS, PS, CS. */
const PlacedPattern = z.strictObject({
  name: z.enum(['expanding-square', 'sector', 'parallel-track', 'creeping-line']),
  /** Middle of the pattern; the datum of a square or a sector search. */
  centre: LngLat,
  /** Bearing of the first leg or of the tracks, clockwise from north. */
  bearingDeg: z.number().min(0).max(360),
  /** Reach of the pattern from its middle along the bearing, metres: radius, or half the length of the tracks. */
  reachM: z.number().min(30).max(5000),
  /** Half the extent across the tracks, metres; a square or a sector search has none of its own. */
  acrossM: z.number().min(30).max(5000),
})

/** Tracks along the coast nearest to a place. */
const ShorelinePattern = z.strictObject({
  name: z.literal('shoreline'),
  /** A place near the coast that is meant. */
  centre: LngLat,
  /** Length along the shore to either side of there, metres. */
  reachM: z.number().min(30).max(5000),
  /** Distance of the first track from the coast of the map, metres. */
  offsetM: z.number().min(10).max(500),
  side: z.enum(['water', 'land']),
  /** Parallel tracks, from the coast outwards. */
  tracks: z.number().int().min(1).max(6),
})

/** Corners that a drawn area may have in all its rings: lanes between more take too long to plan. */
const MOST_AREA_CORNERS = 500

/** Parallel tracks, or tracks across the narrow way, inside an area that a person has drawn. */
const AreaPattern = z.strictObject({
  name: z.enum(['parallel-track-inside', 'creeping-line-inside']),
  /** First ring outside, the others holes that are never entered; the first corner is not repeated at the end. */
  polygon: z
    .array(Ring)
    .min(1)
    .max(20)
    .refine((rings) => rings.flat().length <= MOST_AREA_CORNERS, `at most ${MOST_AREA_CORNERS} corners in all`),
  /** Where it begins, inside the area; null: a creeping line at its likelier end, parallel tracks where they take least time. */
  from: LngLat.nullable(),
})
export type AreaPattern = z.infer<typeof AreaPattern>

/** A search pattern that a coordinator asks for by name, laid on the ground. */
export const PatternPlan = z.discriminatedUnion('name', [PlacedPattern, ShorelinePattern, AreaPattern])
export type PatternPlan = z.infer<typeof PatternPlan>

/** A search as its opening is journaled; what came to be kept later is missing in older journals. */
export type OpenedSearch = Omit<
  Search,
  | 'scenarios'
  | 'scenarioFigures'
  | 'sightings'
  | 'conditions'
  | 'change'
  | 'advice'
  | 'nextHourMeanMin'
  | 'nextHourAlive'
> &
  Partial<Pick<Search, 'scenarios'>>

/** Another assignment for a drone in the air that is worth more per minute. Only people take it. */
export interface Advice {
  id: string
  droneId: string
  /** Task that the drone flies now. */
  taskId: string
  /** POS per minute, transit included, of going on and of changing. */
  runningPerMin: number
  optionPerMin: number
  /** POS gained over going on, by `atS` seconds from when it was given. Weighed by survival it may be below 0. */
  gainPos: number
  atS: number
  /** Missing where nothing was known of how long the subject may live: every find then counted the same. */
  weighed?: AdviceWeighed
  /** What would be flown. */
  cut: Pick<
    Task,
    | 'droneId'
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
    | 'plannedWind'
  > & { coverShares?: CoverShare[] }
  clearanceM: number
  answer: 'taken' | 'declined' | null
}

/** What advice gains over going on by its `atS`, with each find counted by how long the subject may live. */
export interface AdviceWeighed {
  /** What the finds gained are worth: assignments are compared by it. */
  gainWorth: number
  /** Probability gained to find the subject alive; below 0 where only later finds are gained. */
  gainAlive: number
  /** Of some scenario nothing is known: its finds count in full, whenever they come. */
  partly: boolean
}

/** What flying has achieved on the ground of one task, all from telemetry. */
export interface TaskCoverage {
  taskId: string
  /** Probability of detection over the task's ground: planned, and achieved by its own flight, 0..1. */
  plannedPod: number
  achievedPod: number
  /** Mean coverage C over the ground, achieved. */
  coverage: number
  /** Share of the ground that got at least half of the planned coverage, 0..1. */
  sweptShare: number
  /** POS that the flight has gained so far, of the map before any search, 0..1. */
  pos: number
  /** Lanes, or parts of them, that were not flown well enough. */
  remainder: Line[]
}

export const TaskState = z.enum([
  'drafted',
  'offered',
  'seen',
  'accepted',
  'uploading',
  'ready',
  'starting',
  'flying',
  'returning',
  'done',
  'refused',
  'withdrawn',
  'failed',
  'unknown',
])
export type TaskState = z.infer<typeof TaskState>

export type SweepBasis = RateBasis

export interface Task {
  id: string
  number: number
  searchId: string
  incidentId: string
  kind: 'sweep' | 'look-again'
  candidateId: string | null
  droneId: string
  state: TaskState
  /** Why refused, why failed: as `reasonOf` writes it, or as a person typed it. */
  reason: string | null
  area: Ring
  /** Survey lanes, each from start to end. */
  lanes: Line[]
  /** The whole flown path without transit. */
  path: Line
  lengthM: number
  timeS: number
  transitS: number
  /** Share of the usable battery that the sortie needs, 0..1. */
  energyShare: number
  /**
   * Nobody knows what the battery of its drone holds: a full nominal one was counted, of which a flight may use so many
   * seconds. Missing: the drone said what it holds, or an older journal does not tell.
   */
  batteryAssumedS?: number
  laneSpacingM: number
  sweepWidthM: number
  /** Probability inside the area and expected success, when the task was cut. */
  poa: number
  expectedPos: number
  /** Flight height above the take-off point; null until the highest ground is known. */
  heightAboveTakeoffM: number | null
  highestGroundAmslM: number | null
  /** Height above the highest ground that the lanes are flown at, metres. */
  clearanceM: number
  /** Ground speed on the lanes, metres per second. */
  speedMps: number
  notices: LegalNotice[]
  approvalRef: string | null
  /** What still stands in the way of offering this task, in codes that the console has words for. */
  blockers: ('no-highest-ground' | 'no-approval-ref' | 'drone-not-seen' | 'no-home-altitude')[]
  offeredAtMs: number | null
  offerExpiresAtMs: number | null
  pilot: { seatId: string; name: string; account?: string } | null
  upload: {
    done: number
    total: number
    verified: boolean
    planId: string | null
    /** Its pilot has taken it back, and its end is not told yet. */
    cancelling?: true
  } | null
  startedAtMs: number | null
  endedAtMs: number | null
  /** Where the sweep width comes from: a calibration exercise, one under other conditions, or the model alone. */
  sweepBasis?: SweepBasis
  /** What the sweep width was worked out for; `cover` is that of the kind of terrain. */
  sweepAssumed?: {
    light: 'day' | 'night'
    /** Who says so; `unknown`: where the drone is is not known, so day was counted. Missing in older journals: by the sun. */
    lightBy?: 'sun' | 'coordinator' | 'unknown'
    cover: GroundCoverName
    /**
     * Thermal contrast that was counted with. Nobody has looked at the ground when a task is cut: it is not known, and this
     * is what is expected by the light. Missing in older journals.
     */
    contrast?: ContrastName
    /** Whether the drone has told its camera, or a common one was counted with. Missing in older journals: not known which. */
    camera?: 'told' | 'assumed'
  }
  /**
   * Of a search with a map of cover: the task's ground by cover, most first, and the sweep width over each. Ground of which
   * no layer tells the cover is always among them, with share 0 where there is none. `sweepWidthM` and `sweepRangeM` are
   * then means over the ground. Missing: one cover, `sweepAssumed.cover`, counted for all of it.
   */
  sweepByCover?: (CoverShare & { sweepWidthM: number; rangeM: [low: number, high: number] })[]
  /**
   * Mean wind that time and battery were budgeted in, `fromDeg` where it comes from. Null: no drone reported any when it was
   * planned, and calm air was counted. Missing in older journals: not told.
   */
  plannedWind?: { fromDeg: number; speedMps: number } | null
  /** Range that the sweep width may lie in, metres: measured, or of the model's assumptions. */
  sweepRangeM?: [low: number, high: number]
  /** Height layer among own drones whose ways may meet, 1 the lowest: the clearance that was asked for. */
  layer?: number
  /** Own drones climb or land where it does: start so many seconds after the first of them; null: after they are down. */
  startAfterS?: number | null
  /** Pattern it was laid by, where it was asked for by name. */
  pattern?: PatternPlan
  /** Lanes of the same laying that fit into no sortie of it. Missing where there are none. */
  left?: Line[]
  /** Task whose rest this one flies, and the task that flies the rest of this one. */
  restOf?: string
  /** Task that this one is to be flown instead of, where advice was taken. */
  insteadOf?: string
  restFlownBy?: string
  /** Last point of `path` that the aircraft reached, counted from 0, in any flight of it. Missing: none. */
  reached?: number
  /** Point of `path` that the plan in the aircraft begins at, where a flight that was broken off is gone on with. */
  resumeFrom?: number
  /** From telemetry, once the drone has seen ground on this task. */
  achieved?: Omit<TaskCoverage, 'taskId'>
}

/** One thermal reading that was placed on the ground. */
/** Who said how a camera looked: its gimbal, or, where that said nothing fresh, the camera itself. */
export const AttitudeFrom = z.enum(['gimbal', 'camera'])
export type AttitudeFrom = z.infer<typeof AttitudeFrom>

export interface Reading {
  atMs: number
  droneId: string
  position: LngLat
  /** Radius of the 95 % error circle on the ground, metres. */
  errorRadiusM: number
  maxC: number
  /** How far the hottest point stands above the usual for this flight, in robust standard deviations. */
  contrastSd: number
  /** Missing where the bridge did not say it. */
  attitudeFrom?: AttitudeFrom
}

export interface Candidate {
  id: string
  number: number
  searchId: string
  incidentId: string
  state: 'open' | 'looking-again' | 'team-sent' | 'dismissed' | 'confirmed' | 'nothing-there'
  position: LngLat
  errorRadiusM: number
  firstSeenAtMs: number
  lastSeenAtMs: number
  /** Looks that showed it, of those whose footprint held the place. */
  looks: number
  opportunities: number
  maxC: number
  contrastSd: number
  /** Of the reading that `maxC` is from; missing where it is not known. */
  attitudeFrom?: AttitudeFrom
  /** Likelihood ratio person : clutter that the looks carry. */
  likelihoodRatio: number
  passes: number
  taskId: string | null
  unitId: string | null
  reason: string | null
  /** Rates of the detector that it is weighed by; missing in older journals, which then count with what is assumed. */
  detector?: DetectorRates
  /** On the map of its search; null while it is not on it (dismissed, nothing there), missing before it was weighed. */
  onMap?: CandidateOnMap | null
}

/** What the sensor saw in one stretch of flight: ground corners of each look, in order. */
export const SweepLook = z.strictObject({
  atMs: z.number(),
  /** Ground corners of the camera image, counter-clockwise from image lower left. */
  corners: z.array(LngLat).length(4),
  position: LngLat,
  /** Where the camera looked from: straight down, or towards a quarter of the compass. Missing in older journals: down. */
  view: z.enum(['down', 'north', 'east', 'south', 'west']).optional(),
  /** Worth against a look straight down from the same height, 0..1, for the tilt; missing: 1. */
  weight: z.number().min(0).max(1).optional(),
  /**
   * Depression of the optical axis below the horizon, radians: `weight` is over ground of which no layer tells the cover,
   * and what grows elsewhere hides more or less of a slanting view. Missing: straight down, or no map of cover.
   */
  depressionRad: z
    .number()
    .gt(0)
    .max(Math.PI / 2)
    .optional(),
})
export type SweepLook = z.infer<typeof SweepLook>

export const Polygon = z.array(Ring).max(50)
