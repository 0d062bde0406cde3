export {
  ACT_WITHIN_S,
  ALARM_KINDS,
  AlarmMeasures,
  FLOOD,
  SHELVE_MOST_MIN,
  type Alarm,
  type AlarmKind,
} from './alarms.ts'
export {
  AccountView,
  Actor,
  Enrol,
  FeedId,
  FeedScope,
  FeedView,
  MadeFeed,
  NewAccount,
  NewFeed,
  ROLES,
  Role,
  Seat,
  SignIn,
} from './access.ts'
export {
  BRIDGE_NAMESPACE,
  BridgeHello,
  AbsentHolder,
  StationCounts,
  BridgeStatus,
  CommandNotice,
  LeaseNotice,
  LinkHealth,
  OrderRequest,
  Plan,
  PlanStep,
  ReadBack,
  ThermalNotice,
  UploadNotice,
  UploadRequest,
  type Answer,
  type BridgeToServer,
  type ServerToBridge,
} from './bridge.ts'
export {
  CheckpointCount,
  CheckpointCounts,
  CheckpointDeclaration,
  CheckpointDeclarations,
  CheckpointId,
  type Checkpoint,
} from './checkpoints.ts'
export {
  CalibrationPlan,
  ContrastName,
  GroundCoverName,
  isUsable,
  type Calibration,
  type CalibrationPass,
  type CalibrationTarget,
  type MeasuredWidth,
} from './calibrations.ts'
export { readConfigText } from './config-text.ts'
export { COMMAND_ROLES, Command, CommandDone, type CommandType } from './commands.ts'
export { type DomainEvent, type EventOf, type EventType, type JournalEntry, type TimelineLine } from './events.ts'
export {
  AircraftOrder,
  CAMERA_ORDERS,
  type CameraOrder,
  type FlightOrder,
  CameraWish,
  isCameraOrder,
  CommandState,
  DroneId,
  DroneStatus,
  ModeKind,
  type AircraftCommand,
  type Drone,
  type Lease,
} from './fleet.ts'
export { EpochMs, Line, LngLat, Ring } from './geo.ts'
export { decodeGrid, encodeGrid, type GridFrame } from './grid-frame.ts'
export { FEED_REASONS, FeedReason, Health, PartState } from './health.ts'
export {
  ClosedAs,
  IncidentCategory,
  IncidentReport,
  IncidentState,
  Priority,
  SubjectCategory,
  SubjectDescription,
  SameKind,
  type DispatchOffer,
  type Incident,
} from './incidents.ts'
export { LIVE_NAMESPACE, Resume, Topic, type LiveToClient, type LiveToServer } from './live.ts'
export {
  BYTES_PER_MOVER,
  MOVER_KINDS,
  TOPIC_ZOOM,
  decodeMotion,
  emptyColumns,
  encodeMotion,
  topicName,
  topicTile,
  unitState,
  type MotionFrame,
  type MotionTopic,
  type MoverColumns,
  type MoverKind,
} from './motion.ts'
export {
  ENTITY_KINDS,
  type Change,
  type Entities,
  type EntityKind,
  type Hotspot,
  type Snapshot,
  type Update,
} from './picture.ts'
export { HTTP_CODES, Problem, ProblemCode } from './problem.ts'
export {
  ORDER_STEPS,
  REASON_CODES,
  ReasonCode,
  parseReason,
  reasonOf,
  type OrderStepName,
  type ParsedReason,
} from './reasons.ts'
export { TERMINAL_ALARM_BITS, terminalAlarmPriority, type TerminalAlarmCode } from './terminal-alarms.ts'
export { NAV_STATUS_UNKNOWN, VESSEL_GROUPS, vesselState, type Vessel, type VesselGroup } from './vessels.ts'
export { UNPLACED_CODES, Unplaced } from './unplaced.ts'
export {
  CAUTIONS,
  EXCLUSIONS,
  Leg,
  LegMode,
  Need,
  NeedOutcome,
  PICK_REASONS,
  RankedUnit,
  Recommendation,
  SHORTFALLS,
  type Exclusion,
} from './recommendation.ts'
export { RepeatRate, SameRule, SimilarIncident } from './same-reports.ts'
export { REFUSAL_CODES, type RefusalCode } from './refusals.ts'
export {
  ListedSite,
  PatternPlan,
  Polygon,
  SearchConditions,
  SearchSetup,
  SweepLook,
  TaskState,
  type Advice,
  type Candidate,
  type GridShape,
  type LegalNotice,
  type Reading,
  type Search,
  type SweepBasis,
  type Task,
  type OpenedSearch,
  type TaskCoverage,
} from './searches.ts'
export { DRIFT_AHEAD_MS, DriftCurrent, DriftStory, LONGEST_DRIFT_MS, SetAndRate } from './drift-story.ts'
export {
  LandStory,
  ScenarioStory,
  ScenarioWeight,
  SightingReport,
  Terrain,
  type AssumptionChange,
  type MapFigures,
  type Scenario,
  type ScenarioFigures,
  type Sighting,
} from './scenarios.ts'
export {
  FIX_REFUSALS,
  FixBatch,
  FixBatchResult,
  FixReport,
  Roster,
  RosterUnit,
  UnitId,
  UnitKind,
  UnitReport,
  UnitStatus,
  type Unit,
} from './units.ts'
export {
  MOST_ZONES,
  ZONE_RULE_KINDS,
  ZoneDraft,
  ZoneEvidence,
  ZoneMover,
  ZoneRule,
  ZoneShape,
  type Zone,
  type ZoneRuleKind,
} from './zones.ts'
export { type LoneTimer } from './timers.ts'
