import type { Lattice } from './lattice.ts'

/**
 * Share of what a way sees that is counted. The sortie's own lanes look at part of that ground too, and which part is not
 * known before they are chosen. Any share from 0.35 to 0.65 does about as well on the SAREnv scenes; none is worse.
 */
const COUNTED_SHARE = 0.5

/**
 * What a drone sees on its straight way between a place and every node, a lane wide: the sum of `left` under the way, cut
 * to a share (see above). Unit as `left`; index `lane * (steps + 1) + node`. Reckoned once a spacing along each lane, by
 * one sample a spacing, and linear between: O(lanes x spacings of a lane x spacings of a way). A way around a zone counts
 * as the straight one.
 */
export function wayWorths(lattice: Lattice, left: Float64Array, placeM: readonly number[]): Float64Array {
  const { lanes, steps, stepM, spacingM } = lattice
  const width = steps + 1
  const stride = Math.max(1, Math.round(spacingM / stepM))
  const [fromStep, fromLane] = lattice.fromLocal(placeM)
  const seenTo = (lane: number, node: number): number => {
    const [alongSteps, acrossLanes] = [node - fromStep, lane + 0.5 - fromLane]
    const lengthM = Math.hypot(alongSteps * stepM, acrossLanes * spacingM)
    const samples = Math.max(1, Math.round(lengthM / spacingM))
    let sum = 0
    for (let k = 0; k < samples; k++) {
      const share = (k + 0.5) / samples
      const step = Math.floor(fromStep + share * alongSteps)
      const over = Math.floor(fromLane + share * acrossLanes)
      if (step >= 0 && step < steps && over >= 0 && over < lanes) sum += left[over * steps + step]!
    }
    // A square is a lane wide and a step long: its worth over its length is that of a metre of the way.
    return (COUNTED_SHARE * sum * lengthM) / (samples * stepM)
  }
  const worths = new Float64Array(lanes * width)
  for (let lane = 0; lane < lanes; lane++) {
    let [here, worth] = [0, seenTo(lane, 0)]
    while (here < steps) {
      const next = Math.min(steps, here + stride)
      const nextWorth = seenTo(lane, next)
      for (let node = here; node < next; node++)
        worths[lane * width + node] = worth + ((nextWorth - worth) * (node - here)) / (next - here)
      ;[here, worth] = [next, nextWorth]
    }
    worths[lane * width + steps] = worth
  }
  return worths
}
