import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element: local name, namespace, attributes by local name, children in order, and the text directly inside. */
export interface XmlNode {
  name: string
  /** Null where none is declared. */
  namespace: string | null
  attributes: ReadonlyMap<string, string>
  children: readonly XmlNode[]
  text: string
}

export interface XmlLimits {
  /** Elements inside one another. */
  depth: number
  elements: number
}
const LIMITS: XmlLimits = { depth: 48, elements: 1_500_000 }

/** `doctype`: a document type, with or without entities. No format that we read needs one, and bombs are made of them. */
export type XmlFault = 'doctype' | 'too-deep' | 'too-many-elements' | 'not-well-formed'
export type XmlResult = { ok: true; root: XmlNode } | { ok: false; fault: XmlFault; detail: string | null }

/** What comes before the first element: declaration, comments, processing instructions, white space. */
const PROLOG = /^\uFEFF?(?:\s+|<\?[^]*?\?>|<!--[^]*?-->)*/
/** Characters that XML 1.0 has no place for. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/
const RAW = '#raw'
const TEXT = '#text'

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false, // references are resolved below: the five of XML and characters, nothing else
  cdataPropName: RAW,
  maxNestedTags: LIMITS.depth,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/** Order-preserving node of the library: one key beside `:@` names it. */
type Parsed = Record<string, unknown>

/**
 * Reads an XML document. The library parses and checks; refused beyond its checks are document types (so there are no
 * entities to expand), references that XML itself does not know, more than one root, and control characters.
 */
export function readXmlDocument(text: string, limits: XmlLimits = LIMITS): XmlResult {
  const start = PROLOG.exec(text)?.[0].length ?? 0
  if (/^<!DOCTYPE/i.test(text.slice(start, start + 9))) return { ok: false, fault: 'doctype', detail: null }
  if (FORBIDDEN.test(text)) return notWellFormed('a control character')
  const valid = XMLValidator.validate(text)
  if (valid !== true) return notWellFormed(`line ${valid.err.line}: ${valid.err.msg}`)
  let parsed: Parsed[]
  try {
    parsed = parser.parse(text) as Parsed[]
  } catch (error) {
    if (/nested tags/i.test(String(error))) return { ok: false, fault: 'too-deep', detail: null }
    return notWellFormed(error instanceof Error ? error.message.slice(0, 120) : null)
  }
  const roots = parsed.filter((one) => !(TEXT in one) && !(RAW in one))
  if (roots.length !== 1) return notWellFormed(`${roots.length} roots`)
  try {
    return { ok: true, root: nodeOf(roots[0]!, new Map(), { left: limits.elements }, limits.depth) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, fault: error.fault, detail: error.detail }
    throw error
  }
}

const notWellFormed = (detail: string | null): XmlResult => ({ ok: false, fault: 'not-well-formed', detail })

class Refused extends Error {
  readonly fault: XmlFault
  readonly detail: string | null
  constructor(fault: XmlFault, detail: string | null) {
    super(fault)
    this.fault = fault
    this.detail = detail
  }
}

function nodeOf(parsed: Parsed, outer: ReadonlyMap<string, string>, budget: { left: number }, depth: number): XmlNode {
  if (--budget.left < 0) throw new Refused('too-many-elements', null)
  if (depth <= 0) throw new Refused('too-deep', null)
  const qualified = Object.keys(parsed).find((key) => key !== ':@') ?? ''
  const given = (parsed[':@'] ?? {}) as Record<string, string>
  const spaces = spacesIn(given, outer)
  const attributes = new Map<string, string>()
  for (const [key, value] of Object.entries(given)) {
    if (key === 'xmlns' || key.startsWith('xmlns:')) continue
    if (value.includes('<')) throw new Refused('not-well-formed', `< in ${key}`)
    attributes.set(localOf(key), plain(value))
  }
  const children: XmlNode[] = []
  let text = ''
  for (const part of parsed[qualified] as Parsed[]) {
    if (TEXT in part) text += plain(String(part[TEXT]))
    else if (RAW in part) text += (part[RAW] as Parsed[]).map((inner) => String(inner[TEXT] ?? '')).join('')
    else children.push(nodeOf(part, spaces, budget, depth - 1))
  }
  const prefix = qualified.includes(':') ? qualified.slice(0, qualified.indexOf(':')) : ''
  return { name: localOf(qualified), namespace: spaces.get(prefix) ?? null, attributes, children, text: text.trim() }
}

const localOf = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1)

function spacesIn(given: Record<string, string>, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const declared = Object.entries(given).filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'))
  if (declared.length === 0) return outer
  const spaces = new Map(outer)
  for (const [key, value] of declared) spaces.set(key === 'xmlns' ? '' : key.slice('xmlns:'.length), value)
  return spaces
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with its references resolved. @throws Refused for one that XML itself does not know */
function plain(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+);|&/g, (whole, reference: string | undefined) => {
    const known = reference === undefined ? undefined : (NAMED[reference] ?? numbered(reference))
    if (known === undefined) throw new Refused('not-well-formed', `an unknown reference ${whole.slice(0, 20)}`)
    return known
  })
}

function numbered(reference: string): string | undefined {
  if (!reference.startsWith('#')) return undefined
  const code = reference[1] === 'x' ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1))
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
  const letter = String.fromCodePoint(code)
  return FORBIDDEN.test(letter) ? undefined : letter
}

export const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? []
export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name)
/** Text of a child, null where it is missing or blank. */
export const textOf = (node: XmlNode | undefined, name: string): string | null => childOf(node, name)?.text || null
