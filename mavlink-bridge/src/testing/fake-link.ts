import type { Link, PeerKey } from '../links/link.ts'
import { decode, type DecodedMessage } from '../wire/decode.ts'
import { framesOfDatagram } from '../wire/framer.ts'

export interface Sent {
  readonly peer: PeerKey
  readonly message: DecodedMessage
}

/** A link that keeps what was sent, decoded as a vehicle would read it, and hands it on at once. */
export function fakeLink(onSent: (sent: Sent) => void = () => undefined): Link & { readonly sent: Sent[] } {
  const sent: Sent[] = []
  return {
    sent,
    send(peer, bytes) {
      for (const frame of framesOfDatagram(bytes)) {
        const letter = { peer, message: decode(frame) }
        sent.push(letter)
        onSent(letter)
      }
    },
    lossShare: () => null,
  }
}
