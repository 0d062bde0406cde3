import type { RefusalCode } from '@skerry/contract'
import type { Refusal, Result } from '../engine/engine.ts'

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

/** A refusal with its HTTP status, the code that the console has words for, and a sentence for people and logs. */
export const refuse = (
  status: Refusal['status'],
  code: RefusalCode,
  detail: string,
): { ok: false; error: Refusal } => ({
  ok: false,
  error: { status, code, detail },
})

export type Decision<T> = Result<T, Refusal>
