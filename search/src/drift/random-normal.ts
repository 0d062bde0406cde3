import type { Random } from '../frame/seeded-random.ts'

/** Source of standard normal deviates from a uniform one (Box-Muller, both of a pair used). */
export function normalFrom(random: Random): Random {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const kept = spare
      spare = null
      return kept
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    const angle = 2 * Math.PI * random()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}
