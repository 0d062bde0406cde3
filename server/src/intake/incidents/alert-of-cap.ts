import type { AlertArea, AlertText, LngLat, Priority, PublicAlert } from '@skerry/contract'
import { ringMiddle, type CapAlert, type CapInfo } from '@skerry/exchange'
import type { AlertNotice } from '../../domain/incidents/alert.ts'
import type { CapRules } from './cap-fields.ts'
import type { Item } from './item.ts'
import { shortened } from './shortened.ts'

const PLACE = 120
const TEXT = 600
/** Categories of CAP that are one of our classes; everything else is the first of class `other`. */
const CLASSES: Readonly<Record<string, string>> = {
  Fire: 'fire',
  Health: 'medical',
  Security: 'public-order',
  Transport: 'traffic',
}
const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Unknown', 'Minor'] as const
const MOST_SHAPES = 50

const nameOf = ({ sender, identifier }: { sender: string; identifier: string }): string => `${sender},${identifier}`

/**
 * What a CAP message means here. Blocks of one language are read together (parts of a warning that differ in area or
 * severity: the most severe counts); languages stay side by side.
 * @param unplaced where a warning is shown whose area is no place
 */
export function alertOfCap(cap: CapAlert, rules: CapRules, unplaced: LngLat | null, nowMs: number): Item {
  const ignored = (detail: string): Item => ({ kind: 'ignored', detail })
  const fault = (reason: Extract<Item, { kind: 'fault' }>['reason'], detail: string): Item => ({
    kind: 'fault',
    reason,
    detail,
  })
  if (!rules.senders.includes(cap.sender)) return fault('not-allowed', `sender ${cap.sender} is not in the file`)
  if (cap.signed && rules.signed === 'refuse') return fault('not-for-us', 'is signed, and signatures are not checked')
  if (cap.status !== 'Actual' && !(cap.status === 'Exercise' && rules.exercises))
    return ignored(`status ${cap.status} is not taken`)
  if (!rules.scopes.includes(cap.scope)) return ignored(`scope ${cap.scope} is not taken`)
  if (cap.msgType === 'Ack' || cap.msgType === 'Error') return ignored(`a message of type ${cap.msgType}`)
  const stranger = cap.references.find(({ sender }) => sender !== cap.sender)
  if (stranger !== undefined) return fault('not-allowed', `is about a message of another sender (${stranger.sender})`)
  const kind = cap.msgType === 'Alert' ? 'alert' : cap.msgType === 'Update' ? 'update' : 'cancel'
  const infos = cap.infos
  if (infos.length === 0 && kind !== 'cancel') return fault('malformed', 'info: must be given at least once')
  const expiresMs = latest(infos.map((info) => info.expiresMs))
  if (kind !== 'cancel' && expiresMs !== null && expiresMs <= nowMs) return fault('expired', 'has expired')
  const area = areaOf(infos)
  const position = placeOf(area, rules) ?? unplaced
  if (position === null && kind !== 'cancel')
    return fault('no-place', `area: ${area.codes.map(({ scheme, code }) => `${scheme} ${code}`).join(', ') || 'none'}`)
  const texts = textsOf(infos)
  const shown = texts.find(({ language }) => /^zh\b/i.test(language)) ?? texts[0]
  const worst = worstOf(infos)
  const notice: AlertNotice = {
    kind,
    message: nameOf(cap),
    references: cap.references.map(nameOf),
    note: cap.note === null ? null : shortened(cap.note, 200),
    alert: {
      identifier: cap.identifier,
      sender: cap.sender,
      sentMs: cap.sentMs,
      status: cap.status === 'Exercise' ? 'Exercise' : 'Actual',
      urgency: worst?.urgency ?? 'Unknown',
      severity: worst?.severity ?? 'Unknown',
      certainty: worst?.certainty ?? 'Unknown',
      effectiveMs: earliest(infos.map((info) => info.effectiveMs)),
      onsetMs: earliest(infos.map((info) => info.onsetMs)),
      expiresMs,
      area: placed(area, rules),
      texts,
      signature: cap.signed ? 'unchecked' : 'none',
    } satisfies Omit<PublicAlert, 'messages'>,
    report: {
      category: categoryOf(infos, rules),
      priority: worst === undefined ? 'warning' : priorityOf(worst),
      position: position ?? [0, 0],
      place: shortened(shown?.areas ?? '', PLACE),
      text: shortened(wordsOf(shown), TEXT),
      occurredAtMs: Math.min(nowMs, cap.sentMs),
    },
  }
  return { kind: 'alert', notice }
}

const known = (times: readonly (number | null)[]): number[] => times.filter((time) => time !== null)
/** The end of the last part; a part without an end has none. */
const latest = (times: readonly (number | null)[]): number | null =>
  times.length === 0 || times.includes(null) ? null : Math.max(...known(times))
const earliest = (times: readonly (number | null)[]): number | null =>
  known(times).length === 0 ? null : Math.min(...known(times))

const rankOf = ({ severity }: CapInfo): number => SEVERITIES.indexOf(severity)
const worstOf = (infos: readonly CapInfo[]): CapInfo | undefined => infos.toSorted((a, b) => rankOf(a) - rankOf(b))[0]

/** Life or property at once and beyond doubt is critical; what is minor is for knowing. */
function priorityOf({ severity, urgency, certainty }: CapInfo): Priority {
  const doubtful = certainty === 'Unlikely' || certainty === 'Possible'
  if (severity === 'Extreme' && urgency !== 'Past' && !doubtful) return 'critical'
  if (severity === 'Severe' && urgency === 'Immediate' && !doubtful) return 'critical'
  return severity === 'Minor' || urgency === 'Past' ? 'notice' : 'warning'
}

function categoryOf(infos: readonly CapInfo[], { categories }: CapRules): string {
  const names = infos.flatMap(({ event, eventCodes, categories: own }) => [
    event,
    ...eventCodes.map(({ code }) => code),
    ...own,
  ])
  const declared = names.map((name) => categories[name]).find((category) => category !== undefined)
  return declared ?? names.map((name) => CLASSES[name]).find((name) => name !== undefined) ?? 'other'
}

/** Areas of all parts; languages repeat them, so what is the same is there once. */
function areaOf(infos: readonly CapInfo[]): AlertArea {
  const once = <T>(list: readonly T[]): T[] =>
    [...new Map(list.map((one) => [JSON.stringify(one), one])).values()].slice(0, MOST_SHAPES)
  const areas = infos.flatMap((info) => info.areas)
  return {
    polygons: once(areas.flatMap(({ polygons }) => polygons)),
    circles: once(areas.flatMap(({ circles }) => circles)),
    codes: once(areas.flatMap(({ geocodes }) => geocodes)),
  }
}

const declaredFor = ({ codes }: AlertArea, { geocodes }: CapRules): CapRules['geocodes'] =>
  codes.flatMap(({ scheme, code }) => geocodes.filter((one) => one.scheme === scheme && one.code === code))

/** With the circles that the file declares for codes. */
function placed(area: AlertArea, rules: CapRules): AlertArea {
  const more = declaredFor(area, rules).flatMap(({ position, radiusM }) =>
    radiusM === undefined ? [] : [{ centre: position, radiusM }],
  )
  return { ...area, circles: [...area.circles, ...more] }
}

/** Where the mark of a warning stands: in the middle of its first area. */
function placeOf(area: AlertArea, rules: CapRules): LngLat | null {
  const [polygon] = area.polygons
  if (polygon !== undefined) return ringMiddle(polygon)
  return area.circles[0]?.centre ?? declaredFor(area, rules)[0]?.position ?? null
}

/** One text a language, parts of a language one after the other. */
function textsOf(infos: readonly CapInfo[]): AlertText[] {
  const byLanguage = Map.groupBy(infos, ({ language }) => language)
  const joined = (list: readonly (string | null)[]): string | null => {
    const words = [...new Set(list.filter((one) => one !== null))].join('\n')
    return words === '' ? null : shortened(words, 2000)
  }
  return [...byLanguage].slice(0, 12).map(([language, own]) => ({
    language,
    event: joined(own.map(({ event }) => event)) ?? '',
    headline: joined(own.map(({ headline }) => headline)),
    description: joined(own.map(({ description }) => description)),
    instruction: joined(own.map(({ instruction }) => instruction)),
    areas: joined(own.flatMap(({ areas }) => areas.map(({ areaDesc }) => areaDesc))) ?? '',
  }))
}

const wordsOf = (text: AlertText | undefined): string =>
  text === undefined
    ? ''
    : [text.headline ?? text.event, text.description, text.instruction].filter((one) => one !== null).join(' · ')
