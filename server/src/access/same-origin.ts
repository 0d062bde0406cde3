/**
 * Whether a request comes from a page of this server, or from no page at all. Browsers name the origin of every
 * request that could change something; a program that names none has no cookie of somebody else to abuse.
 */
export function isSameOrigin(headers: {
  origin: string | null | undefined
  host: string | null | undefined
  fetchSite: string | null | undefined
}): boolean {
  const { origin, host, fetchSite } = headers
  if (origin === null || origin === undefined)
    return fetchSite == null || fetchSite === 'same-origin' || fetchSite === 'none'
  if (!URL.canParse(origin) || host == null) return false
  return new URL(origin).host === host.toLowerCase()
}
