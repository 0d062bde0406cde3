import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { runCli } from './run-cli.ts'

class Sink extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

async function run(verb: string, input: unknown): Promise<{ code: number; out: string; said: string }> {
  const [stdout, stderr] = [new Sink(), new Sink()]
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(JSON.stringify(input))
  }
  const code = await runCli([verb], { stdin: stdin(), stdout, stderr, directories: [] })
  return { code, out: stdout.text, said: stderr.text }
}

const grid = { rows: 20, cols: 20, cellM: 30, values: Array.from({ length: 400 }, (_, i) => (i % 20) / 4000) }
const sensor = { detectionRadiusM: 30 }
const simple = {
  grid,
  sensor,
  drones: [
    { id: 'a', start: null, budgetM: 3000 },
    { id: 'b', start: [0, 0], budgetM: 2000 },
  ],
}
const drone = { id: 'a', start: [0, 0], airspeedMps: 12, enduranceS: 400, reserveS: 100, returnTo: [0, 0] }
const zone = [
  [300, 300],
  [400, 300],
  [400, 400],
]
const fuller = {
  grid,
  sensor,
  drones: [drone, { ...drone, id: 'b' }],
  wind: { fromDeg: 270, speedMps: 6 },
  sweepWidthM: 40,
  noFly: [zone],
  ceilingM: 120,
  separationM: 30,
}

interface Planned {
  paths: { drone: string; points: number[][]; lengthM: number; timesS?: number[]; heightM?: number }[]
  score: Record<string, number | null>
}

describe('plan and score', () => {
  it('agree with each other in the simple form', async () => {
    const { code, out, said } = await run('plan', simple)
    expect([code, said]).toEqual([0, ''])
    const planned = JSON.parse(out) as Planned
    expect(planned.paths.map((path) => Object.keys(path))).toEqual([
      ['drone', 'points', 'lengthM'],
      ['drone', 'points', 'lengthM'],
    ])
    const scored = await run('score', { grid, sensor, paths: planned.paths })
    expect(JSON.parse(scored.out)).toEqual(planned.score)
    expect(planned.score['restrictedMeanTimeS']).toBeNull()
    expect(planned.score['areaLikelihood']).toBeGreaterThan(0)
  })

  it('agree with each other in the fuller form, with times for every point', async () => {
    const planned = JSON.parse((await run('plan', fuller)).out) as Planned
    expect(planned.paths).toHaveLength(2)
    for (const { points, timesS } of planned.paths) expect(timesS).toHaveLength(points.length)
    const horizonS = Math.max(...planned.paths.flatMap(({ timesS }) => timesS!))
    const { out } = await run('score', { grid, sensor, sweepWidthM: 40, horizonS, paths: planned.paths })
    expect(JSON.parse(out)).toEqual(planned.score)
    expect(planned.score['restrictedMeanTimeS']).toBeLessThan(horizonS)
  })

  it('weigh finds by the chance that the subject is alive then, when asked', async () => {
    const survival = {
      sinceS: 1800,
      points: [
        [1, 0.5],
        [2, 0.25],
      ],
    }
    const planned = JSON.parse((await run('plan', { ...fuller, survival })).out) as Planned
    const { pos, survivalWeightedPos } = planned.score as Record<string, number>
    // All is flown within seven minutes after the half hour.
    expect(survivalWeightedPos! / pos!).toBeLessThan(0.75)
    expect(survivalWeightedPos! / pos!).toBeGreaterThan(0.65)
    const asked = { grid, sensor, sweepWidthM: 40, survival, paths: planned.paths }
    const scored = JSON.parse((await run('score', asked)).out) as Record<string, number | null>
    expect(scored['survivalWeightedPos']).toBe(survivalWeightedPos)
    const untimed = planned.paths.map(({ points }) => ({ points }))
    const unknown = JSON.parse((await run('score', { ...asked, paths: untimed })).out) as typeof scored
    expect(unknown['survivalWeightedPos']).toBeNull()
  })

  it('go around zones in the simple form too', async () => {
    const planned = JSON.parse((await run('plan', { ...simple, noFly: [[zone]] })).out) as Planned
    for (const { points, lengthM } of planned.paths) {
      expect(lengthM).toBeLessThanOrEqual(3000)
      for (const [e, n] of points) expect(e! > 310 && e! < 390 && n! > 305 && n! < e! - 5).toBe(false)
    }
  })

  it('name the field and what it must be, with code 2', async () => {
    const wrong: [string, unknown, string][] = [
      ['plan', { ...simple, colour: 1 }, 'colour: unknown key, must be left out'],
      ['plan', { ...simple, grid: { ...grid, values: [1] } }, 'grid.values: must have rows x cols numbers'],
      [
        'plan',
        { ...simple, grid: { ...grid, values: grid.values.map((v, i) => (i === 3 ? null : v)) } },
        'grid.values[3]: must be a number',
      ],
      [
        'plan',
        { ...simple, grid: { ...grid, values: grid.values.map(() => 1) } },
        'grid.values: must add up to at most 1',
      ],
      ['plan', { ...simple, drones: [] }, 'drones: must have at least 1 entries'],
      ['plan', { ...simple, drones: [simple.drones[0], simple.drones[0]] }, 'drones: must have different ids'],
      ['plan', { ...simple, drones: [{ id: 'a', start: null, budgetM: -1 }] }, 'drones[0].budgetM: must be at least 0'],
      [
        'plan',
        { ...simple, drones: [{ id: 'a', budgetM: 1 }] },
        'drones[0].start: missing, must be [eastM, northM] in metres',
      ],
      ['plan', { ...simple, sensor: {} }, 'sensor.detectionRadiusM: missing, must be a number'],
      ['plan', { ...fuller, drones: [{ ...drone, reserveS: 500 }] }, 'drones[0].reserveS: must be at most enduranceS'],
      [
        'plan',
        { ...fuller, noFly: [[1, 2]] },
        'noFly[0]: must be a polygon of at least 3 corners, [[eastM, northM], ...] or rings of such',
      ],
      [
        'plan',
        { ...fuller, ceilingM: 121 },
        'ceilingM: must be at most 120: above that true height is controlled airspace',
      ],
      [
        'plan',
        { ...fuller, sweepWidthM: 6000 },
        'sweepWidthM: must be at most twice sensor.detectionRadiusM, the width that is seen',
      ],
      [
        'score',
        { grid, sensor, sweepWidthM: 60.1, paths: [] },
        'sweepWidthM: must be at most twice sensor.detectionRadiusM, the width that is seen',
      ],
      ['plan', { ...fuller, survival: { sinceS: 5 } }, 'survival: must have points, category, waterC or airC'],
      ['plan', { ...simple, survival: { waterC: 5 } }, 'survival: unknown key, must be left out'],
      [
        'score',
        {
          grid,
          sensor,
          paths: [],
          survival: {
            points: [
              [1, 0.5],
              [2, 0.6],
            ],
          },
        },
        'survival.points: must have shares that do not rise',
      ],
      ['plan', { ...fuller, wind: { fromDeg: 0 } }, 'wind.speedMps: missing, must be a number'],
      ['score', { grid, paths: [] }, 'sensor: missing, must be given, or sweepWidthM'],
      [
        'score',
        { grid, sensor, paths: [{ points: [[0, 0]], timesS: [0, 1] }] },
        'paths[0].timesS: must have one time per point',
      ],
    ]
    for (const [verb, input, line] of wrong) {
      expect(await run(verb, input)).toEqual({ code: 2, out: '', said: `${line}\n` })
    }
  })
})

describe('search plan at its limits', () => {
  it('says null, not 0, for the time to find of a plan in which nobody can fly', async () => {
    const wind = { fromDeg: 0, speedMps: 12 }
    const { code, out, said } = await run('plan', { grid, sensor, drones: [drone], wind })
    expect(code).toBe(0)
    expect(said).toBe('paths: none for "a", which makes no way against the wind, which is as fast as it flies\n')
    expect(JSON.parse(out)).toMatchObject({ paths: [], score: { pos: 0, restrictedMeanTimeS: null } })
  })

  it('says in one line why a drone has no path, and when a low ceiling has them share heights', async () => {
    const inZone = { ...drone, start: [390, 350] }
    const closed = await run('plan', { grid, sensor, drones: [inZone], noFly: [zone] })
    expect(JSON.parse(closed.out)).toMatchObject({ paths: [] })
    expect(closed.said).toBe('paths: none for "a", which starts inside a zone of noFly\n')
    const byLength = await run('plan', {
      ...simple,
      drones: [{ id: 'a', start: [390, 350], budgetM: 900 }],
      noFly: [zone],
    })
    expect(byLength.said).toBe(closed.said)
    const many = Array.from({ length: 9 }, (_, i) => ({ ...drone, id: `d${i}` }))
    const low = await run('plan', { ...fuller, drones: many, ceilingM: 40, separationM: undefined })
    expect(low.said).toMatch(
      /^ceilingM: leaves room for 1 layer 15 m apart, so 9 drones share heights; only separationM/m,
    )
    const high = await run('plan', fuller)
    expect(high.said).toBe('')
  })

  it('counts no time and no horizon before the start, and no survival where the model tells nothing', async () => {
    const flown = {
      grid,
      sensor,
      paths: [
        {
          points: [
            [0, 0],
            [300, 0],
          ],
          timesS: [-1, 30],
        },
      ],
      survival: { waterC: 10 },
    }
    expect(await run('score', flown)).toMatchObject({ code: 2, said: 'paths[0].timesS[0]: must be at least 0\n' })
    const times = [{ ...flown.paths[0]!, timesS: [0, 30] }]
    expect(await run('score', { ...flown, paths: times, horizonS: -1 })).toMatchObject({
      code: 2,
      said: 'horizonS: must be at least 0\n',
    })
    const mild = await run('score', { ...flown, paths: times, survival: { airC: 5 } })
    expect(JSON.parse(mild.out)).toMatchObject({ survivalWeightedPos: null })
    expect(mild.said).toMatch(/^survival: tells nothing/)
    const warm = await run('score', { ...flown, paths: times, survival: { waterC: 27.7 } })
    expect(JSON.parse(warm.out)).toMatchObject({ survivalWeightedPos: null })
    expect(warm.said).toMatch(/^survival: tells nothing of how long; water above 20 C/)
    const whole = { grid: { rows: 3, cols: 3, cellM: 30, values: Array<number>(9).fill(1 / 9) }, sensor }
    const all = await run('score', {
      ...whole,
      paths: [
        {
          points: [
            [0, 45],
            [90, 45],
          ],
        },
      ],
      sensor: { detectionRadiusM: 99 },
    })
    expect((JSON.parse(all.out) as { areaLikelihood: number }).areaLikelihood).toBeLessThanOrEqual(1)
  })

  it('names the radius when its lanes are too many for the grid', async () => {
    const wide = { rows: 1, cols: 1, cellM: 1e9, values: [0.5] }
    for (const fine of [
      { ...simple, grid: wide },
      { ...simple, sensor: { detectionRadiusM: 0.01 } },
      { ...fuller, sensor: { detectionRadiusM: 0.01 }, sweepWidthM: undefined },
    ]) {
      const { code, said } = await run('plan', fine)
      expect(code).toBe(2)
      expect(said).toMatch(/^sensor\.detectionRadiusM: must be larger/)
    }
  })

  it('flies a way and not a place, where all ground is seen from one', async () => {
    const one = { rows: 1, cols: 1, cellM: 30, values: [1] }
    for (const [start, budgetM] of [
      [null, 900],
      [null, 10],
      [[15, 15], 900],
    ] as const) {
      const { out } = await run('plan', { grid: one, sensor, drones: [{ id: 'a', start, budgetM }] })
      const { paths, score } = JSON.parse(out) as { paths: { lengthM: number }[]; score: { pos: number } }
      expect(paths[0]!.lengthM).toBeGreaterThan(9)
      expect(paths[0]!.lengthM).toBeLessThanOrEqual(budgetM)
      expect(score.pos).toBeGreaterThan(0.1)
    }
  })

  it('refuses a path beyond any search rather than scoring it for minutes', async () => {
    const paths = [
      {
        points: [
          [0, 0],
          [1e12, 0],
        ],
      },
    ]
    const { code, said } = await run('score', { grid, sensor, paths })
    expect(code).toBe(2)
    expect(said).toMatch(/paths/)
  })
})
