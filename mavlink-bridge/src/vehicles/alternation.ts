/**
 * A reading that jumps to and fro between two runs, each of which goes on where it left off: two senders under one name.
 * A single jump (a restart, a new fix, a gap) is no alternation.
 */
export interface Alternation<V> {
  readonly runs: readonly { readonly value: V; readonly atMs: number }[]
  /** Times at which the older run was taken up again, newest last. */
  readonly returnsAtMs: readonly number[]
}

const WINDOW_MS = 3000
/** So many returns are no late frame and no restart. */
const RETURNS = 3
/** What was late on the way when its sender restarted is in by then. */
const LASTS_MS = 1000
/** A run that nobody went on with is forgotten: two vehicles beat once a second at least. */
const RUN_KEPT_MS = 5000

export const noAlternation = { runs: [], returnsAtMs: [] } as const

/** @param far how far a reading is from that run, `elapsedMs` after its last one; 1 or less: it goes on with it */
export function alternate<V>(
  before: Alternation<V>,
  value: V,
  atMs: number,
  far: (run: V, value: V, elapsedMs: number) => number,
): Alternation<V> {
  const runs = before.runs.filter((run) => atMs - run.atMs <= RUN_KEPT_MS)
  const near = runs.filter((run) => far(run.value, value, atMs - run.atMs) <= 1)
  // Where the runs have come together they tell nothing of who it is.
  if (near.length > 1) return { runs: [{ value, atMs }], returnsAtMs: [] }
  const [nearest] = near
  const others = runs.filter((run) => run !== nearest).slice(-1)
  const isReturn = nearest !== undefined && nearest !== runs.at(-1)
  const returnsAtMs = before.returnsAtMs.filter((at) => atMs - at < WINDOW_MS)
  // The run of now stands last.
  return { runs: [...others, { value, atMs }], returnsAtMs: isReturn ? withReturn(returnsAtMs, atMs) : returnsAtMs }
}

export const isAlternating = ({ returnsAtMs }: Alternation<unknown>): boolean =>
  returnsAtMs.length >= RETURNS && returnsAtMs.at(-1)! - returnsAtMs[0]! >= LASTS_MS

/** The first of the window and the newest ones: how many there are beyond tells nothing more. */
const withReturn = ([first, ...rest]: readonly number[], atMs: number): readonly number[] =>
  first === undefined ? [atMs] : [first, ...rest.slice(-RETURNS), atMs]
