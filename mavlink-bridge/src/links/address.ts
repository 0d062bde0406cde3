/** Host and port of a socket; an IPv6 host stands in brackets. Port 0 lets the system choose. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** `HOST:PORT`; null where the text is not an address. */
export function parseAddress(text: string): Address | null {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  return host === undefined || port > 65_535 ? null : { host, port }
}

export const formatAddress = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
