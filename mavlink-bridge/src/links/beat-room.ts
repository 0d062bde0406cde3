/** A signed HEARTBEAT of MAVLink 2, bytes: header, 9 of payload, checksum, signature. */
const BEAT_BYTES = 34
/** What heartbeats may take of a link's budget; they go before everything else, so that nothing holds them to it. */
const SHARE_OF_BUDGET = 0.05

/**
 * Whether a link may carry two of our heartbeats a second instead of one.
 * @param bytesPerS its budget; null: no limit
 * @param frames frames of one beat on that link: one for each far end and key there
 */
export const hasRoomToBeatTwice = (bytesPerS: number | null, frames: number): boolean =>
  bytesPerS === null || 2 * BEAT_BYTES * Math.max(1, frames) <= SHARE_OF_BUDGET * bytesPerS
