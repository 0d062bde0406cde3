/** Something the caller gave is wrong: one line that names the field and says what it must be. Ends with code 2. */
export class BadInput extends Error {
  override name = 'BadInput'
}
