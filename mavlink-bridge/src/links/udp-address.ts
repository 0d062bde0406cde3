/** `HOST:PORT` of a UDP socket; an IPv6 host stands in brackets. Port 0 lets the system choose. */
export interface UdpAddress {
  readonly host: string
  readonly port: number
}

/** Null where the text is not an address. */
export function parseUdpAddress(text: string): UdpAddress | null {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  return host === undefined || port > 65_535 ? null : { host, port }
}

export const formatUdpAddress = ({ host, port }: UdpAddress): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
