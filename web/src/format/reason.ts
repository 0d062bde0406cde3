import { parseReason, type ParsedReason } from '@skerry/contract'
import type { Translate } from '../i18n/words.ts'
import { zh } from '../i18n/zh/index.ts'
import { autopilotText } from './autopilot-text.ts'

type Coded = keyof typeof zh.reason.code
type Plain = keyof typeof zh.reason.plain
type Refused = keyof typeof zh.problem.code
const isCoded = (code: string): code is Coded => Object.hasOwn(zh.reason.code, code)
const isPlain = (code: string): code is Plain => Object.hasOwn(zh.reason.plain, code)
const isRefused = (code: string): code is Refused => Object.hasOwn(zh.problem.code, code)

/** Codes whose words hold their detail themselves. */
const HOLDS_DETAIL: ReadonlySet<string> = new Set([
  'replaced-by-task',
  'ordered-down',
  'lease-taken-over',
  'command-result-unknown',
  'mission-result-unknown',
  'param-refused',
  'param-changed-meanwhile',
  'params-incomplete',
])

/** What happened, in one phrase for a row or a line of the timeline. Words that a person typed stay as they are. */
export function reasonText(reason: string, t: Translate): string {
  const parsed = parseReason(reason)
  if (parsed === null) return reason
  const { code, step } = parsed
  const detail = detailText(parsed, t)
  const what = whatText(code, detail, t)
  const text = detail === '' || HOLDS_DETAIL.has(code) ? what : t('reason.withDetail', { text: what, detail })
  return step === null ? text : t('reason.atStep', { step: t(`reason.step.${step}`), text })
}

/** What it means and what to do; null where the phrase of `reasonText` says all there is. */
export function reasonAct(reason: string, t: Translate): string | null {
  const parsed = parseReason(reason)
  return parsed !== null && isCoded(parsed.code) ? t(`reason.code.${parsed.code}.act`) : null
}

function whatText(code: string, detail: string, t: Translate): string {
  if (isCoded(code)) return t(`reason.code.${code}.what`, { detail })
  if (isPlain(code)) return t(`reason.plain.${code}`, { detail })
  // A refusal says in one sentence what happened and what to do.
  return isRefused(code) ? t(`problem.code.${code}`) : code
}

function detailText({ code, detail }: ParsedReason, t: Translate): string {
  if (code === 'lease-taken-over') {
    const end = detail.indexOf(': ')
    return end < 0
      ? detail
      : t('reason.atStep', { step: detail.slice(0, end), text: reasonText(detail.slice(end + 2), t) })
  }
  if (parseReason(detail) !== null) return reasonText(detail, t)
  const parts = detail.split('; ')
  return parts.map((part) => autopilotText(part, t)).join('; ')
}
