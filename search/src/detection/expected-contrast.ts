import type { ThermalContrast } from './ground-cover.ts'

/** From weakest to strongest. */
const STEPS: readonly ThermalContrast[] = ['none', 'weak', 'moderate', 'strong']

/** Skin of a clothed person as a thermal camera sees it lies a little above 30 C; ground that warm hides it. */
const CONTRAST_BELOW_C: readonly (readonly [number, ThermalContrast])[] = [
  [22, 'strong'],
  [28, 'moderate'],
  [32, 'weak'],
]

/**
 * Thermal contrast to expect over ground whose hottest points are usually at `hottestGroundC`, by day or night. By day
 * one step weaker: sun on rock, sand and roofs makes warm texture that bodies drown in. Not yet looked at: moderate by
 * night, weak by day.
 * The temperatures and the step are ASSUMPTIONS. The step's direction and order are measured: on annotated frames a
 * simple detector found 71 % of persons by night and 29 % by day at the same threshold (HIT-UAV; search-science notes 5).
 */
export function expectedContrast(light: 'day' | 'night', hottestGroundC: number | null): ThermalContrast {
  const byNight =
    hottestGroundC === null ? 'moderate' : (CONTRAST_BELOW_C.find(([belowC]) => hottestGroundC < belowC)?.[1] ?? 'none')
  return light === 'night' ? byNight : STEPS[Math.max(0, STEPS.indexOf(byNight) - 1)]!
}
