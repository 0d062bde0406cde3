import type { LngLat } from '@skerry/contract'
import { lineM } from '../eta/line.ts'

/** A ship is at a terminal within so far of it: quays are long, and piers of the file are approximate. */
const AT_M = 450
/** It must have been seen there, or on the way from there, within so long. */
const GAP_MS = 20 * 60_000

/** Where a ship was last, as far as terminals are concerned. */
export interface ShipState {
  atMs: number
  /** Terminal that it lies at; null at sea. */
  at: string | null
}

/** A ship left a terminal, or came to one. */
export interface PortCall {
  kind: 'left' | 'came'
  mmsi: string
  terminal: string
  atMs: number
}

/**
 * One position of a ship: the new state, and what it tells. A ship has left when it is seen off the terminal where it was
 * seen last; the moment is that of the last position there. After a long silence nothing is told: where it was meanwhile
 * nobody knows.
 * @param state null for a ship that was not seen before
 */
export function followShip(
  state: ShipState | null,
  fix: { mmsi: string; lngLat: LngLat; atMs: number },
  terminals: readonly { id: string; at: LngLat }[],
): { state: ShipState; call: PortCall | null } {
  const { mmsi, lngLat, atMs } = fix
  if (state !== null && atMs <= state.atMs) return { state, call: null }
  let at: string | null = null
  let nearest = AT_M
  for (const terminal of terminals) {
    const metres = lineM(lngLat, terminal.at)
    if (metres <= nearest) [at, nearest] = [terminal.id, metres]
  }
  const next = { atMs, at }
  if (state === null || atMs - state.atMs > GAP_MS || state.at === at) return { state: next, call: null }
  if (at !== null) return { state: next, call: { kind: 'came', mmsi, terminal: at, atMs } }
  return { state: next, call: { kind: 'left', mmsi, terminal: state.at!, atMs: state.atMs } }
}
