import type { Clock } from '../clock.ts'
import type { LinkSpec, StationSpec } from './links-config.ts'
import { openSerial } from './serial-transport.ts'
import { dialTcp, listenTcp } from './tcp-transport.ts'
import type { Transport, TransportEvents } from './transport.ts'
import { dialUdp, listenUdp } from './udp-transport.ts'

type Spec = LinkSpec | StationSpec

/** Opens what a link declares. Rejects only where it is to listen and cannot: what is dialled is tried again and again. */
export function openTransport(
  spec: Spec,
  events: TransportEvents,
  ports: { readonly clock: Clock; readonly random: () => number },
): Transport | Promise<Transport> {
  switch (spec.kind) {
    case 'udp-listen':
      return listenUdp(spec.at, events)
    case 'udp-dial':
      return dialUdp(spec.to, events, ports)
    case 'tcp-listen':
      return listenTcp(spec.at, events, ports)
    case 'tcp-dial':
      return dialTcp(spec.to, events, ports)
    case 'serial':
      return openSerial(spec, events, ports)
  }
}
