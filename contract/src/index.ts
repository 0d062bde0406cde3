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
  ACTING_ROLES,
  AccountRole,
  AccountView,
  Actor,
  CONSOLE_ROLES,
  Enrol,
  FeedId,
  FeedScope,
  FeedView,
  KioskId,
  KioskView,
  MadeFeed,
  MadeGuest,
  MadeKiosk,
  NewAccount,
  NewFeed,
  NewGuest,
  NewKiosk,
  OpenKiosk,
  ROLES,
  Role,
  Seat,
  SignIn,
  StaffMember,
  seesRoomsOnly,
} from './access.ts'
export {
  BRIDGE_NAMESPACE,
  BridgeHello,
  AbsentHolder,
  StationCounts,
  BridgeStatus,
  CommandNotice,
  DroneMove,
  FenceNotice,
  FenceRequest,
  LeaseNotice,
  LinkHealth,
  OrderRequest,
  Plan,
  PlanStep,
  ReadBack,
  ThermalNotice,
  UploadNotice,
  CancelUploadRequest,
  UploadRequest,
  type Answer,
  type BridgeToServer,
  type ServerToBridge,
} from './bridge.ts'
export {
  COUNT_REFUSALS,
  CheckpointDeclaration,
  CheckpointDeclarations,
  CheckpointId,
  CountArchive,
  CountBatch,
  CountBatchResult,
  FlowDirection,
  Flowing,
  Lane,
  LaneCount,
  LaneId,
  MOST_COUNTS,
  MOST_LANES,
  QueueCount,
  StreamDay,
  type Checkpoint,
  type FlowAhead,
  type FlowStream,
  type Spread,
  type Surge,
  type UsualFlow,
} from './checkpoints.ts'
export {
  Capacity,
  Crossings,
  LineId,
  Mmsi,
  PlaceId,
  VesselKind,
  capacityOf,
  lineIdOf,
  readCrossings,
  type CrossingLine,
  type Service,
} from './crossings.ts'
export { DayFlow, HolidayComparison, IslandBalance } from './island-balance.ts'
export {
  CANCEL_REASONS,
  CancelReason,
  SAILING_REFUSALS,
  SAILING_STATES,
  SailingReport,
  SailingReports,
  SailingReportsResult,
  SailingNetwork,
  type Sailing,
  type SailingState,
} from './sailings.ts'
export {
  CalibrationPlan,
  ContrastName,
  GroundCoverName,
  isUsable,
  type Calibration,
  type CalibrationFalseAlarm,
  type CalibrationPass,
  type CalibrationTarget,
  type MeasuredDetector,
  type MeasuredWidth,
} from './calibrations.ts'
export { contrastOf } from './contrast.ts'
export {
  AdviserEntry,
  CategoryEntry,
  ChecklistEntry,
  Dictionary,
  DictionaryFile,
  IncidentLevel,
  LevelShape,
  RoomTimes,
  SupportEntry,
  Words,
  categoryNamed,
  classOf,
  somebodyLost,
  levelOf,
} from './dictionary.ts'
export { DEFAULT_DICTIONARY } from './dictionary-default.ts'
export { MemberKey, type RoomVoice } from './room-voice.ts'
export {
  memberId,
  messageId,
  type ChecklistItem,
  type LeaveReason,
  type MemberKind,
  type ReadingMark,
  type RollCall,
  type Room,
  type RoomAnswer,
  type RoomMember,
  type RoomMessage,
} from './rooms.ts'
export {
  ACT_ENDS,
  ACT_MOST_MIN,
  APPROVE_WITHIN_MS,
  ActTarget,
  ActView,
  actId,
  type ActEnd,
  type SensitiveAct,
} from './acts.ts'
export { CameraEntry, CamerasFile, FixedCamera } from './cameras.ts'
export {
  ConsignmentDraft,
  ConsignmentFix,
  ConsignmentState,
  DutyContact,
  EARLY_START_MS,
  LoadLine,
  MOST_CONSIGNMENTS,
  isOnRoad,
  isOver,
  type Consignment,
} from './consignments.ts'
export { FIRST_ACTIONS_SOURCE, HazardClass, UnNumber, firstActionsFor, type FirstActions } from './dangerous-goods.ts'
export { looksPersonal, withoutPersonal } from './personal.ts'
export { RoomRule } from './room-rules.ts'
export { type CandidateOnMap, type DetectorRates, type RateBasis } from './detector.ts'
export {
  MOST_TABLES,
  TableFile,
  TableName,
  type DistancesKm,
  type OwnTable,
  type TableCategory,
} from './distance-tables.ts'
export {
  GROUND_COVERS,
  GROUND_LINES,
  SubjectCondition,
  type DrawnGround,
  type GroundCoverClass,
  type GroundLayers,
  type GroundLine,
  GroundReason,
  type CoverShare,
  type GroundUsed,
  WhyHere,
  WhyUnderScenario,
} from './ground-layers.ts'
export { readConfigText } from './config-text.ts'
export { COMMAND_ROLES, Command, CommandDone, type CommandType } from './commands.ts'
export { type DomainEvent, type EventOf, type EventType, type JournalEntry, type TimelineLine } from './events.ts'
export {
  FenceAboard,
  FenceAsk,
  FenceOutcome,
  FencePhase,
  FencePlan,
  FenceZone,
  MOST_FENCE_CORNERS,
  type DroneFence,
  type FenceTransfer,
} from './geofence.ts'
export {
  AircraftOrder,
  CAMERA_ORDERS,
  CONTROL_ORDERS,
  type CameraOrder,
  type ControlOrder,
  type FlightOrder,
  CameraWish,
  isCameraOrder,
  isControlOrder,
  isFlightOrder,
  CommandState,
  DroneId,
  DroneStatus,
  ModeKind,
  type AircraftCommand,
  type Drone,
  type Lease,
} from './fleet.ts'
export { DATUMS, EpochMs, Line, LngLat, Ring, type Datum } from './geo.ts'
export { decodeGrid, encodeGrid, type GridFrame } from './grid-frame.ts'
export { FEED_REASONS, FeedReason, Health, PartState } from './health.ts'
export { PastPage, PastPlaces, PastRecord, type PastSearch } from './history.ts'
export {
  ClosedAs,
  IncidentCategory,
  IncidentClass,
  IncidentChange,
  IncidentReport,
  NOTICE_OUTCOMES,
  type NoticeOutcome,
  IncidentState,
  LevelId,
  Priority,
  SubjectCategory,
  SubjectDescription,
  SameKind,
  type DispatchOffer,
  type Incident,
} from './incidents.ts'
export {
  CAP_CATEGORY,
  CAP_CERTAINTY,
  CAP_MSG_TYPE,
  CAP_RESPONSE,
  CAP_SCOPE,
  CAP_SEVERITY,
  CAP_STATUS,
  CAP_URGENCY,
  type CapCategory,
  type CapCertainty,
  type CapMsgType,
  type CapResponse,
  type CapScope,
  type CapSeverity,
  type CapStatus,
  type CapUrgency,
} from './cap-words.ts'
export {
  WarningArea,
  WarningDraft,
  WarningText,
  alertTextFor,
  standingWarning,
  type AlertArea,
  type AlertCode,
  type AlertText,
  type PublicAlert,
  type SentWarning,
} from './public-alerts.ts'
export { LIVE_NAMESPACE, Resume, Topic, type LiveToClient, type LiveToServer } from './live.ts'
export {
  BYTES_PER_MOVER,
  MOVER_KINDS,
  TOPIC_ZOOM,
  decodeMotion,
  decodeMotionMessage,
  emptyColumns,
  encodeMotion,
  motionBlocks,
  motionHead,
  topicName,
  topicTile,
  unitState,
  type MotionFrame,
  type MotionHead,
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
export { TakeOffWait } from './take-off.ts'
export { TERMINAL_ALARM_BITS, terminalAlarmPriority, type TerminalAlarmCode } from './terminal-alarms.ts'
export { NAV_STATUS_UNKNOWN, VESSEL_GROUPS, vesselState, type Vessel, type VesselGroup } from './vessels.ts'
export { stepReached } from './mission-progress.ts'
export { SearchGround, TaskGround } from './search-ground.ts'
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
export {
  AlarmLoad,
  INCIDENT_STEPS,
  KpiGroup,
  KpiReport,
  Percentile,
  Percentiles,
  Recovery,
  SMALL_N,
  Share,
  StepTime,
  type IncidentStep,
} from './kpis.ts'
export { RepeatRate, SameRule, SimilarIncident } from './same-reports.ts'
export { REFUSAL_CODES, type RefusalCode } from './refusals.ts'
export {
  ListedSite,
  PatternPlan,
  Polygon,
  LightChoice,
  SearchConditions,
  SearchSetup,
  SweepLook,
  TaskState,
  type Advice,
  type AreaPattern,
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
export {
  DrawingDraft,
  DrawnShape,
  MOST_DRAWINGS,
  MOST_TEAM_TRACKS,
  RecordedPoint,
  RecordedTrack,
  TRACK_REFUSALS,
  type Drawing,
  type TeamTrack,
  type TrackRefusal,
} from './search-drawings.ts'
export {
  DroneSweep,
  GroundSensor,
  MOST_TRACK_FIXES,
  SEA_TARGETS,
  TeamAssignment,
  TrackSource,
  type EffortSource,
  type GroundEffort,
  type PosBySource,
  type Segment,
  type SegmentTeam,
} from './segments.ts'
export { DRIFT_AHEAD_MS, DriftCurrent, DriftStory, LONGEST_DRIFT_MS, SetAndRate, Terrain } from './drift-story.ts'
export { ExposureMap, MOST_EXPOSED_PLACES, NO_EXPOSURE } from './exposure.ts'
export {
  LandStory,
  ScenarioStory,
  ScenarioWeight,
  SightingReport,
  type AssumptionChange,
  type MapFigures,
  type Scenario,
  type ScenarioFigures,
  type Sighting,
} from './scenarios.ts'
export {
  FIX_AGE_LIMIT_MS,
  FIX_REFUSALS,
  FixBatch,
  FixBatchResult,
  FixReport,
  Roster,
  RosterUnit,
  UnitId,
  UnitKind,
  RadioStep,
  UnitReport,
  UnitStatus,
  type CoverOrder,
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
export { SUPPORT_ANSWERS, type SupportAnswer, type SupportRequest } from './support.ts'
export { COVER_ENDS, CoverMove, CoverPlan, ZoneCover, type CoverEnd } from './cover.ts'
