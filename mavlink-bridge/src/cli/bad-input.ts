/** Something the caller gave is wrong: one line that names it and says what it must be. Ends the tool with code 2. */
export class BadInput extends Error {
  override name = 'BadInput'
}
