/**
 * Why a server could not be reached, in one line without addresses where the transport has a name for it (ECONNREFUSED,
 * CERT_HAS_EXPIRED, of a failed fetch its cause), else in its own words.
 */
export function dialFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  if (typeof code === 'string') return code
  if (error.cause instanceof Error) return dialFault(error.cause)
  return error.message.split('\n')[0] || error.name
}
