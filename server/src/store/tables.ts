/** Rows as both dialects hold them. Times are doubles: exact for any millisecond, and the same type in both. */
export interface JournalRow {
  seq: number
  at_ms: number
  /** JSON text, kept as written: the hash is over its canonical form. */
  actor: string
  command_id: string | null
  incident_id: string | null
  type: string
  event: string
  prev: string
  hash: string
  /** Number of the entry that tells of the purge that changed this one last; null: it is as it was written. */
  purged_seq: number | null
}

export interface AccountRow {
  account: string
  name: string
  role: string
  /** Base64; one random salt per account. */
  salt: string
  password_hash: string
  created_at_ms: number
  /** Unit that a unit's account speaks for. */
  unit_id: string | null
}

export interface SessionRow {
  /** SHA-256 of the cookie's token, hex: a stolen database signs nobody in. */
  token_hash: string
  seat_id: string
  account: string
  created_at_ms: number
  expires_at_ms: number
}

export interface FeedRow {
  id: string
  /** JSON array of scopes. */
  scopes: string
  token_hash: string
  created_at_ms: number
}

export interface RoomGuestRow {
  /** SHA-256 of the link's token, hex. */
  token_hash: string
  guest_id: string
  incident_id: string
  created_at_ms: number
}

export interface TrackRow {
  kind: string
  id: string
  at_ms: number
  received_at_ms: number
  lng: number
  lat: number
  accuracy_m: number | null
  heading_deg: number | null
  speed_mps: number | null
  height_m: number | null
  feed: string | null
}

/** A stretch of one mover's track, packed (`tracks/track-block.ts`). */
export interface TrackBlockRow {
  kind: string
  id: string
  from_ms: number
  to_ms: number
  /** Metres that a place may be off because points were left out; 0: every point is here. */
  tolerance_m: number
  points: number
  data: Uint8Array
}

export interface LaneCountRow {
  checkpoint_id: string
  lane: string
  /** Minutes of the step: 1, 15 or 60. */
  span_min: number
  start_ms: number
  received_at_ms: number
  /** Minutes of the step that were counted. */
  minutes: number
  valid: number | null
  invalid: number | null
  manual: number | null
  arrived: number | null
}

export interface QueueCountRow {
  checkpoint_id: string
  direction: string
  counts: string
  /** Empty where the queue is that of all lines. */
  line_id: string
  span_min: number
  start_ms: number
  received_at_ms: number
  waiting: number | null
  peak: number | null
}

export interface SailingRow {
  id: string
  scheduled_ms: number
  /** JSON of what its owner and the ship's own positions said. */
  facts: string
}

export interface KioskRow {
  id: string
  token_hash: string
  created_at_ms: number
}

/** A closed incident that has left the live picture, as it was then. */
export interface PastIncidentRow {
  id: string
  number: number
  source: string
  occurred_at_ms: number
  received_at_ms: number
  /** Number, place, text and outcome in small letters, to be searched. */
  words: string
  /** JSON. */
  incident: string
  /** Degrees, WGS 84: what hotspots are computed from is read without the whole incident. */
  lng: number
  lat: number
  /** 1: another report of an event that is there already. */
  same_event: number
  /** JSON of where and when the person was found; null for not, and where nobody was searched for. */
  found: string | null
  /** What retention counts from; null where it was never said, and then nothing is purged. */
  closed_at_ms: number | null
  /** 1: a missing person's, or one with a search. */
  personal: number
  /** 1: its search was suspended, and nobody was found. */
  suspended: number
  /** When each rule was carried out. */
  purged_person_ms: number | null
  purged_messages_ms: number | null
  purged_tracks_ms: number | null
  purged_acts_ms: number | null
}

export interface PastSearchRow {
  id: string
  incident_id: string
  /** JSON of the search with its tasks and candidates. */
  facts: string
  /** The whole probability map in the form of the live stream; null where there was none. */
  map: Uint8Array | null
}

export interface Tables {
  journal: JournalRow
  accounts: AccountRow
  sessions: SessionRow
  feeds: FeedRow
  room_guests: RoomGuestRow
  kiosks: KioskRow
  tracks: TrackRow
  track_blocks: TrackBlockRow
  lane_counts: LaneCountRow
  queue_counts: QueueCountRow
  sailings: SailingRow
  past_incidents: PastIncidentRow
  past_searches: PastSearchRow
  migrations: { id: number; name: string; applied_at_ms: number }
}
