import type { LinkHealth } from '@skerry/contract'
import type { Link, PeerKey } from '../links/link.ts'
import { decode, type DecodedMessage } from '../wire/decode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'

export interface Sent {
  readonly peer: PeerKey
  readonly message: DecodedMessage
}

/** A link that keeps what was sent, decoded as a vehicle would read it, and hands it on at once. */
export function fakeLink(onSent: (sent: Sent) => void = () => undefined): Link & { readonly sent: Sent[] } {
  const sent: Sent[] = []
  const nextSeq = createSequence()
  return {
    name: 'fake',
    sent,
    peers: () => [],
    send(peer, encodeWith) {
      for (const frame of framesOfDatagram(encodeWith(nextSeq()))) {
        const letter = { peer, message: decode(frame) }
        sent.push(letter)
        onSent(letter)
      }
    },
    lossShare: () => null,
    health: (): LinkHealth => ({
      name: 'fake',
      kind: 'udp',
      local: 'fake:0',
      state: 'open',
      peers: 0,
      lastFrameAtMs: null,
      good: 0,
      badChecksum: 0,
      unknown: 0,
      refusedFlags: 0,
      junkBytes: 0,
    }),
    close: () => Promise.resolve(),
  }
}
