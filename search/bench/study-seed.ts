/** Seed of the study where none is given: that of the page in docs/benchmarks. */
const PAGE_SEED = 4

/**
 * Seed of the simulated subjects, from `SKERRY_SEED` (`npm run bench -- search --seed N` sets it): a whole number from 0 to
 * 2^31 - 1. RangeError that names it otherwise.
 */
export function studySeed(given = process.env['SKERRY_SEED']): number {
  if (given === undefined || given === '') return PAGE_SEED
  const seed = Number(given)
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31))
    throw new RangeError(`seed: must be a whole number from 0 to ${2 ** 31 - 1}, not ${given}`)
  return seed
}
