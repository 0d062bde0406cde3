import { timingSafeEqual } from 'node:crypto'
import type { LeaseNotice } from '@skerry/contract'

/** Flight authority as the server last told it. After a start nothing is assumed: no token, no order. */
export interface Leases {
  /** The complete list, after each connection. */
  replace(notices: readonly LeaseNotice[]): void
  apply(notice: LeaseNotice): void
  allows(droneId: string, token: string): boolean
  /** Another vehicle answers to that name: the token of now is worth nothing any more, however often it is told. */
  fence(droneId: string): void
  /** Who holds it; null: nobody, or nothing was told. */
  holder(droneId: string): string | null
}

export function createLeases(): Leases {
  let tokens = new Map<string, string>()
  let holders = new Map<string, string | null>()
  const fenced = new Map<string, string>()
  function apply({ droneId, token, holder }: LeaseNotice): void {
    holders.set(droneId, holder)
    if (token === null || token === fenced.get(droneId)) tokens.delete(droneId)
    else tokens.set(droneId, token)
  }
  return {
    apply,
    fence(droneId) {
      const token = tokens.get(droneId)
      if (token === undefined) return
      fenced.set(droneId, token)
      tokens.delete(droneId)
    },
    holder: (droneId) => holders.get(droneId) ?? null,
    replace(notices) {
      tokens = new Map()
      holders = new Map()
      notices.forEach(apply)
    },
    allows(droneId, token) {
      const known = tokens.get(droneId)
      if (known === undefined || known === '') return false
      const [a, b] = [Buffer.from(known), Buffer.from(token)]
      return a.length === b.length && timingSafeEqual(a, b)
    },
  }
}
