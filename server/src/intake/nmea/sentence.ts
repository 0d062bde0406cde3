/** One NMEA 0183 sentence: `RMC` by talker `GN`, its fields without the address, and the TAG block before it. */
export interface Sentence {
  /** `$` for parametric sentences, `!` for encapsulated ones (AIS). */
  start: '$' | '!'
  talker: string
  type: string
  fields: readonly string[]
  /** Time that the receiving station gave (TAG block `\c:1577836800*hh\`, or the last of a station's own fields). */
  tagAtMs: number | null
  /** Station that heard it (TAG block `s:`), and the group that this sentence and others are (`g:1-2-1234`). */
  station: string | null
  tagGroup: string | null
}

/** Reads a line: an optional TAG block, a sentence with its checksum, and what a coast station may have added to it. */
export function readSentence(line: string): Sentence | 'malformed' | 'checksum' {
  const given = line.trim()
  const tagged = /^\\([^\\]*)\\(.*)$/.exec(given)
  const text = tagged?.[2] ?? given
  // Some loggers write the line's end out as text: what follows the sum counts for nothing, unless it is a sentence.
  const match = /^([$!])([A-Z0-9]{2,14}),([ -)+-~]*)\*([0-9A-Fa-f]{2})(?![0-9A-Fa-f])([^$!]*)$/.exec(text)
  if (match === null) return /^[$!][A-Z0-9]{2,14},[^*]*$/.test(text) ? 'checksum' : 'malformed'
  const [, start, address = '', data = '', sum = '', extra] = match
  if (sumOf(`${address},${data}`) !== Number.parseInt(sum, 16)) return 'checksum'
  const tag = tagged === null ? { ...NO_TAG, tagAtMs: timeOfStation(extra) } : readTag(tagged[1]!)
  if (tag === 'checksum') return 'checksum'
  const own = address.startsWith('P') ? 1 : address.length - 3
  return {
    start: start === '!' ? '!' : '$',
    talker: address.slice(0, own),
    type: address.slice(own),
    fields: data.split(','),
    ...tag,
  }
}

/** Exclusive or of all characters. */
export function sumOf(text: string): number {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum ^= text.charCodeAt(i)
  return sum
}

/** Coast stations add fields after the checksum, the last of them seconds since 1970. */
function timeOfStation(extra: string | undefined): number | null {
  const text = /(?:^|,)(\d{10})$/.exec(extra ?? '')?.[1]
  return text === undefined ? null : Number(text) * 1000
}

type Tag = Pick<Sentence, 'tagAtMs' | 'station' | 'tagGroup'>
const NO_TAG: Tag = { tagAtMs: null, station: null, tagGroup: null }

function readTag(block: string): Tag | 'checksum' {
  const [, body = '', sum = ''] = /^(.*)\*([0-9A-Fa-f]{2})$/.exec(block) ?? []
  if (body === '' || sumOf(body) !== Number.parseInt(sum, 16)) return 'checksum'
  const text = /(?:^|,)c:(\d{10,13})(?:,|$)/.exec(body)?.[1]
  const tagAtMs = text === undefined ? null : text.length > 10 ? Number(text) : Number(text) * 1000
  const station = /(?:^|,)s:([^,]{1,32})/.exec(body)?.[1] ?? null
  return { tagAtMs, station, tagGroup: /(?:^|,)g:\d+-\d+-(\w{1,16})(?:,|$)/.exec(body)?.[1] ?? null }
}
