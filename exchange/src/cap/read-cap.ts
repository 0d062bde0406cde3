import {
  CAP_CATEGORY,
  CAP_CERTAINTY,
  CAP_MSG_TYPE,
  CAP_RESPONSE,
  CAP_SCOPE,
  CAP_SEVERITY,
  CAP_STATUS,
  CAP_URGENCY,
  type LngLat,
} from '@skerry/contract'
import { opened } from '../geo/rings.ts'
import { placeOf, timeOf } from '../files/places.ts'
import { childOf, childrenOf, readXmlDocument, textOf, type XmlNode } from '../xml/read-document.ts'
import { CAP_NAMESPACE, type CapAlert, type CapArea, type CapCode, type CapInfo, type CapReference } from './alert.ts'

/** Why a text is no CAP message: the element at fault and what it must be. */
export type CapResult = { ok: true; alert: CapAlert } | { ok: false; field: string; problem: string }

const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#'
const LIMITS = { depth: 16, elements: 50_000 }
const MOST_CORNERS = 2000

class Fault extends Error {
  readonly field: string
  constructor(field: string, problem: string) {
    super(problem)
    this.field = field
  }
}

/**
 * Reads a CAP 1.2 message strictly: required elements, words of the standard, identifiers without blanks, commas, `<`
 * and `&`, times with their zone, closed polygons of at least four points, references where a message is about another.
 */
export function readCap(text: string): CapResult {
  const document = readXmlDocument(text, LIMITS)
  if (!document.ok) return { ok: false, field: 'document', problem: document.detail ?? document.fault }
  return readCapNode(document.root)
}

/** The same of an element that stands in some other document. */
export function readCapNode(node: XmlNode): CapResult {
  try {
    return { ok: true, alert: alertOf(node) }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, field: error.field, problem: error.message }
    throw error
  }
}

/** Reads an element that is an alert, wherever it stood. @throws Fault */
function alertOf(root: XmlNode): CapAlert {
  if (root.name !== 'alert') throw new Fault('document', `must be an alert, not ${root.name.slice(0, 40)}`)
  if (root.namespace !== CAP_NAMESPACE) throw new Fault('alert', `must be of the namespace ${CAP_NAMESPACE}`)
  const msgType = word(root, 'msgType', CAP_MSG_TYPE)
  const scope = word(root, 'scope', CAP_SCOPE)
  const restriction = textOf(root, 'restriction')
  const references = referencesOf(textOf(root, 'references'))
  if (scope === 'Restricted' && restriction === null)
    throw new Fault('restriction', 'must say who a restricted message is for')
  if ((msgType === 'Update' || msgType === 'Cancel') && references.length === 0)
    throw new Fault('references', `must name the messages that this ${msgType} is about`)
  return {
    identifier: mark(root, 'identifier'),
    sender: mark(root, 'sender'),
    sentMs: time(root, 'sent', true)!,
    status: word(root, 'status', CAP_STATUS),
    msgType,
    scope,
    restriction,
    note: textOf(root, 'note'),
    references,
    infos: childrenOf(root, 'info').map((info, i) => infoOf(info, `info[${i}].`)),
    signed: root.children.some(({ name, namespace }) => name === 'Signature' && namespace === SIGNATURE),
  }
}

function infoOf(node: XmlNode, at: string): CapInfo {
  const categories = words(node, 'category', CAP_CATEGORY, at)
  if (categories.length === 0) throw new Fault(`${at}category`, 'must be given at least once')
  return {
    language: textOf(node, 'language') ?? 'en-US',
    categories,
    event: required(node, 'event', at),
    responseTypes: words(node, 'responseType', CAP_RESPONSE, at),
    urgency: word(node, 'urgency', CAP_URGENCY, at),
    severity: word(node, 'severity', CAP_SEVERITY, at),
    certainty: word(node, 'certainty', CAP_CERTAINTY, at),
    eventCodes: codesOf(node, 'eventCode'),
    effectiveMs: time(node, 'effective', false, at),
    onsetMs: time(node, 'onset', false, at),
    expiresMs: time(node, 'expires', false, at),
    headline: textOf(node, 'headline'),
    description: textOf(node, 'description'),
    instruction: textOf(node, 'instruction'),
    areas: childrenOf(node, 'area').map((area, i) => areaOf(area, `${at}area[${i}].`)),
  }
}

function areaOf(node: XmlNode, at: string): CapArea {
  return {
    areaDesc: required(node, 'areaDesc', at),
    polygons: childrenOf(node, 'polygon').map(({ text }) => polygonOf(text, `${at}polygon`)),
    circles: childrenOf(node, 'circle').map(({ text }) => circleOf(text, `${at}circle`)),
    geocodes: codesOf(node, 'geocode'),
  }
}

/** `lat,lng lat,lng ...`, the first again at the end. */
function polygonOf(text: string, field: string): LngLat[] {
  const places = text.split(/\s+/).filter(Boolean).map(pairOf)
  const [first, last] = [places[0], places.at(-1)]
  if (places.length < 4 || places.length > MOST_CORNERS || places.includes(null))
    throw new Fault(field, `must be 4 to ${MOST_CORNERS} pairs of latitude,longitude`)
  if (first![0] !== last![0] || first![1] !== last![1]) throw new Fault(field, 'must end where it begins')
  const ring = opened(places as LngLat[])
  if (ring.length < 3) throw new Fault(field, 'must have three corners that differ')
  return ring
}

/** `lat,lng radius`, kilometres. */
function circleOf(text: string, field: string): CapArea['circles'][number] {
  const [pair = '', radius = '', ...more] = text.split(/\s+/)
  const centre = pairOf(pair)
  const km = /^\d+(\.\d*)?$|^\.\d+$/.test(radius) ? Number(radius) : NaN
  if (centre === null || more.length > 0 || !(km >= 0 && km <= 20_040))
    throw new Fault(field, 'must be latitude,longitude and a radius in kilometres')
  return { centre, radiusM: km * 1000 }
}

function pairOf(text: string): LngLat | null {
  const [, lat, lng] = /^([-+]?\d+(?:\.\d*)?),([-+]?\d+(?:\.\d*)?)$/.exec(text) ?? []
  return lat === undefined ? null : placeOf(Number(lng), Number(lat))
}

const codesOf = (node: XmlNode, name: string): CapCode[] =>
  childrenOf(node, name).flatMap((one) => {
    const [scheme, code] = [textOf(one, 'valueName'), textOf(one, 'value')]
    return scheme === null || code === null ? [] : [{ scheme, code }]
  })

/** `sender,identifier,sent sender,identifier,sent ...` */
function referencesOf(text: string | null): CapReference[] {
  return (text ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((triple) => {
      const [sender = '', identifier = '', sent = '', ...more] = triple.split(',')
      const sentMs = timeOf(sent)
      if (sender === '' || identifier === '' || sentMs === null || more.length > 0)
        throw new Fault('references', 'must be triples of sender,identifier,sent')
      return { sender, identifier, sentMs }
    })
}

function required(node: XmlNode, name: string, at = ''): string {
  const text = textOf(node, name)
  if (text === null) throw new Fault(at + name, 'must be given')
  if (childrenOf(node, name).length > 1) throw new Fault(at + name, 'must be given once')
  return text
}

/** An identifier: no blanks, commas, `<` or `&`, for references are made of them. */
function mark(node: XmlNode, name: string): string {
  const text = required(node, name)
  if (!/^[^\s,<&]{1,200}$/.test(text))
    throw new Fault(name, 'must have no blanks, commas, < or &, and at most 200 characters')
  return text
}

function word<T extends string>(node: XmlNode, name: string, known: readonly T[], at = ''): T {
  const text = required(node, name, at)
  const found = known.find((one) => one === text)
  if (found === undefined) throw new Fault(at + name, `must be one of ${known.join(', ')}`)
  return found
}

const words = <T extends string>(node: XmlNode, name: string, known: readonly T[], at: string): T[] =>
  childrenOf(node, name).map(({ text }) => {
    const found = known.find((one) => one === text)
    if (found === undefined) throw new Fault(at + name, `must be one of ${known.join(', ')}`)
    return found
  })

/** A time with its zone. The standard wants `-00:00` for UTC; `Z`, which senders write all the same, is read too. */
function time(node: XmlNode, name: string, needed: boolean, at = ''): number | null {
  if (childOf(node, name) === undefined && !needed) return null
  const text = required(node, name, at)
  const ms = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? timeOf(text) : null
  if (ms === null) throw new Fault(at + name, 'must be a time with its zone, e.g. 2026-11-28T15:00:00+08:00')
  return ms
}
