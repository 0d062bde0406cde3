/** One NMEA 0183 sentence: `RMC` by talker `GN`, its fields without the address, and the TAG block before it. */
export interface Sentence {
  /** `$` for parametric sentences, `!` for encapsulated ones (AIS). */
  start: '$' | '!'
  talker: string
  type: string
  fields: readonly string[]
  /** Time that the receiving station gave (TAG block `\c:1577836800*hh\`, or the last of a station's own fields). */
  tagAtMs: number | null
}

/** Reads a line: an optional TAG block, a sentence with its checksum, and what a coast station may have added to it. */
export function readSentence(line: string): Sentence | 'malformed' | 'checksum' {
  const given = line.trim()
  const tagged = /^\\([^\\]*)\\(.*)$/.exec(given)
  const text = tagged?.[2] ?? given
  const match = /^([$!])([A-Z0-9]{2,14}),([ -)+-~]*)\*([0-9A-Fa-f]{2})(?:,(.*))?$/.exec(text)
  if (match === null) return /^[$!][A-Z0-9]{2,14},[^*]*$/.test(text) ? 'checksum' : 'malformed'
  const [, start, address = '', data = '', sum = '', extra] = match
  if (sumOf(`${address},${data}`) !== Number.parseInt(sum, 16)) return 'checksum'
  const tagAtMs = tagged === null ? timeOfStation(extra) : timeOfTag(tagged[1]!)
  if (tagAtMs === 'checksum') return 'checksum'
  const own = address.startsWith('P') ? 1 : address.length - 3
  return {
    start: start === '!' ? '!' : '$',
    talker: address.slice(0, own),
    type: address.slice(own),
    fields: data.split(','),
    tagAtMs,
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

function timeOfTag(block: string): number | null | 'checksum' {
  const [, body = '', sum = ''] = /^(.*)\*([0-9A-Fa-f]{2})$/.exec(block) ?? []
  if (body === '' || sumOf(body) !== Number.parseInt(sum, 16)) return 'checksum'
  const text = /(?:^|,)c:(\d{10,13})(?:,|$)/.exec(body)?.[1]
  if (text === undefined) return null
  return text.length > 10 ? Number(text) : Number(text) * 1000
}
