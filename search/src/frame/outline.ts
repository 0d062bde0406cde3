/** A ring of lattice corners, `[step, lane]`, closed (first repeated last). */
export type LatticeRing = [step: number, lane: number][]

/**
 * Outline of a set of squares joined over their sides: one outer ring, then holes, in lattice corners, straight runs
 * merged. The region lies to the left of every ring when `step` is drawn to the right and `lane` upwards.
 */
export function outlineOf(squares: Iterable<number>, steps: number): LatticeRing[] {
  const inside = new Set(squares)
  const stride = steps + 2
  const corner = (step: number, lane: number): number => (lane + 1) * stride + step + 1
  // Directed edges with the region on the left; at a pinched corner two edges start.
  const starting = new Map<number, number[]>()
  const edge = (from: number, to: number): void => {
    starting.set(from, [...(starting.get(from) ?? []), to])
  }
  for (const square of inside) {
    const [lane, step] = [Math.floor(square / steps), square % steps]
    if (!inside.has(square - steps)) edge(corner(step, lane), corner(step + 1, lane))
    if (step === steps - 1 || !inside.has(square + 1)) edge(corner(step + 1, lane), corner(step + 1, lane + 1))
    if (!inside.has(square + steps)) edge(corner(step + 1, lane + 1), corner(step, lane + 1))
    if (step === 0 || !inside.has(square - 1)) edge(corner(step, lane + 1), corner(step, lane))
  }
  const rings: LatticeRing[] = []
  for (const first of [...starting.keys()].sort((a, b) => a - b)) {
    while (starting.get(first)?.length) rings.push(traceRing(starting, first, stride))
  }
  const areaOf = (ring: LatticeRing): number =>
    ring.reduce((sum, p, i) => sum + p[0] * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * p[1], 0)
  return rings.sort((a, b) => areaOf(b) - areaOf(a))
}

function traceRing(starting: Map<number, number[]>, first: number, stride: number): LatticeRing {
  const corners: number[] = [first]
  let at = first
  let heading = 0
  do {
    const ways = starting.get(at)!
    // At a pinch turn left, back along the same square: the ring then stays one ring round a joined region.
    const left = heading === 1 ? stride : heading === -1 ? -stride : heading === stride ? -1 : 1
    const pick = ways.length > 1 ? Math.max(0, ways.indexOf(at + left)) : 0
    const next = ways.splice(pick, 1)[0]!
    if (next - at === heading) corners.pop()
    heading = next - at
    corners.push(next)
    at = next
  } while (at !== first)
  return corners.map((c) => [(c % stride) - 1, Math.floor(c / stride) - 1])
}
