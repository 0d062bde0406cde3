export type { LngLat, LocalM, MultiPolygonLngLat, PolygonLngLat } from './frame/position.ts'
export { enclosingPolygon } from './frame/enclosing.ts'
export { localFrame, type LocalFrame } from './frame/local-frame.ts'
export {
  createGrid,
  type Grid,
  gridAround,
  gridCellCentre,
  gridCellCentreM,
  gridCorners,
  gridFrame,
  gridIndexOf,
  gridIndexOfM,
  type GridShape,
  gridSum,
} from './frame/grid.ts'
export {
  arealDensityPerKm2,
  type FlatCore,
  flatCore,
  type DistanceQuantilesKm,
  fitLognormal,
  type Lognormal,
  lognormalCdf,
  lognormalQuantileKm,
} from './prior/lognormal.ts'
export {
  distancesFor,
  type Subject,
  SUBJECT_CATEGORIES,
  SUBJECT_CATEGORIES_ATTRIBUTION,
  type SubjectCategory,
  type SubjectDistances,
  type Terrain,
} from './prior/subject-categories.ts'
export {
  DEFAULT_DISTANCE_TABLE,
  distanceTable,
  type DistanceTable,
  TableFault,
  type TableMust,
  withDefaultCategories,
} from './prior/distance-table.ts'
export { landFraction } from './prior/land-fraction.ts'
export { type GriddedLand, type PlanningPointOn, type Reach, reachableFrom } from './prior/reach.ts'
export { type Sighting, WANDERING_MPS, weighBySighting, type Weighed } from './prior/sighting.ts'
export type { MapDrift, MassSplit, Scenario, ScenarioMap } from './prior/scenario-map.ts'
export {
  DEFAULT_SHORE_SHARE,
  type DrawnStories,
  drawStories,
  reweighedDrift,
  weighStories,
  type ProbabilityMap,
  probabilityMap,
  type ProbabilityMapInput,
} from './prior/probability-map.ts'
export {
  podCapped,
  podCombined,
  podDefiniteRange,
  podExponential,
  podFurther,
  podInverseCube,
  podOfLooks,
} from './detection/pod.ts'
export { cumulativePos, type NoFind, noFindUpdate } from './learning/no-find.ts'
export {
  cellsUnder,
  type ChangedCells,
  type FollowedAlert,
  type FollowedMap,
  followedMap,
} from './learning/followed-map.ts'
export { createLiveMap, type LiveMap } from './learning/live-map.ts'
export { posterior, type Posterior, type PosteriorInput } from './learning/posterior.ts'
export {
  type AlertGain,
  alertGain,
  alertOnMap,
  alertsOnMap,
  alertUpdate,
  type ClutteredAlert,
  type PlacedAlert,
} from './learning/alert.ts'
export { candidateAlert } from './learning/candidate-alert.ts'
export {
  clutterPerKm2,
  type MeasuredDetector,
  measuredDetector,
  type MeasuredRate,
  measuredRate,
  measuredShare,
  type MeasuredShare,
} from './learning/detector-rates.ts'
export { noFlyZones, type NoFly } from './plan/no-fly.ts'
export { laneWorth, posCurveOf, type LaneSensor } from './learning/lane-worth.ts'
export {
  type AssignmentOption,
  bestRate,
  posAt,
  type PosCurve,
  type Reassignment,
  reassignments,
  type ReassignStory,
  type RunningTask,
} from './learning/reassign.ts'
export { secondLook, type SecondLook, type SecondLookInput } from './learning/second-look.ts'
export { type Lane, type LaneSplit, splitAtProgress, splitBySweep, type SweptPolicy } from './learning/remainder.ts'
export { handoverTask, laneTask, type LaneTask } from './learning/handover.ts'
export { expandingSquare } from './patterns/expanding-square.ts'
export { PATTERN_CODE, patternCoverage, type PatternName, type SearchPattern } from './patterns/search-pattern.ts'
export { sectorSearch } from './patterns/sector-search.ts'
export { coastAlong, type CoastStretch } from './patterns/coast-along.ts'
export { shorelineSearch } from './patterns/shoreline-search.ts'
export { creepingLine, parallelTrack, type TrackArea } from './patterns/track-patterns.ts'
export { groundOfLanes } from './patterns/ground-of-lanes.ts'
export { creepingLineInside, parallelTrackInside, type TracksInside } from './patterns/tracks-inside.ts'
export { type CoveragePath, coveragePath, type CoveragePathInput } from './area-cover/coverage-path.ts'
export { flyLanes, type FlownLanes, type LaneFlight } from './patterns/fly-lanes.ts'
export { type Camera, gsdM, gsdObliqueM, pixelsOnTarget, swathM } from './detection/camera.ts'
export { JOHNSON_N50, taskProbability } from './detection/task-performance.ts'
export {
  CONTRAST_FACTOR,
  type GroundCover,
  HIDDEN_SHARE,
  TARGET_M,
  podCap,
  type ThermalContrast,
  type Uncertain,
} from './detection/ground-cover.ts'
export { COVER_CODES, COVER_OF_CLASS, COVER_OF_TERRAIN, coverCodeOf, NO_COVER } from './detection/cover-codes.ts'
export { type SweepWidth, sweepWidth, type SweepWidthInput } from './detection/sweep-width.ts'
export {
  calibrationLayout,
  type CalibrationDoubt,
  crossOverSweepWidth,
  type MeasuredSweepWidth,
  type TargetPass,
} from './detection/calibration.ts'
export {
  calibratedSweepWidth,
  type CalibratedSweepWidth,
  type Calibration,
  nearestExercise,
} from './detection/calibrated-sweep-width.ts'
export {
  DETECTION_RANGE_FACTOR,
  NIGHT_FACTOR,
  type ObserverSweepWidth,
  pathCoverage,
  SOUND_LINE_M,
  soundLinePod,
  type SoundSignal,
  type TeamLight,
  teamSweepWidth,
  TEMPERATE_FOREST_SWEEP_WIDTH_M,
  type Visibility,
} from './detection/ground-team.ts'
export {
  seaSweepWidth,
  type SeaTarget,
  seaWeatherFactor,
  SHIP_SWEEP_WIDTH_NM,
  SHIP_TABLE_VISIBILITY_NM,
} from './detection/sea-visual.ts'
export { accumulatePath, type PathFix } from './detection/path-coverage.ts'
export {
  OBSERVER_POLICY,
  observerSweepWidth,
  type ObserverPolicy,
  type ObserverSensor,
} from './detection/observer-sensor.ts'
export { thinTrack, trackEffort, type TrackEffort, type TrackFix } from './detection/track-effort.ts'
export { cellsInRing } from './frame/cells-in-ring.ts'
export { expectedContrast } from './detection/expected-contrast.ts'
export { lightAt, sunElevationRad } from './detection/sun-elevation.ts'
export { obliqueWeight } from './detection/oblique-weight.ts'
export {
  accumulateView,
  hiddenFrom,
  type HiddenGround,
  newViewCoverage,
  podOfViews,
  type View,
  type ViewCoverage,
  viewOf,
  VIEWS,
} from './detection/view-coverage.ts'
export {
  cameraFootprint,
  type CameraFootprint,
  type CameraPose,
  type FootprintUnknown,
} from './detection/camera-footprint.ts'
export {
  accumulateSweep,
  addFootprint,
  coverageOfLooks,
  type Look,
  type SweepCredit,
  type SweepCreditPolicy,
} from './detection/coverage.ts'
export {
  allocateEffort,
  type Allocation,
  circularNormalOptimum,
  type EffortBudget,
  waterFill,
} from './plan/allocate-effort.ts'
export { type DatumSquare, datumSquare, totalProbableErrorM } from './plan/datum-square.ts'
export {
  batteryUse,
  longestEnduranceMps,
  longestRangeMps,
  type Rotor,
  rotorPowerW,
  ZENG_ROTOR,
} from './plan/rotor-power.ts'
export { groundSpeedMps, legTimer, type LegTimeS, type Wind } from './plan/wind.ts'
export { cutFleet, type CutFleetInput, type SensorGroup } from './plan/cut-fleet.ts'
export {
  cutTasks,
  type CutTasksInput,
  type IdleReason,
  type SearchDrone,
  type SearchSensor,
  type SearchTask,
  type TaskPlan,
  type TaskStory,
} from './plan/cut-tasks.ts'
export { areaLikelihood, type Cells, type PathM, pathLengthM, sarenvLikelihood } from './plan/path-score.ts'
export { posOfPaths, posOverTime, type Sweeping, type TimedPath } from './plan/path-pos.ts'
export { type DronePath, type PathDrone, planPaths } from './plan/plan-paths.ts'
export { type BatteryDrone, type DroneFlight, planFlights } from './plan/plan-flights.ts'
export { relookPath } from './plan/relook-path.ts'
export { nextHour, type NextHour, restrictedMeanTime } from './plan/next-hour.ts'
export {
  type Candidate,
  DEFAULT_TRIAGE_POLICY,
  type KnownPlace,
  type ThermalReading,
  type TriagePolicy,
} from './triage/thermal-reading.ts'
export { possibleMoves, type CandidateSight, type PossibleMove } from './learning/moved-candidate.ts'
export { clusterReadings, createTriage, type Triage } from './triage/thermal-triage.ts'
export { waterSurvival, type WaterSurvival, windChillC } from './plan/survival.ts'
export {
  ALIVE_WHEN_FOUND,
  aliveShare,
  foundAlive,
  type SurvivalConditions,
  survivalKnown,
  valuedPos,
  worthOfFind,
} from './plan/survival-curve.ts'
export { soonestFound, type TimeValue } from './plan/time-value.ts'
export type { PlanStory } from './plan/sortie-ledger.ts'
export { laneCount, type LaneCount } from './plan/lane-count.ts'
export {
  type FlightIntent,
  type FlightVolume,
  type IntentConflict,
  intentConflicts,
  type VolumeMargins,
  volumesOfPath,
} from './separation/flight-volume.ts'
export { HEIGHT_CEILING_M, heightLayers, type LayerPlan, type LayerWish } from './separation/height-layers.ts'
export { flightIntent, type LevelFlight } from './separation/flight-intent.ts'
export { takeOffWait, type OtherFlight, type TakeOffWait } from './separation/take-off-wait.ts'
export { startDelayMs } from './separation/start-delay.ts'
export { takeOffDelaysS } from './separation/take-off-delays.ts'
export {
  type ApproachAlarm,
  approachAlarms,
  type PredictedTrack,
  type Separation,
  straightTrack,
} from './separation/approach-alarm.ts'
export { closestApproach, type Mover } from './separation/closest-approach.ts'
export { LEEWAY_OBJECTS, type LeewayFit, type LeewayObject, leewayObject } from './drift/leeway-objects.ts'
export {
  CAPSIZED_LEEWAY,
  capsizePerHour,
  DEFAULT_JIBE_PER_HOUR,
  jibeProbability,
  type LeewayConvention,
  type LeewayDeviation,
  type LeewaySide,
  leewayVelocity,
  type VelocityMps,
} from './drift/leeway.ts'
export {
  changingFlow,
  type Flow,
  type FlowSamples,
  gridFlow,
  type GridSamples,
  sampledFlow,
  steadyFlow,
  sumOfFlows,
  type TimedVelocity,
} from './drift/flow.ts'
export { HALF_TIDE_S, nextSlackS, tidalFlow, type TidePair } from './drift/tide.ts'
export { type DriftCloud, driftEnsemble, type DriftInput, type Fate } from './drift/drift-ensemble.ts'
export { type CloudOnGrid, cloudOnGrid } from './drift/drift-map.ts'
export {
  JACOBS_MULTIPLIERS,
  multiplierOf,
  type SubjectCondition,
  type TerrainFeature,
} from './terrain/terrain-multipliers.ts'
export { type CoverClass, coverFactors, HIKER_FIND_SHARES } from './terrain/cover-factors.ts'
export { heightFeatures, type HeightFeatures } from './terrain/height-features.ts'
export { type Raster, type TerrainLayers, type TerrainLine } from './terrain/terrain-layers.ts'
export {
  type DrawnTerrain,
  drawTerrain,
  TERRAIN_REASONS,
  terrainFactors,
  type TerrainOptions,
  type TerrainReason,
} from './terrain/terrain-factors.ts'
export { applyTerrainFactors } from './terrain/terrain-rings.ts'
export { radialCellMasses } from './prior/radial-mass.ts'
export { mapScore, MAPSCORE_OUTSIDE, mapScoreOf } from './prior/map-score.ts'
export { type ColdAirCase, type ColdAirHours, coldAirHours } from './terrain/cold-air.ts'
export { OFF_PATH, toblerKmh } from './terrain/movement-cost.ts'
