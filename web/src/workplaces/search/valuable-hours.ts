import type { SearchConditions } from '@skerry/contract'
import { coldAirHours, waterSurvival, windChillC } from '@skerry/search'

/** Hours after the beginning in which searching buys most. Searching goes on after them, always. */
export interface ValuableHours {
  element: 'water' | 'air'
  /** Null: longer than the model tells (air, 24 h), or not told by it (warm water). */
  hours: number | null
  /** Warmer than the data on cold water: time is limited by exhaustion, and no hours are known. */
  exhaustion: boolean
  /** When they are over, milliseconds since 1970; null where the hours are not known to end. */
  untilMs: number | null
}

/** Since when the person may be in the water, and on land. */
export interface Beginnings {
  water: number
  land: number
}

/** What water and air say; nothing about what nobody has measured. Source: Hayward 1975, Tikuisis 1995. */
export function valuableHours({ waterC, airC }: SearchConditions, since: Beginnings): ValuableHours[] {
  const found: ValuableHours[] = []
  if (waterC !== null) {
    const { minutes, exhaustion } = waterSurvival(waterC)
    found.push({
      element: 'water',
      hours: exhaustion ? null : minutes / 60,
      exhaustion,
      untilMs: exhaustion ? null : since.water + minutes * 60_000,
    })
  }
  if (airC !== null) {
    const air = coldAirHours('two-loose-layers-5-kmh', airC)
    const hours = 'hours' in air ? air.hours : null
    found.push({
      element: 'air',
      hours,
      exhaustion: false,
      untilMs: hours === null ? null : since.land + hours * 3_600_000,
    })
  }
  return found
}

/** Wind chill, Celsius; null where wind or air is not known, or where it says no more than the air itself. */
export function chillC({ airC, windMps }: SearchConditions): number | null {
  if (airC === null || windMps === null) return null
  const chill = windChillC(airC, windMps * 3.6)
  return chill < airC ? chill : null
}
