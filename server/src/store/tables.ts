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
}

export interface AccountRow {
  account: string
  name: string
  role: string
  /** Base64; one random salt per account. */
  salt: string
  password_hash: string
  created_at_ms: number
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
}

export interface CheckpointCountRow {
  checkpoint_id: string
  minute_ms: number
  received_at_ms: number
  in_persons: number | null
  out_persons: number | null
  in_vehicles: number | null
  out_vehicles: number | null
  queue_persons: number | null
  queue_vehicles: number | null
}

export interface Tables {
  journal: JournalRow
  accounts: AccountRow
  sessions: SessionRow
  feeds: FeedRow
  tracks: TrackRow
  checkpoint_counts: CheckpointCountRow
  migrations: { id: number; name: string; applied_at_ms: number }
}
