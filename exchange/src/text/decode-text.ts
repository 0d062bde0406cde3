export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Text of a file. `guessed`: nothing named the encoding and it was no UTF-8, so it was read as GB 18030. */
export interface DecodedText {
  text: string
  encoding: Encoding
  guessed: boolean
}

/** GB 2312 and GBK are parts of GB 18030. */
const LABELS: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  gb18030: 'gb18030',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
}
/** The declaration of an XML document is ASCII in every encoding that has one here. */
const XML_ENCODING = /^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]{1,40})["']/i

/**
 * Text of bytes from somewhere else: by byte order mark, by the declaration of an XML document, as UTF-8, and where it
 * is none as GB 18030, which Chinese tools still write. Null where it is neither.
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const marked = byMark(bytes)
  if (marked !== null) return read(bytes, marked, false)
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  const declared = XML_ENCODING.exec(head)?.[1]?.toLowerCase()
  if (declared !== undefined) {
    const known = LABELS[declared]
    return known === undefined ? null : read(bytes, known, false)
  }
  return read(bytes, 'utf-8', false) ?? read(bytes, 'gb18030', true)
}

/** Text in a known encoding; null where it is not in it. A byte order mark is taken off. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): string | null {
  return read(bytes, encoding, false)?.text ?? null
}

function byMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

function read(bytes: Uint8Array, encoding: Encoding, guessed: boolean): DecodedText | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, guessed }
  } catch {
    return null
  }
}
