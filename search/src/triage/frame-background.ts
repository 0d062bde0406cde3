import type { ThermalReading, TriagePolicy } from './thermal-reading.ts'

/** How a frame compares with what this drone's frames usually show. */
export interface Judgement {
  readonly reading: ThermalReading
  readonly z: number
  /** Degrees above the median frame maximum. */
  readonly excessC: number
  readonly standsOut: boolean
}

/**
 * Running background of one drone's frame maxima: median and MAD of recent frames that did not stand out. Frames that do
 * are kept out, or hovering over a person would make the person the background; but when most frames of the last
 * `adaptMs` stood out, at more than a few places, the ground itself is warm and they are let in.
 */
export interface FrameBackground {
  /**
   * Judges a frame, in time order. The first ones wait and are judged together once enough are known.
   * @param heldBy key of the raised candidate the hottest point is at, or null. Such frames do not become background,
   *   unless candidates follow each other so fast that the ground itself must be warm.
   */
  judge(reading: ThermalReading, heldBy: string | null): Judgement[]
}

export function frameBackground(policy: TriagePolicy): FrameBackground {
  const known: { atMs: number; maxC: number }[] = []
  let waiting: ThermalReading[] = []
  const recent: { atMs: number; standsOut: boolean }[] = []

  const remember = ({ atMs, maxC }: ThermalReading): void => {
    known.push({ atMs, maxC })
    while (known.length > policy.maxBackground) known.shift()
    while (known.length > policy.minBackground && known[0]!.atMs < atMs - policy.backgroundMs) known.shift()
  }

  const judgeOne = (reading: ThermalReading): Judgement => {
    const middle = median(known.map(({ maxC }) => maxC))
    const scatter = 1.4826 * median(known.map(({ maxC }) => Math.abs(maxC - middle)))
    const excessC = reading.maxC - middle
    const z = excessC / Math.max(scatter, policy.scatterFloorC)
    return { reading, z, excessC, standsOut: z >= policy.minZ && reading.contrastC >= policy.minContrastC }
  }

  const heldAtMs = new Map<string, number>()
  const groundIsWarm = (atMs: number, heldBy: string | null): boolean => {
    if (heldBy !== null) heldAtMs.set(heldBy, atMs)
    for (const [key, lastMs] of heldAtMs) if (atMs - lastMs > policy.adaptMs) heldAtMs.delete(key)
    return warmShare(recent) > 0.5 && (heldBy === null || heldAtMs.size > policy.maxHeld)
  }

  return {
    judge(reading, heldBy) {
      if (known.length < policy.minBackground) {
        waiting.push(reading)
        remember(reading)
        if (known.length < policy.minBackground) return []
        const first = waiting
        waiting = []
        return first.map(judgeOne)
      }
      const judged = judgeOne(reading)
      recent.push({ atMs: reading.atMs, standsOut: judged.standsOut })
      while (recent[0]!.atMs < reading.atMs - policy.adaptMs) recent.shift()
      if (!judged.standsOut || groundIsWarm(reading.atMs, heldBy)) remember(reading)
      return [judged]
    },
  }
}

/** Share of recent frames that stood out; 0 while too few are known to tell. */
function warmShare(recent: readonly { readonly standsOut: boolean }[]): number {
  return recent.length < 20 ? 0 : recent.filter(({ standsOut }) => standsOut).length / recent.length
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
