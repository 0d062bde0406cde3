import { z } from 'zod'
import { CAP_CATEGORY, CAP_CERTAINTY, CAP_RESPONSE, CAP_SEVERITY, CAP_URGENCY } from './cap-words.ts'
import type { CapMsgType } from './cap-words.ts'
import type { LngLat, Ring } from './geo.ts'

/** What a public warning says in one language. */
export interface AlertText {
  /** RFC 3066, as the message has it: `zh-CN`, `en-US`. */
  language: string
  event: string
  headline: string | null
  description: string | null
  instruction: string | null
  /** Areas in words. */
  areas: string
}

/** A code of an area or an event in some scheme. */
export interface AlertCode {
  scheme: string
  code: string
}

/** Where a warning holds, WGS-84. Codes that nobody declared a place for are kept as they came. */
export interface AlertArea {
  polygons: Ring[]
  circles: { centre: LngLat; radiusM: number }[]
  codes: AlertCode[]
}

/** A public warning of somebody else (CAP 1.2), beside the facts of its incident. */
export interface PublicAlert {
  /** Newest message about it. */
  identifier: string
  sender: string
  sentMs: number
  /** `Exercise` only where the feed is told to take exercises. */
  status: 'Actual' | 'Exercise'
  urgency: string
  severity: string
  certainty: string
  effectiveMs: number | null
  onsetMs: number | null
  /** After this it no longer holds; null where it does not say. */
  expiresMs: number | null
  area: AlertArea
  /** One entry a language; the console shows the reader's, else the first. */
  texts: AlertText[]
  /** `unchecked`: the message carries a signature, and nobody has checked it. */
  signature: 'none' | 'unchecked'
  /** Every message that belongs to it, `sender,identifier`, newest last: what is in here is not taken twice. */
  messages: string[]
}

/** The text for a reader: their language, else the same language of another region, else the first. */
export function alertTextFor(texts: readonly AlertText[], lang: string): AlertText | null {
  const of = ({ language }: AlertText): string => language.toLowerCase()
  const wanted = lang.toLowerCase()
  return (
    texts.find((text) => of(text) === wanted) ??
    texts.find((text) => of(text).split('-')[0] === wanted.split('-')[0]) ??
    texts[0] ??
    null
  )
}

/** Where a warning of ours holds. */
export const WarningArea = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), radiusM: z.number().min(50).max(100_000) }),
  /** The map of the incident's search. */
  z.strictObject({ kind: z.literal('search') }),
  z.strictObject({ kind: z.literal('zone'), zoneId: z.string().min(1).max(64) }),
])
export type WarningArea = z.infer<typeof WarningArea>

/** What a warning of ours says in one language. It goes to everybody: no person is described by name or number. */
export const WarningText = z.strictObject({
  language: z.enum(['zh-CN', 'en']),
  event: z.string().trim().min(1).max(60),
  headline: z.string().trim().min(1).max(160),
  description: z.string().trim().max(1200),
  instruction: z.string().trim().max(600),
  areaDesc: z.string().trim().min(1).max(200),
})
export type WarningText = z.infer<typeof WarningText>

/** A warning as a person drafts it. */
export const WarningDraft = z.strictObject({
  status: z.enum(['Actual', 'Exercise', 'Test']),
  /** To whom; with a restriction it is for them alone. */
  restriction: z.string().trim().min(1).max(120).nullable(),
  category: z.enum(CAP_CATEGORY),
  responseTypes: z.array(z.enum(CAP_RESPONSE)).max(4),
  urgency: z.enum(CAP_URGENCY),
  severity: z.enum(CAP_SEVERITY),
  certainty: z.enum(CAP_CERTAINTY),
  area: WarningArea,
  expiresInMin: z.number().int().min(5).max(4320),
  texts: z
    .array(WarningText)
    .min(1)
    .max(2)
    .refine((texts) => new Set(texts.map(({ language }) => language)).size === texts.length, 'one text a language'),
})
export type WarningDraft = z.infer<typeof WarningDraft>

/** A CAP message of ours, as it went out. What it was made of is in it: it is written the same at any time. */
export interface SentWarning {
  identifier: string
  sender: string
  sentMs: number
  msgType: Extract<CapMsgType, 'Alert' | 'Update' | 'Cancel'>
  /** Earlier messages of the same warning, oldest first. */
  references: { sender: string; identifier: string; sentMs: number }[]
  draft: Omit<WarningDraft, 'area' | 'expiresInMin'>
  area: Pick<AlertArea, 'polygons' | 'circles'>
  expiresMs: number
  /** Why it was taken back. */
  note: string | null
}

/** The newest message of a warning that still holds; null where there is none. */
export function standingWarning(sent: readonly SentWarning[] | undefined, nowMs: number): SentWarning | null {
  const newest = sent?.at(-1)
  return newest === undefined || newest.msgType === 'Cancel' || newest.expiresMs <= nowMs ? null : newest
}
