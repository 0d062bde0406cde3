/** Water warmer than this is outside the data behind the formula; time is then limited by exhaustion, not cold. */
const HAYWARD_CAP_C = 20

/** How long the search in water is most valuable. It is never a reason to stop. */
export interface WaterSurvival {
  /** Median survival of a lightly clothed person holding still in a life vest, minutes. */
  readonly minutes: number
  /** True when the water is warmer than 20 C: the value is that of 20 C and exhaustion decides. */
  readonly exhaustion: boolean
}

/**
 * Hayward's formula as published, minutes: 15 + 7.2 / (0.0785 - 0.0034 T). Not for showing above 20 C, where it runs off to
 * its pole at 23.1 C: use `waterSurvival`. Source: Hayward et al. 1975, vectors `hayward_survival_min`.
 */
export const haywardMinutes = (waterC: number): number => 15 + 7.2 / (0.0785 - 0.0034 * waterC)

/**
 * Survival time in cold water: minutes = 15 + 7.2 / (0.0785 - 0.0034 T), light clothing, life vest, holding still.
 * Capped at 20 C (700 min): the formula has a pole at 23.1 C. Show it as "most valuable hours", never as an end.
 * @param waterC Celsius, -2..40; RangeError outside
 * Source: Hayward et al. 1975, search-science notes 6, vectors `hayward_survival_min`.
 */
export function waterSurvival(waterC: number): WaterSurvival {
  if (!(waterC >= -2 && waterC <= 40)) throw new RangeError('waterC: must be -2 to 40')
  const cold = Math.min(waterC, HAYWARD_CAP_C)
  return { minutes: haywardMinutes(cold), exhaustion: waterC > HAYWARD_CAP_C }
}

/**
 * Wind chill temperature, Celsius: 13.12 + 0.6215 T - 11.37 V^0.16 + 0.3965 T V^0.16, V in km/h at 10 m.
 * Defined for T <= 10 and V >= 4.8; outside it is the air temperature itself. To rank urgency, not to end a search.
 * Source: search-science notes 6 (Environment Canada / NWS 2001).
 */
export function windChillC(airC: number, windKmh: number): number {
  if (airC > 10 || windKmh < 4.8) return airC
  const v = windKmh ** 0.16
  return 13.12 + 0.6215 * airC - 11.37 * v + 0.3965 * airC * v
}
