import type { ZoneFix } from './zone-fix.ts'

/** What is kept of one position. Times of the source, ms; degrees; metres; m/s. */
export type KeptFix = Pick<ZoneFix, 'atMs' | 'lngLat' | 'accuracyM' | 'speedMps'>

/** Numbers of one position: time, longitude, latitude, accuracy, speed (NaN: not said). */
const WIDTH = 5
const FIRST = 32
/** Most positions that are kept of one mover: half an hour at one a second, and some. */
const MOST = 2048

/** The positions of one mover over a span, in whatever order they came, packed. */
export interface FixBook {
  /** @returns false: older than what is kept whole, so that it can no longer be put in its place */
  add(fix: KeptFix): boolean
  inOrder(): KeptFix[]
  /** Everything from this source time on is kept, ms; nothing before it is told. */
  fromMs(): number
  /** Source time of the newest position, ms. */
  newestMs(): number
  size(): number
}

export function createFixBook(spanMs: number): FixBook {
  let packed = new Float64Array(FIRST * WIDTH)
  let count = 0
  let newestMs = -Infinity
  /** Before this, positions have been let go. */
  let wholeFromMs = -Infinity

  const inOrder = (): KeptFix[] =>
    Array.from({ length: count }, (_, i): KeptFix => {
      const [atMs, lng, lat, accuracy, speed] = packed.subarray(i * WIDTH, (i + 1) * WIDTH)
      return { atMs: atMs!, lngLat: [lng!, lat!], accuracyM: orNull(accuracy!), speedMps: orNull(speed!) }
    })
      .filter(({ atMs }) => atMs > newestMs - spanMs)
      .sort((a, b) => a.atMs - b.atMs || a.lngLat[0] - b.lngLat[0] || a.lngLat[1] - b.lngLat[1])

  function put({ atMs, lngLat, accuracyM, speedMps }: KeptFix): void {
    packed.set([atMs, lngLat[0], lngLat[1], accuracyM ?? NaN, speedMps ?? NaN], count * WIDTH)
    count++
  }
  /** Lets go of what is too old; grows when most of it is not. */
  function makeRoom(): void {
    const kept = inOrder()
    const young = kept.slice(Math.max(0, kept.length - (MOST * 3) / 4))
    if (young.length < count) wholeFromMs = Math.max(wholeFromMs, young[0]!.atMs)
    if (young.length > packed.length / WIDTH / 2) packed = new Float64Array(Math.min(MOST * WIDTH, packed.length * 2))
    count = 0
    for (const fix of young) put(fix)
  }
  return {
    add(fix) {
      if (fix.atMs < wholeFromMs) return false
      newestMs = Math.max(newestMs, fix.atMs)
      if ((count + 1) * WIDTH > packed.length) makeRoom()
      put(fix)
      return true
    },
    inOrder,
    fromMs: () => Math.max(wholeFromMs, newestMs - spanMs),
    newestMs: () => newestMs,
    size: () => count,
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
