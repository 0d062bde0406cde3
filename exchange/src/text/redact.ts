/** What stands where something was taken out; the same in every language. */
export const REDACTED = '[***]'

/** What of a free text points at a person by a number. */
export const REDACTED_KINDS = ['phone', 'identity', 'plate', 'mail'] as const
export type RedactedKind = (typeof REDACTED_KINDS)[number]

export interface Redaction {
  text: string
  /** How many were taken out, of all kinds. */
  count: number
  kinds: Readonly<Record<RedactedKind, number>>
}

/** Not inside a longer number or word. */
const BEFORE = '(?<![0-9A-Za-z])'
const AFTER = '(?![0-9A-Za-z])'
const GAP = '[-\\s.·_/]?'
const rule = (kind: RedactedKind, source: string, flags = ''): { kind: RedactedKind; shape: RegExp } => ({
  kind,
  shape: new RegExp(source, `gd${flags}`),
})

/** A year, month and day as an identity number has them. */
const BIRTH = `(?:18|19|20)${GAP}\\d{2}${GAP}(?:0[1-9]|1[0-2])${GAP}(?:0[1-9]|[12]\\d|3[01])`
const BIRTH_SHORT = '\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
const PROVINCES = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'
/** Words after which a number of seven digits or more is one that somebody can be reached by. */
const REACHED_BY =
  '电话|手机|联系方式|联系|座机|热线|致电|回拨|号码|来电|微信|(?<![A-Za-z])(?:QQ|tel|telephone|phone|mobile|cell|call|ring|fax|contact)(?![a-z]*ed)'
/** Between such a word and its number; numbers of ships and cases are called something else. */
const REACHED_GAP = '(?:(?!MMSI|IMO|呼号|编号|船号|单号)[^0-9\\n]){0,12}'

/**
 * In this order: what an earlier rule took is not looked at again. They go by looks alone: sums are not checked, for
 * a number with a slip of the pen points at somebody as well.
 */
const RULES = [
  rule('mail', `${BEFORE}[\\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,5}[A-Za-z]{2,24}${AFTER}`),
  // Resident identity card, 18 digits (the last may be X) or the older 15.
  rule('identity', `${BEFORE}\\d{6}${GAP}${BIRTH}${GAP}\\d{3}[\\dXx]${AFTER}`),
  rule('identity', `${BEFORE}\\d{6}${BIRTH_SHORT}\\d{3}${AFTER}`),
  // Passport, travel permits of Hong Kong, Macao and Taiwan.
  rule('identity', `${BEFORE}(?:[EGPSD]\\d{8}|E[A-Z]\\d{7}|[HM]\\d{8}(?:\\d{2})?)${AFTER}`),
  rule('identity', `${BEFORE}\\d{3}-\\d{2}-\\d{4}${AFTER}`),
  rule('plate', `(?:[${PROVINCES}][A-Z]|WJ[${PROVINCES}]?)${GAP}[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]${AFTER}`),
  // Masked in the middle, as call centres print numbers: still enough to tell one of a few.
  rule('phone', `${BEFORE}1[3-9]\\d[*xX]{4}\\d{4}${AFTER}`),
  rule('identity', `${BEFORE}\\d{3,6}[*xX]{6,12}\\d{2,3}[\\dXx]${AFTER}`),
  // Mobile numbers of China, alone or with the country's code, in the groups in which people write them.
  rule('phone', `${BEFORE}(?:(?:\\+|00)?86${GAP})?1[3-9]\\d(?:${GAP}\\d{4}){2}${AFTER}`),
  rule('phone', `${BEFORE}(?:(?:\\+|00)?86${GAP})?1[3-9]\\d${GAP}\\d{3}${GAP}\\d{5}${AFTER}`),
  rule('phone', `${BEFORE}1[-\\s][3-9](?:[-\\s]\\d){9}${AFTER}`),
  // Landlines with their area code, service numbers, and numbers abroad.
  rule('phone', `(?<![0-9A-Za-z.,])\\(?0\\d{2,3}\\)?[-\\s]?\\d{3,4}[-\\s]?\\d{4}(?:[-转]\\d{1,5})?${AFTER}(?!\\.\\d)`),
  rule('phone', `(?<![0-9A-Za-z])(?:\\+|00)[1-9]\\d{0,2}(?:[-\\s.()]{0,2}\\d){6,13}${AFTER}`),
  rule('phone', `(?<![0-9A-Za-z.,])\\(?[2-9]\\d{2}\\)?[-.\\s]\\d{3}[-.\\s]\\d{4}${AFTER}(?!\\.\\d)`),
  rule('phone', `(?:${REACHED_BY})${REACHED_GAP}(?<n>\\d(?:[-\\s]?\\d){6,14})${AFTER}`, 'i'),
]

const CHINESE_DIGITS: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  '○': '0',
  洞: '0',
  一: '1',
  幺: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  拐: '7',
  八: '8',
  九: '9',
  勾: '9',
  壹: '1',
  贰: '2',
  叁: '3',
  肆: '4',
  伍: '5',
  陆: '6',
  柒: '7',
  捌: '8',
  玖: '9',
}
/** So many spoken digits in a row are a number, not a count. */
const SPOKEN = new RegExp(`[${Object.keys(CHINESE_DIGITS).join('')}]{7,}`, 'g')

/** Full-width forms and spoken digits as plain ones, character by character, so that places stay the same. */
function levelled(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(SPOKEN, (run) => [...run].map((letter) => CHINESE_DIGITS[letter] ?? letter).join(''))
}

/**
 * Takes telephone numbers, identity numbers, number plates and mail addresses out of a free text. A text of places,
 * times, ship numbers (MMSI, IMO), road and case numbers stays as it is. Names cannot be told from other words and are
 * not found: no schema asks for them.
 */
export function redactText(text: string): Redaction {
  const kinds = { phone: 0, identity: 0, plate: 0, mail: 0 }
  let level = levelled(text)
  const taken: [start: number, end: number][] = []
  for (const { kind, shape } of RULES) {
    for (const match of level.matchAll(shape)) {
      const [start, end] = match.indices?.groups?.['n'] ?? match.indices![0]!
      taken.push([start, end])
      kinds[kind]++
    }
    level = blanked(level, taken)
  }
  if (taken.length === 0) return { text, count: 0, kinds }
  taken.sort(([a], [b]) => a - b)
  let out = ''
  let at = 0
  for (const [start, end] of taken) {
    out += text.slice(at, start) + REDACTED
    at = end
  }
  return { text: out + text.slice(at), count: taken.length, kinds }
}

/** What was taken, as characters that no rule knows. */
function blanked(level: string, taken: readonly (readonly [number, number])[]): string {
  let out = level
  for (const [start, end] of taken) out = out.slice(0, start) + '\u0001'.repeat(end - start) + out.slice(end)
  return out
}
