import { childOf, readXml, type XmlElement } from '../xml/read-xml.ts'
import { circularError, emergencyOf, type CotEvent, type Negotiation } from './event.ts'

/** Reads an event in XML; null for anything else. */
export function readCotXml(text: string): CotEvent | null {
  const root = readXml(text)
  if (root === null || root.name !== 'event') return null
  const point = childOf(root, 'point')
  const given = (name: string): string => root.attributes.get(name) ?? ''
  const atMs = timeOf(given('time'))
  const lat = number(point?.attributes.get('lat'))
  const lng = number(point?.attributes.get('lon'))
  const [uid, type] = [given('uid'), given('type')]
  if (uid === '' || uid.length > 256 || !/^[\w.-]{1,80}$/.test(type) || atMs === null) return null
  if (lat === null || lng === null || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null
  return {
    uid,
    type,
    how: given('how'),
    atMs,
    staleMs: timeOf(given('stale')) ?? atMs,
    lng,
    lat,
    accuracyM: circularError(number(point?.attributes.get('ce')) ?? NaN),
    ...detailOf(childOf(root, 'detail'), type),
  }
}

export type CotDetail = Pick<CotEvent, 'speedMps' | 'courseDeg' | 'owner' | 'emergency' | 'negotiation'>

/** What the detail says, wherever it came from: XML, or the XML part of a protobuf message. */
export function detailOf(detail: XmlElement | undefined, type: string): CotDetail {
  const track = childOf(detail, 'track')
  const emergency = childOf(detail, 'emergency')
  const speed = number(track?.attributes.get('speed'))
  const course = number(track?.attributes.get('course'))
  const cancel = /^true$/i.test(emergency?.attributes.get('cancel') ?? '')
  return {
    speedMps: speed !== null && speed >= 0 && speed <= 200 ? speed : null,
    courseDeg: course !== null && course >= 0 && course <= 360 ? course : null,
    owner: childOf(detail, 'link')?.attributes.get('uid') ?? null,
    emergency: emergencyOf(type, cancel, emergency !== undefined),
    negotiation: negotiationOf(childOf(detail, 'TakControl'), type),
  }
}

function negotiationOf(control: XmlElement | undefined, type: string): Negotiation | null {
  const of = (name: string, attribute: string): string[] =>
    (control?.children ?? []).filter((one) => one.name === name).map((one) => one.attributes.get(attribute) ?? '')
  switch (type) {
    case 't-x-takp-v':
      return { says: 'offer', versions: of('TakProtocolSupport', 'version').map((text) => number(text) ?? 0) }
    case 't-x-takp-q':
      return { says: 'request', version: number(of('TakRequest', 'version')[0]) ?? 0 }
    case 't-x-takp-r':
      return { says: 'answer', yes: of('TakResponse', 'status')[0] === 'true' }
    default:
      return null
  }
}

function number(text: string | undefined): number | null {
  return text !== undefined && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? Number(text) : null
}

/** `2023-07-18T15:23:09.00Z`; without its zone it is none. */
function timeOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const ms = Date.parse(text)
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}
