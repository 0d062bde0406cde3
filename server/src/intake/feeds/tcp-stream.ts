import type { Socket } from 'node:net'
import type { FeedDoor } from './feed-door.ts'
import type { StreamProtocol } from './session.ts'

/** A peer that says nothing for so long has gone without a word. */
const IDLE_MS = 10 * 60_000
/** The system looks after a silent connection whether its other end is still there. */
const KEEP_ALIVE_MS = 30_000

/**
 * Hears one TCP connection to its end. What is read waits until what came before has been taken, so a fast sender is
 * slowed by its own socket and never fills our memory.
 */
export async function hearStream(
  socket: Socket,
  peer: string,
  parts: { door: FeedDoor; protocol: StreamProtocol; nowMs: () => number },
): Promise<void> {
  const { door, protocol, nowMs } = parts
  const framer = protocol.framer()
  const session = protocol.session(peer, {
    write: (bytes) => void socket.write(bytes),
    waitingBytes: () => socket.writableLength,
    end: () => void socket.destroy(),
  })
  socket.setTimeout(IDLE_MS, () => socket.destroy())
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEP_ALIVE_MS)

  /** False when the conversation is over. */
  async function hear(frames: readonly Uint8Array[]): Promise<boolean> {
    for (const frame of frames) {
      if (!door.admits(peer)) continue
      const { decoded, replies = [], end = false, after } = session.message(frame, nowMs())
      await door.take(decoded)
      for (const reply of replies) socket.write(reply)
      after?.()
      if (end) return false
    }
    return true
  }

  try {
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      const { frames, tooLarge } = framer.push(bytes)
      for (let i = 0; i < tooLarge; i++) door.turnAway('too-large')
      if (!(await hear(frames))) break
    }
    await hear(framer.end())
  } finally {
    session.close?.()
    socket.destroy()
  }
}
