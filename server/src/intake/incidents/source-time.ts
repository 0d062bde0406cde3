import { z } from 'zod'

/** How a source writes its times. `local` has no zone of its own and needs one. */
export const TIME_FORMATS = ['iso', 'local', 'epoch-s', 'epoch-ms'] as const
export const Zone = z.string().regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'must be an offset like +08:00')
export const TimeRule = z.strictObject({
  format: z.enum(TIME_FORMATS).default('local'),
  /** Offset of local times; daylight saving is not known to it. */
  zone: Zone.default('+08:00'),
})
export type TimeRule = z.infer<typeof TimeRule>

/** `2026-11-28 15:00`, `2026/11/28 15:00:01.5`, `2026-11-28T15:00:01`, `2026年11月28日15时00分01秒`; 24 h. */
const LOCAL =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.(\d{1,9}))?秒?)?分?)?$/
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/

/** A time as its source writes it, ms since 1970 UTC; null where it is none. */
export function readSourceTime(text: string, { format, zone }: TimeRule): number | null {
  const given = text.trim()
  switch (format) {
    case 'iso': {
      const ms = ISO.test(given) ? Date.parse(given.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : NaN
      return Number.isFinite(ms) && ms >= 0 ? ms : null
    }
    case 'epoch-s':
      return /^\d{1,11}(\.\d+)?$/.test(given) ? Math.round(Number(given) * 1000) : null
    case 'epoch-ms':
      return /^\d{1,14}$/.test(given) ? Number(given) : null
    case 'local':
      return localTime(given, zone)
  }
}

function localTime(given: string, zone: string): number | null {
  const match = LOCAL.exec(given)
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0))
  if (hour! > 23 || minute! > 59 || second! > 59) return null
  const dayMs = Date.UTC(year!, month! - 1, day)
  const read = new Date(dayMs)
  if (read.getUTCMonth() !== month! - 1 || read.getUTCDate() !== day) return null
  const [, sign, zoneHours, zoneMinutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone)!
  const offsetMin = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes))
  const fraction = Number(`0.${match[7] ?? '0'}`)
  const ms = dayMs + ((hour! * 60 + minute! - offsetMin) * 60 + second! + fraction) * 1000
  return ms >= 0 ? Math.floor(ms) : null
}
