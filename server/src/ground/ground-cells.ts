import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { DrawnGround } from '@skerry/contract'
import { COVER_CODES } from '@skerry/search'

/** Steps of a factor per unit of its logarithm: 2.5 % each, from 0.03 to 34. */
const STEPS = 36
const MIDDLE = 128

/** Factors as bytes: 0 is none at all, 128 is 1. */
export const factorBytes = (factors: ArrayLike<number>): Uint8Array =>
  Uint8Array.from(factors, (factor) =>
    factor > 0 ? Math.max(1, Math.min(255, Math.round(MIDDLE + STEPS * Math.log(factor)))) : 0,
  )

export const factorOf = (byte: number): number => (byte === 0 ? 0 : Math.exp((byte - MIDDLE) / STEPS))

/**
 * Factors and reasons of the cells as they are journaled; and a name for just these.
 * @param covers codes of their covers; null where no layer tells of any
 */
export function packedCells(
  factors: Uint8Array,
  reasons: Uint8Array,
  covers: Uint8Array | null = null,
): Pick<DrawnGround, 'id' | 'packed'> {
  const packed = {
    factors: packed64(factors),
    reasons: packed64(reasons),
    ...(covers ? { covers: packed64(covers) } : {}),
  }
  const hash = createHash('sha256').update(packed.factors).update(packed.reasons)
  if (packed.covers !== undefined) hash.update(packed.covers)
  return { id: hash.digest('hex'), packed }
}

/** Code of the cover of each cell; null where no layer told of any. @throws Error as `unpackedCells`, or for no such code */
export function unpackedCovers({ packed }: Pick<DrawnGround, 'packed'>, cells: number): Uint8Array | null {
  if (packed.covers === undefined) return null
  const covers = unpacked64(packed.covers)
  if (covers.length !== cells) throw new RangeError(`ground: ${covers.length} cells where the map has ${cells}`)
  if (covers.some((code) => code >= COVER_CODES.length)) throw new RangeError('ground: no such code of a cover')
  return covers
}

/** @throws Error when the cells are not as many as they must be */
export function unpackedCells(
  { packed }: Pick<DrawnGround, 'packed'>,
  cells: number,
): { factors: Float64Array; reasons: Uint8Array } {
  const [factors, reasons] = [unpacked64(packed.factors), unpacked64(packed.reasons)]
  if (factors.length !== cells || reasons.length !== cells)
    throw new RangeError(`ground: ${factors.length} cells where the map has ${cells}`)
  return { factors: Float64Array.from(factors, factorOf), reasons }
}

const packed64 = (bytes: Uint8Array): string => deflateRawSync(bytes, { level: 9 }).toString('base64')
const unpacked64 = (text: string): Uint8Array => new Uint8Array(inflateRawSync(Buffer.from(text, 'base64')))
