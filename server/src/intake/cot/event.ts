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
  /** Version that a client asks for in protocol negotiation. */
  requests: number | null
}

/** Values at or above this say "not known" in errors and heights. */
export const NOT_KNOWN = 999_999

export const circularError = (ce: number): number | null =>
  Number.isFinite(ce) && ce > 0 && ce < NOT_KNOWN && ce <= 100_000 ? ce : null

/** The emergency of an event: by its type or, on a device's own position, by its detail. */
export function emergencyOf(type: string, cancel: boolean, detail: boolean): CotEvent['emergency'] {
  if (type === 'b-a-o-can') return 'cancelled'
  if (!type.startsWith('b-a-o') && !detail) return null
  return cancel ? 'cancelled' : 'raised'
}
