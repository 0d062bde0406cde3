/** Something the caller gave is wrong: one line that names the field and says what it must be. Ends with code 2. */
export class BadInput extends Error {
  override name = 'BadInput'
}

/** Puts the place in front of the field that a fault of the input names: `scenarios[1].drift.` before `object: must be`. */
export function inside<T>(place: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof BadInput || error instanceof RangeError) throw new BadInput(`${place}${error.message}`)
    throw error
  }
}
