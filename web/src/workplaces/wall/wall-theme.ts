import type { Theme } from '../../theme/theme.ts'

/** From this hour on, local, it is day in a room with windows; from the other, night. */
const DAY_FROM_H = 7
const NIGHT_FROM_H = 19
const CHINA_MS = 8 * 3_600_000

/** `?theme=day`, `night`, or `auto`: by the hour of the console's zone. Null where the address does not say: as it was. */
export function wallTheme(query: Readonly<Record<string, unknown>>, nowMs: number): Theme | null {
  const { theme } = query
  if (theme === 'day' || theme === 'night') return theme
  if (theme !== 'auto') return null
  const hour = Math.floor((nowMs + CHINA_MS) / 3_600_000) % 24
  return hour >= DAY_FROM_H && hour < NIGHT_FROM_H ? 'day' : 'night'
}
