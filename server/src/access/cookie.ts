export const SESSION_COOKIE = 'skerry_session'

/** Token in a Cookie header, or null. */
export function sessionTokenOf(cookieHeader: string | null | undefined): string | null {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === SESSION_COOKIE) return part.slice(at + 1).trim() || null
  }
  return null
}

/** Set-Cookie that scripts cannot read and other sites cannot send. `token` null takes it away. */
export function sessionCookie(token: string | null, options: { secure: boolean; maxAgeS: number }): string {
  const parts = [`${SESSION_COOKIE}=${token ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict']
  parts.push(`Max-Age=${token === null ? 0 : options.maxAgeS}`)
  if (options.secure) parts.push('Secure')
  return parts.join('; ')
}
