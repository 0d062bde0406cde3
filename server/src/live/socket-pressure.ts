/** Bytes that may wait for one console before perishable things pass it by: a few frames, never a queue. */
const MOST_WAITING_BYTES = 64 * 1024
const MOST_WAITING_PACKETS = 16
/** Beyond this a console will not catch up. */
const STUCK_BYTES = 32 * 1024 * 1024
const STUCK_PACKETS = 5000

/** A Socket.IO socket, of which only the connection under it matters here. */
interface Connection {
  readonly conn: object
}

/** Whether earlier messages to this socket still wait to leave this machine. */
export const busySocket = (socket: Connection): boolean =>
  waitingPackets(socket) > MOST_WAITING_PACKETS || waitingBytes(socket) > MOST_WAITING_BYTES

/** Whether so much waits that the other end must be gone or hopelessly slow. */
export const stuckSocket = (socket: Connection): boolean =>
  waitingPackets(socket) > STUCK_PACKETS || waitingBytes(socket) > STUCK_BYTES

/** Engine.IO keeps what its transport has not taken yet; its types hide it. */
const waitingPackets = ({ conn }: Connection): number => (conn as { writeBuffer?: unknown[] }).writeBuffer?.length ?? 0

/** The `ws` socket under a WebSocket transport knows the bytes; polling has none, its packets are counted. */
const waitingBytes = ({ conn }: Connection): number =>
  (conn as { transport?: { socket?: { bufferedAmount?: number } } }).transport?.socket?.bufferedAmount ?? 0
