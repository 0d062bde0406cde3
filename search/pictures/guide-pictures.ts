import {
  accumulateSweep,
  coveragePath,
  cutTasks,
  distancesFor,
  driftEnsemble,
  gridFrame,
  leewayObject,
  localFrame,
  type Look,
  lognormalQuantileKm,
  fitLognormal,
  posterior,
  probabilityMap,
  steadyFlow,
  sumOfFlows,
  tidalFlow,
} from '../src/index.ts'
import type { LocalM } from '../src/frame/position.ts'
import { circle, cross, label, outline, panel, paths, scaleBar, shaded, shadeLimits, svg } from './map-svg.ts'

const SIDE_PX = 460
const IPP = [122.2, 30] as const
const about = localFrame(IPP)
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
const HIKER = { category: 'hiker', terrain: 'flat' } as const

/** An invented island, metres about the planning point. */
const ISLAND: readonly LocalM[] = [
  [-1900, -600],
  [-1500, -1300],
  [-500, -1500],
  [300, -1100],
  [900, -1400],
  [1900, -900],
  [2300, 100],
  [1700, 700],
  [1900, 1500],
  [900, 2000],
  [300, 1300],
  [-300, 1700],
  [-1300, 1500],
  [-1200, 700],
  [-2000, 300],
]
const closed = (ring: readonly LocalM[]): number[][] => [...ring, ring[0]!].map((p) => about.toLngLat(p))
const LAND_STYLE = 'fill="none" stroke="#444" stroke-width="1.5"'
const NIGHT_SENSOR = { sweepWidthM: 73, swathM: 84, overlap: 0.15 }

/** The map of a hiker on open ground with the four distances as rings. */
export function ringsPicture(): string {
  const halfM = 6000
  const { grid, restOfWorld } = probabilityMap({ subject: HIKER, ipp: IPP, halfSizeM: halfM, cellM: 100 })
  const at = panel(0, 0, SIDE_PX, [0, 0], grid.cols * grid.cellM)
  const middle = [halfM, halfM]
  const fit = fitLognormal(distancesFor(HIKER).quantilesKm)
  const rings = [0.25, 0.5, 0.75].map((share) => {
    const radiusM = 1000 * lognormalQuantileKm(fit, share)
    return (
      circle(middle, radiusM * at.scale, at, 'fill="none" stroke="#111" stroke-width="1.2" stroke-dasharray="5 3"') +
      label(`${percent(share)} within ${(radiusM / 1000).toFixed(1)} km`, at.x(halfM) + 6, at.y(halfM + radiusM) - 4)
    )
  })
  const content = [
    shaded(grid, at, shadeLimits(grid)),
    ...rings,
    cross(middle, at),
    label(`rest of the world: ${percent(restOfWorld)}`, 12, 22),
    scaleBar(at, 0, SIDE_PX, 2000),
  ]
  return svg(SIDE_PX, SIDE_PX, 'A hiker on open ground: the map and its distances', content.join(''))
}

const islandMap = () =>
  probabilityMap({ subject: HIKER, ipp: IPP, halfSizeM: 2700, cellM: 50, land: [[closed(ISLAND)]], shoreShare: 0.5 })
const islandPanel = (leftPx: number) => panel(leftPx, 0, SIDE_PX, [0, 0], 5400)
const onIsland = ([e, n]: LocalM): LocalM => [e + 2700, n + 2700]

/** The same hiker on an island: what the coast cut off, and where it went. */
export function shorePicture(): string {
  const map = islandMap()
  const { split, restOfWorld } = map.perScenario[0]!
  const at = islandPanel(0)
  const content = [
    shaded(map.grid, at, shadeLimits(map.grid)),
    outline([ISLAND.map(onIsland)], at, LAND_STYLE),
    cross([2700, 2700], at),
    label(`on the island: ${percent(split.reachable)}`, 12, 22),
    label(`waits at the shore: ${percent(split.movedToShore)}`, 12, 40),
    label(`rest of the world: ${percent(restOfWorld)}`, 12, 58),
    scaleBar(at, 0, SIDE_PX, 1000),
  ]
  return svg(SIDE_PX, SIDE_PX, 'The same hiker on an island', content.join(''))
}

/** Before and after a flight that found nothing: both in the same shades. */
export function noFindPicture(): string {
  const { grid, restOfWorld } = islandMap()
  const frame = gridFrame(grid)
  const drone = { id: 'a', startLngLat: about.toLngLat([0, -300]), airspeedMps: 10, enduranceS: 1800, reserveS: 300 }
  const [task] = cutTasks({ grid, drones: [drone], sensor: NIGHT_SENSOR, wind: null }).tasks
  const coverage = new Float64Array(grid.values.length)
  for (const lane of task!.lanes) {
    const [from, to] = lane.map((p) => frame.toLocal(p)) as [LocalM, LocalM]
    const looks = looksAlong(from, to)
    looks.forEach((look, i) => i > 0 && accumulateSweep(coverage, grid, looks[i - 1]!, look, NIGHT_SENSOR))
  }
  const after = posterior({ prior: grid, restOfWorld, coverage })
  const limits = shadeLimits(grid)
  const gap = 16
  const panels = [
    { left: 0, values: grid.values, row: restOfWorld, says: 'before' },
    { left: SIDE_PX + gap, values: after.grid.values, row: after.restOfWorld, says: 'after: nothing found' },
  ].map(({ left, values, row, says }) => {
    const at = islandPanel(left)
    return [
      shaded({ ...grid, values }, at, limits),
      outline([ISLAND.map(onIsland)], at, LAND_STYLE),
      outline(
        task!.area.map((ring) => ring.map((p) => frame.toLocal(p))),
        at,
        'fill="none" stroke="#0b3c6f" stroke-width="1.5" stroke-dasharray="5 3"',
      ),
      label(says, left + 12, 22, 'font-weight="600"'),
      label(`rest of the world: ${percent(row)}`, left + 12, 40),
      scaleBar(at, left, SIDE_PX, 1000),
    ].join('')
  })
  const swept = label(`POS of this flight: ${percent(after.pos)}`, SIDE_PX + gap + 12, 58)
  return svg(2 * SIDE_PX + gap, SIDE_PX, 'Nothing found is news', panels.join('') + swept)
}

/** Looks of a camera that points down, every second along a lane. */
function looksAlong(from: LocalM, to: LocalM): Look[] {
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1])
  const [x, y] = [(to[0] - from[0]) / lengthM, (to[1] - from[1]) / lengthM]
  const half = NIGHT_SENSOR.swathM / 2
  return Array.from({ length: Math.ceil(lengthM / 10) + 1 }, (_, i) => {
    const [e, n] = [from[0] + x * i * 10, from[1] + y * i * 10]
    return {
      atMs: i * 1000,
      cornersM: [
        [-half, 30],
        [-half, -30],
        [half, -30],
        [half, 30],
      ].map(([across, along]) => [e + y * across! + x * along!, n - x * across! + y * along!]),
    }
  })
}

/** Tasks of three drones in wind, around a no-fly zone. */
export function planPicture(): string {
  const { grid } = islandMap()
  const frame = gridFrame(grid)
  const zone: LocalM[] = [
    [500, -500],
    [1100, -300],
    [1000, 400],
    [450, 250],
  ]
  const drones = (
    [
      ['a', [-900, -900]],
      ['b', [1500, -300]],
      ['c', [-200, 1300]],
    ] as const
  ).map(([id, at]) => ({ id, startLngLat: about.toLngLat([...at]), airspeedMps: 10, enduranceS: 1500, reserveS: 300 }))
  const wind = { fromDeg: 250, speedMps: 5 }
  const { tasks } = cutTasks({ grid, drones, sensor: NIGHT_SENSOR, wind, noFly: [[closed(zone)]] })
  const at = islandPanel(0)
  const flights = tasks.map(({ droneId, waypoints }) => {
    const { startLngLat } = drones.find(({ id }) => id === droneId)!
    return [startLngLat, ...waypoints, startLngLat].map((p) => frame.toLocal(p))
  })
  const content = [
    shaded(grid, at, shadeLimits(grid)),
    outline([ISLAND.map(onIsland)], at, LAND_STYLE),
    outline([zone.map(onIsland)], at, 'fill="#b91c1c" fill-opacity="0.18" stroke="#b91c1c" stroke-width="1.5"'),
    paths(flights, at, 1.4),
    label('no-fly', at.x(2700 + 520), at.y(2700 - 60)),
    ...tasks.map(({ droneId, expectedPos, timeS }, i) =>
      label(`${droneId}: POS ${(100 * expectedPos).toFixed(1)} %, ${(timeS / 60).toFixed(0)} min`, 12, 22 + 18 * i),
    ),
    label('wind from 250 degrees, 5 m/s', 12, 22 + 18 * tasks.length),
    scaleBar(at, 0, SIDE_PX, 1000),
  ]
  return svg(SIDE_PX, SIDE_PX, 'Three drones, one battery each', content.join(''))
}

/** One path over an area with a bay and a hole. */
export function coveragePicture(): string {
  const hole: LocalM[] = [
    [-500, 100],
    [-100, -100],
    [100, 300],
    [-300, 500],
  ]
  const path = coveragePath({ polygon: [closed(ISLAND), closed(hole)], trackSpacingM: 150 })!
  const at = islandPanel(0)
  const line = path.points.map((p) => onIsland(about.toLocal(p)))
  const content = [
    outline(
      [ISLAND, hole].map((ring) => ring.map(onIsland)),
      at,
      'fill="#d97706" fill-opacity="0.15" stroke="#444" stroke-width="1.5"',
    ),
    paths([line], at),
    label(`${path.lanes.length} lanes ${path.trackSpacingM.toFixed(0)} m apart in ${path.cells} cells`, 12, 22),
    label(`${(path.lengthM / 1000).toFixed(1)} km; sees ${(100 * path.coveredShare).toFixed(1)} % of the area`, 12, 40),
    scaleBar(at, 0, SIDE_PX, 1000),
  ]
  return svg(SIDE_PX, SIDE_PX, 'An area with bays and a hole', content.join(''))
}

/** A person in the water for three hours: wind, a tide that turns, and a shore to strand on. */
export function driftPicture(): string {
  const coast: LocalM[] = [
    [-6000, 900],
    [-1500, 1100],
    [-200, 2100],
    [1300, 1700],
    [6000, 2600],
    [6000, 6000],
    [-6000, 6000],
  ]
  const tide = tidalFlow({ ebb: [0.5, 0.1], flood: [-0.45, -0.1], slackS: [5400], afterFirstSlack: 'flood' })
  const clouds = [1, 2, 3].map((hours) =>
    driftEnsemble({
      object: leewayObject('PIW-1'),
      wind: steadyFlow([2, 6]),
      current: sumOfFlows(tide, steadyFlow([0.02, 0.05])),
      durationS: hours * 3600,
      particles: 400,
      seed: 3,
      isLand: (e, n) => n > coastAt(coast, e),
      start: () => [-1200, -1500],
    }),
  )
  const at = panel(0, 0, SIDE_PX, [-2700, -2700], 5400)
  const marks = ['#93c5fd', '#2563eb', '#1e3a8a']
  const dots = clouds.map(({ positionsM, fates }, k) =>
    fates.map((fate, i) => {
      const p = [positionsM[2 * i]!, positionsM[2 * i + 1]!]
      if (fate === 'stranded' && k < 2) return ''
      const style = fate === 'stranded' ? 'fill="none" stroke="#8a1c1c" stroke-width="1.4"' : `fill="${marks[k]}"`
      return circle(p, fate === 'stranded' ? 3 : 1.2 + 0.5 * k, at, style)
    }),
  )
  const stranded = clouds[2]!.fates.filter((fate) => fate === 'stranded').length / clouds[2]!.fates.length
  const content = [
    outline([coast], at, 'fill="#e7e5e4" stroke="#444" stroke-width="1.5"'),
    ...dots.flat(),
    cross([-1200, -1500], at),
    label('entered the water', at.x(-1200) + 8, at.y(-1500) + 18),
    label('afloat after 1, 2, 3 h: small to large, pale to dark', 12, 22),
    label(`rings: stranded within 3 h (${percent(stranded)})`, 12, 40),
    scaleBar(at, 0, SIDE_PX, 1000),
  ]
  return svg(SIDE_PX, SIDE_PX, 'A drift in a tide that turns', content.join(''))
}

/** Height of the coast line at an easting. */
function coastAt(coast: readonly LocalM[], eastM: number): number {
  for (let i = 1; i < coast.length; i++) {
    const [a, b] = [coast[i - 1]!, coast[i]!]
    if (eastM >= a[0] && eastM < b[0]) return a[1] + ((eastM - a[0]) / (b[0] - a[0])) * (b[1] - a[1])
  }
  return Infinity
}
