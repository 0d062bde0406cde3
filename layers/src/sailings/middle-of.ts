import type { LngLat } from '@skerry/contract'

/** The place half way along a line, by degrees: good enough for a name. A line of one place is that place. */
export function middleOf(path: readonly LngLat[]): LngLat {
  const lengths = path.slice(1).map(([lng, lat], i) => Math.hypot(lng - path[i]![0], lat - path[i]![1]))
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const [[a, b], [c, d]] = [path[i]!, path[i + 1]!]
      return [a + ((c - a) * left) / length, b + ((d - b) * left) / length]
    }
    left -= length
  }
  return path[0] ?? [0, 0]
}
