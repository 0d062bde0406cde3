import { lineFramer } from '../feeds/framer.ts'
import type { StreamProtocol } from '../feeds/session.ts'
import { createReceiver } from './receiver.ts'

/** Lines of one receiver for each peer. @param sourceOf what the peer is called */
export const nmeaProtocol = (messageBytes: number, sourceOf: (peer: string) => string): StreamProtocol => ({
  framer: () => lineFramer(messageBytes),
  session: (peer) => {
    const receiver = createReceiver(sourceOf(peer))
    return { message: (bytes) => ({ decoded: receiver.line(Buffer.from(bytes).toString('latin1')) }) }
  },
})
