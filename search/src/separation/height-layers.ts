/** Highest true height above ground without an approval (China, interim regulation 2024, art. 19), metres. */
export const HEIGHT_CEILING_M = 120

/** A task that needs a layer of its own. */
export interface LayerWish {
  readonly id: string
  /** Height above ground the sensor works best at, metres. */
  readonly wishM: number
  /** Ids of the tasks it may meet (their ground or times overlap); default all: one layer per task. */
  readonly meets?: readonly string[] | undefined
  /** Height it has been given already and keeps, metres; it need not lie on a layer. */
  readonly fixedM?: number | undefined
}

export interface LayerPlan {
  /** Height of each task's lanes above the common ground, metres. */
  readonly heightM: ReadonlyMap<string, number>
  /** Layer for ways out and back, above all lanes; null when there is no room for one. */
  readonly transitM: number | null
  /** Tasks for which no layer is left: they must wait, or fly elsewhere. */
  readonly unplaced: string[]
}

/**
 * Gives each task a height layer: tasks that may meet are at least `spacingM` apart, nobody above the ceiling, and the
 * top layer is kept for transit, unless every task flies its ways out and back in its own layer (`transitLayer` false). Layers lie at floor, floor + spacing, ...; tasks in the order given take the free layer
 * nearest to their wish. Two drones that cross the transit layer at once are still a matter of time: test the whole
 * flight with `intentConflicts` and delay one (`startDelayMs`).
 * Heights are above ground, so over hills neighbours that fly over different ground may come closer: their ground must
 * not overlap either, or heights must be taken above the highest ground of both.
 * RangeError for a spacing below 15 m, or a floor that is not between 0 and the ceiling.
 * Source: search-science notes 4.4 (one height layer per drone, at least 15-20 m apart, a separate transit layer).
 */
export function heightLayers(
  wishes: readonly LayerWish[],
  options: {
    readonly floorM: number
    readonly ceilingM?: number | undefined
    readonly spacingM?: number | undefined
    readonly transitLayer?: boolean | undefined
  },
): LayerPlan {
  const { floorM, ceilingM = HEIGHT_CEILING_M, spacingM = 20, transitLayer = true } = options
  if (!(spacingM >= 15)) throw new RangeError('spacingM: must be at least 15')
  if (!(floorM > 0 && floorM <= ceilingM)) throw new RangeError('floorM: must be above 0 and at most the ceiling')
  const count = Math.floor((ceilingM - floorM) / spacingM + 1e-9) + 1
  const all = Array.from({ length: count }, (_, i) => floorM + i * spacingM)
  // A single layer is worth more for searching than for transit.
  const transitM = transitLayer && count > 1 ? all[count - 1]! : null
  const layers = transitM === null ? all : all.slice(0, -1)
  const heightM = new Map(wishes.flatMap(({ id, fixedM }) => (fixedM === undefined ? [] : [[id, fixedM] as const])))
  const unplaced: string[] = []
  const meets = (a: LayerWish, b: LayerWish): boolean =>
    (a.meets?.includes(b.id) ?? true) || (b.meets?.includes(a.id) ?? true)
  for (const wish of wishes) {
    if (wish.fixedM !== undefined) continue
    const taken = wishes.flatMap((other) => (other !== wish && meets(wish, other) ? (heightM.get(other.id) ?? []) : []))
    const free = layers.filter((layer) => taken.every((takenM) => Math.abs(takenM - layer) >= spacingM - 1e-9))
    if (free.length === 0) unplaced.push(wish.id)
    else
      heightM.set(
        wish.id,
        free.reduce((a, b) => (Math.abs(b - wish.wishM) < Math.abs(a - wish.wishM) ? b : a)),
      )
  }
  return { heightM, transitM, unplaced }
}
