/**
 * A Cursor-on-Target event: what of it Skerry reads. Call signs, phones, endpoints and remarks are not among it: who
 * an event is about is its uid, which the feeds file maps to a unit.
 */
export interface CotEvent {
  uid: string
  /** `a-f-G-U-C` a friendly ground unit, `b-a-o-tbl` an emergency, `t-x-c-t` a ping, ... */
  type: string
  /** `m-...` measured by a machine, `h-...` put there by a person. */
  how: string
  atMs: number
  staleMs: number
  lng: number
  lat: number
  /** Radius of the circular error, metres; null where it is not known. */
  accuracyM: number | null
  speedMps: number | null
  courseDeg: number | null
  /** Uid of who the event belongs to (an emergency is an event of its own). */
  owner: string | null
  emergency: 'raised' | 'cancelled' | null
  /** Its part in the negotiation of a stream's protocol; null for every other event. */
  negotiation: Negotiation | null
}

export type Negotiation =
  | { says: 'offer'; versions: readonly number[] }
  | { says: 'request'; version: number }
  | { says: 'answer'; yes: boolean }

/** Versions of the TAK protocol that a device reads, as it tells its network. */
export interface TakControl {
  min: number
  max: number
  /** Null: of the device whose event it came with. */
  uid: string | null
}

/** What is written where an error or a height is not known. */
export const NOT_KNOWN = 9_999_999
/** Some write one digit less: values at or above this are read as not known. */
const READ_AS_NOT_KNOWN = 999_999

export const circularError = (ce: number): number | null =>
  Number.isFinite(ce) && ce > 0 && ce < READ_AS_NOT_KNOWN && ce <= 100_000 ? ce : null

/** The emergency of an event: by its type or, on a device's own position, by its detail. */
export function emergencyOf(type: string, cancel: boolean, detail: boolean): CotEvent['emergency'] {
  if (type === 'b-a-o-can') return 'cancelled'
  if (!type.startsWith('b-a-o') && !detail) return null
  return cancel ? 'cancelled' : 'raised'
}
