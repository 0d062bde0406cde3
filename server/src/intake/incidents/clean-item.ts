import { createHash } from 'node:crypto'
import type { AlertText, Datum } from '@skerry/contract'
import { redactText, toWgs84 } from '@skerry/exchange'
import type { AlertNotice } from '../../domain/incidents/alert.ts'
import type { Item } from './item.ts'

type Notice = Extract<Item, { kind: 'notice' }>['notice']

/** An item as it may be kept: in WGS-84, without numbers that point at persons. */
export interface CleanItem {
  item: Item
  /** How many numbers were taken out. */
  redacted: number
}

/**
 * Pure; free text is what a person wrote: places, texts, ends, the texts of warnings. An id that is itself such a number
 * becomes its hash, which serves as well to tell incidents apart.
 */
export function cleanItem(item: Item, datum: Datum): CleanItem {
  const found = { redacted: 0 }
  const clean = <T extends string | undefined | null>(text: T): T => {
    if (typeof text !== 'string') return text
    const { text: out, count } = redactText(text)
    found.redacted += count
    return out as T
  }
  if (item.kind === 'notice')
    return { item: { kind: 'notice', notice: cleanNotice(item.notice, datum, clean) }, ...found }
  if (item.kind === 'alert') return { item: { kind: 'alert', notice: cleanAlert(item.notice, datum, clean) }, ...found }
  return { item, ...found }
}

type Clean = <T extends string | undefined | null>(text: T) => T

function cleanNotice(notice: Notice, datum: Datum, clean: Clean): Notice {
  const { externalId, position, place, text, closed } = notice
  return {
    ...notice,
    externalId: safeId(externalId),
    ...(position === undefined ? {} : { position: toWgs84(position, datum) }),
    ...(place === undefined ? {} : { place: clean(place) }),
    ...(text === undefined ? {} : { text: clean(text) }),
    ...(closed === undefined ? {} : { closed: { ...closed, outcome: clean(closed.outcome) } }),
  }
}

/** Numbers of cases look like identity numbers and stay; what somebody can be reached by does not. */
function safeId(id: string): string {
  const { kinds } = redactText(id)
  if (kinds.phone + kinds.mail + kinds.plate === 0) return id
  return `#${createHash('sha256').update(id).digest('hex').slice(0, 24)}`
}

function cleanAlert({ report, alert, note, ...rest }: AlertNotice, datum: Datum, clean: Clean): AlertNotice {
  const { polygons, circles, codes } = alert.area
  const texts = alert.texts.map((text): AlertText => ({
    language: text.language,
    event: clean(text.event),
    headline: clean(text.headline),
    description: clean(text.description),
    instruction: clean(text.instruction),
    areas: clean(text.areas),
  }))
  return {
    ...rest,
    note: clean(note),
    // Place and text repeat what the texts say, and are not counted again.
    report: {
      ...report,
      position: toWgs84(report.position, datum),
      place: redactText(report.place).text,
      text: redactText(report.text).text,
    },
    alert: {
      ...alert,
      texts,
      area: {
        polygons: polygons.map((ring) => ring.map((at) => toWgs84(at, datum))),
        circles: circles.map(({ centre, radiusM }) => ({ centre: toWgs84(centre, datum), radiusM })),
        codes,
      },
    },
  }
}
