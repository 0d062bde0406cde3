import type { LngLat } from '@skerry/contract'
import { closed } from '../geo/rings.ts'
import { element, XML_HEAD, xmlText } from '../xml/xml-text.ts'
import { CAP_NAMESPACE, type CapAlert, type CapArea, type CapCode, type CapInfo, type CapReference } from './alert.ts'

/** Minutes east of Greenwich in which times are written: China Standard Time. */
export const CHINA_MIN = 480

/** A time as CAP wants it: whole seconds, with its zone in figures, never `Z`. */
export function capTime(ms: number, zoneMin = CHINA_MIN): string {
  const sign = zoneMin < 0 ? '-' : '+'
  const two = (value: number): string => String(value).padStart(2, '0')
  const local = new Date(ms + zoneMin * 60_000).toISOString().slice(0, 19)
  const minutes = Math.abs(zoneMin)
  return `${local}${zoneMin === 0 ? '-00:00' : `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`}`
}

/** `sender,identifier,sent`, as other messages name this one. */
export const capReference = ({ sender, identifier, sentMs }: CapReference, zoneMin = CHINA_MIN): string =>
  `${sender},${identifier},${capTime(sentMs, zoneMin)}`

/**
 * A CAP 1.2 message, its elements in the order of the schema. It carries no signature.
 * @throws RangeError where the message breaks a rule that its reader would refuse it for
 */
export function writeCap(alert: CapAlert, zoneMin = CHINA_MIN): string {
  const { identifier, sender, sentMs, status, msgType, scope, restriction, note, references, infos } = alert
  for (const mark of [identifier, sender])
    if (!/^[^\s,<&]{1,200}$/.test(mark)) throw new RangeError(`an identifier cannot be ${JSON.stringify(mark)}`)
  if ((msgType === 'Update' || msgType === 'Cancel') && references.length === 0)
    throw new RangeError(`a CAP ${msgType} needs references`)
  return (
    `${XML_HEAD}<alert xmlns="${CAP_NAMESPACE}">${element('identifier', identifier)}${element('sender', sender)}` +
    `<sent>${capTime(sentMs, zoneMin)}</sent><status>${status}</status><msgType>${msgType}</msgType>` +
    `<scope>${scope}</scope>${element('restriction', restriction)}${element('note', note)}` +
    (references.length === 0
      ? ''
      : element('references', references.map((one) => capReference(one, zoneMin)).join(' '))) +
    `${infos.map((info) => infoText(info, zoneMin)).join('')}</alert>\n`
  )
}

function infoText(info: CapInfo, zoneMin: number): string {
  const time = (name: string, ms: number | null): string =>
    ms === null ? '' : `<${name}>${capTime(ms, zoneMin)}</${name}>`
  const many = (name: string, list: readonly string[]): string => list.map((one) => element(name, one)).join('')
  return (
    `<info>${element('language', info.language)}${many('category', info.categories)}${element('event', info.event)}` +
    `${many('responseType', info.responseTypes)}<urgency>${info.urgency}</urgency>` +
    `<severity>${info.severity}</severity><certainty>${info.certainty}</certainty>` +
    codes('eventCode', info.eventCodes) +
    `${time('effective', info.effectiveMs)}${time('onset', info.onsetMs)}${time('expires', info.expiresMs)}` +
    `${element('headline', info.headline)}${element('description', info.description)}` +
    `${element('instruction', info.instruction)}${info.areas.map(areaText).join('')}</info>`
  )
}

const pair = ([lng, lat]: LngLat): string => `${lat.toFixed(6)},${lng.toFixed(6)}`
const codes = (name: string, list: readonly CapCode[]): string =>
  list
    .map(
      ({ scheme, code }) =>
        `<${name}><valueName>${xmlText(scheme)}</valueName><value>${xmlText(code)}</value></${name}>`,
    )
    .join('')

const areaText = ({ areaDesc, polygons, circles, geocodes }: CapArea): string =>
  `<area>${element('areaDesc', areaDesc)}` +
  polygons.map((ring) => `<polygon>${closed(ring).map(pair).join(' ')}</polygon>`).join('') +
  circles.map(({ centre, radiusM }) => `<circle>${pair(centre)} ${(radiusM / 1000).toFixed(3)}</circle>`).join('') +
  `${codes('geocode', geocodes)}</area>`
