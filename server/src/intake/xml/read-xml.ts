/** An element: its name with any prefix, attributes, children in order, and the text directly inside. */
export interface XmlElement {
  name: string
  attributes: ReadonlyMap<string, string>
  children: readonly XmlElement[]
  text: string
}

export interface XmlLimits {
  /** Elements inside one another. */
  depth: number
  elements: number
}
const LIMITS: XmlLimits = { depth: 32, elements: 5000 }

const NAME = /[A-Za-z_:][\w:.-]*/y
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y
const CLOSE = /<\/([A-Za-z_:][\w:.-]*)\s*>/y
const SKIPPED = /<!--[^]*?-->|<\?[^]*?\?>/y
const CDATA = /<!\[CDATA\[([^]*?)\]\]>/y

/**
 * Reads a small XML document. Document types are refused, so there are no entities but the five of XML itself and
 * character references; depth and number of elements are limited. Null for anything that is not well formed.
 */
export function readXml(text: string, limits: XmlLimits = LIMITS): XmlElement | null {
  const reader = { text, at: 0, elements: 0 }
  skip(reader)
  const root = element(reader, limits, 1)
  if (root === null) return null
  skip(reader)
  return reader.at === text.length ? root : null
}

interface Reader {
  readonly text: string
  at: number
  elements: number
}

function match(reader: Reader, shape: RegExp): RegExpExecArray | null {
  shape.lastIndex = reader.at
  const found = shape.exec(reader.text)
  if (found !== null) reader.at = shape.lastIndex
  return found
}

/** White space, comments, the declaration. */
function skip(reader: Reader): void {
  do while (/\s|\uFEFF/.test(reader.text[reader.at] ?? '')) reader.at++
  while (match(reader, SKIPPED) !== null)
}

function element(reader: Reader, limits: XmlLimits, depth: number): XmlElement | null {
  if (depth > limits.depth || ++reader.elements > limits.elements || reader.text[reader.at] !== '<') return null
  reader.at++
  const name = match(reader, NAME)?.[0]
  if (name === undefined) return null
  const attributes = new Map<string, string>()
  for (let found = match(reader, ATTRIBUTE); found !== null; found = match(reader, ATTRIBUTE)) {
    const value = plain(found[2] ?? found[3] ?? '')
    if (value === null || attributes.has(found[1]!)) return null
    attributes.set(found[1]!, value)
  }
  const end = match(reader, TAG_END)
  if (end === null) return null
  if (end[1] === '/') return { name, attributes, children: [], text: '' }
  const inside = content(reader, limits, depth)
  return inside === null || match(reader, CLOSE)?.[1] !== name ? null : { name, attributes, ...inside }
}

/** What stands between two tags, up to the closing one. */
function content(reader: Reader, limits: XmlLimits, depth: number): { children: XmlElement[]; text: string } | null {
  const children: XmlElement[] = []
  let text = ''
  for (;;) {
    const next = reader.text.indexOf('<', reader.at)
    if (next < 0) return null
    const piece = plain(reader.text.slice(reader.at, next))
    if (piece === null) return null
    text += piece
    reader.at = next
    if (reader.text.startsWith('</', next)) return { children, text: text.trim() }
    if (match(reader, SKIPPED) !== null) continue
    const raw = match(reader, CDATA)
    if (raw !== null) {
      text += raw[1]!
      continue
    }
    const child = element(reader, limits, depth + 1)
    if (child === null) return null
    children.push(child)
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text without its references; null for a reference that XML itself does not know. */
function plain(text: string): string | null {
  if (!text.includes('&')) return text
  let good = true
  const out = text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+);|&/g, (_, reference: string | undefined) => {
    const known = reference === undefined ? undefined : (NAMED[reference] ?? numbered(reference))
    if (known === undefined) good = false
    return known ?? ''
  })
  return good ? out : null
}

function numbered(reference: string): string | undefined {
  if (!reference.startsWith('#')) return undefined
  const code = reference[1] === 'x' ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1))
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0 ? undefined : String.fromCodePoint(code)
}

export const childOf = (of: XmlElement | undefined, name: string): XmlElement | undefined =>
  of?.children.find((child) => child.name === name)
