// A reading of a thermal camera placed on a hill, with its error ellipse, against even steps of 1.5 m along the ray.
// Alone: node scripts/run.mjs mavlink-bridge/bench/place.bench.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { LngLat } from '@skerry/contract'
import { openTerrain } from '@skerry/terrain'
import { flatGround, terrainGround, type Ground } from '../src/thermal/cast.ts'
import { moved, rayOf } from '../src/thermal/ground.ts'
import { rotate, turn } from '../src/thermal/rotation.ts'
import { errorEllipse } from '../src/thermal/uncertainty.ts'
import type { BenchRow } from './bench-row.ts'

const READINGS = 400
const PASSES = 5
const STEP_M = 1.5
const AT: LngLat = [122.39, 29.89]
const HEIGHT_M = 90
const FOV = [(45 * Math.PI) / 180, (37 * Math.PI) / 180] as const
const VECTORS = fileURLToPath(new URL('../../terrain/vectors', import.meta.url))
/** One to place, six for its ellipse. */
const RAYS = 7

/** Gimbal pitches of a search: from straight down to slanting. */
const orientation = (i: number) => turn('right', (-(45 + (i % 40)) * Math.PI) / 180)
const point = (i: number) => [((i * 7) % 10) / 10, ((i * 3) % 10) / 10] as const

/** Microseconds per reading, best of several passes. */
function measure(work: (i: number) => unknown): number {
  let best = Infinity
  for (let pass = 0; pass < PASSES; pass++) {
    const from = performance.now()
    for (let i = 0; i < READINGS; i++) work(i)
    best = Math.min(best, ((performance.now() - from) * 1000) / READINGS)
  }
  return best
}

const place = (ground: Ground, i: number) => [
  ground.cast(point(i), FOV, orientation(i)),
  errorEllipse({
    point: point(i),
    fov: FOV,
    orientation: orientation(i),
    ground,
    positionAccuracyM: null,
    groundSpeedMps: 8,
  }),
]

/** Meets of one ray by even steps; the ellipse takes as many rays as ours do. */
function walk(heightM: (at: LngLat) => number | null, cameraAmslM: number, i: number): number {
  const ray = rotate(orientation(i), rayOf(point(i), FOV))
  let wayM = 0
  while (wayM < 2500) {
    const ground = heightM(moved(AT, [ray[0] * wayM, ray[1] * wayM]))
    if (ground === null || cameraAmslM - ray[2] * wayM <= ground) break
    wayM += STEP_M
  }
  return wayM
}

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'place-bench-'))
  const file = path.join(folder, 'terrain.json')
  const tiles = [path.join(VECTORS, 'terrarium/{z}/{x}/{y}.png')]
  writeFileSync(file, JSON.stringify({ type: 'raster-dem', tiles, encoding: 'terrarium', maxzoom: 14 }))
  const terrain = await openTerrain(file, { onFault: (error) => process.stderr.write(`${String(error)}\n`) })
  rmSync(folder, { recursive: true })
  await terrain.load(AT, 1000)
  const below = terrain.heightM(AT)
  if (below === null) throw new Error('the bench lies outside the terrain')
  const cameraAmslM = below + HEIGHT_M
  const asked = { count: 0 }
  const heightM = (at: LngLat) => {
    asked.count++
    return terrain.heightM(at)
  }
  const ground = terrainGround({ from: AT, cameraAmslM, heightSigmaM: 5, heightM })
  const ours = measure((i) => place(ground, i))
  const oursAsked = asked.count / (READINGS * PASSES)
  asked.count = 0
  const theirs = measure((i) => Array.from({ length: RAYS }, () => walk(heightM, cameraAmslM, i)))
  const level = measure((i) => place(flatGround(HEIGHT_M), i))
  process.stderr.write(
    `heights asked for per reading: ${oursAsked.toFixed(0)} against ${(asked.count / (READINGS * PASSES)).toFixed(0)}\n`,
  )
  await terrain.close()
  return [
    {
      name: 'a reading placed on hilly ground, with its ellipse',
      baseline: `even steps of ${STEP_M} m, ${RAYS} rays`,
      ratio: theirs / ours,
      unit: 'us per reading',
      ours,
      theirs,
    },
    {
      name: 'the same on level ground',
      baseline: `even steps of ${STEP_M} m, ${RAYS} rays`,
      ratio: theirs / level,
      unit: 'us per reading',
      ours: level,
      theirs,
    },
  ]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`)
