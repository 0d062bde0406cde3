import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localFrame } from '../frame/local-frame.ts'
import { runCli } from './run-cli.ts'

class Sink extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

interface Ran {
  code: number
  out: string
  said: string
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'skerry-search-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(args: string[], input?: unknown): Promise<Ran> {
  const [stdout, stderr] = [new Sink(), new Sink()]
  async function* stdin(): AsyncGenerator<Uint8Array> {
    if (input !== undefined) yield Buffer.from(typeof input === 'string' ? input : JSON.stringify(input))
  }
  const code = await runCli(args, { stdin: stdin(), stdout, stderr, directories: [folder] })
  return { code, out: stdout.text, said: stderr.text }
}

const MAP = { subject: { category: 'hiker', terrain: 'flat' }, ipp: [122.2, 30], halfSizeM: 2000, cellM: 100 }
const SEGMENTS = { poa: [0.4, 0.3, 0.2, 0.1], areaKm2: [2, 1, 4, 0.5] }
const CAMERA = { camera: { hfovDeg: 45.8, widthPx: 640 }, heightM: 60, cover: 'open', contrast: 'strong', speedMps: 10 }
const DRIFT = {
  object: 'PIW-1',
  wind: { toEastMps: 0, toNorthMps: 10 },
  current: { eastMps: 0, northMps: 0 },
  side: 'right',
  convention: 'allen',
  durationS: 3600,
  particles: 2000,
  seed: 1,
}

describe('the search command', () => {
  it('prints one JSON object and nothing else, from a file as from standard input', async () => {
    writeFileSync(path.join(folder, 'map.json'), JSON.stringify(MAP))
    const fromFile = await run(['map', 'map.json'])
    expect(fromFile).toEqual(await run(['map'], MAP))
    expect(fromFile.code).toBe(0)
    expect(fromFile.said).toBe('')
    expect(fromFile.out.trim().split('\n')).toHaveLength(1)
    const map = JSON.parse(fromFile.out) as { values: number[]; restOfWorld: number; rows: number; cols: number }
    expect(Object.keys(map)).toEqual(['rows', 'cols', 'cellM', 'origin', 'values', 'restOfWorld'])
    expect(map.values).toHaveLength(map.rows * map.cols)
    expect(Math.abs(map.values.reduce((a, b) => a + b, map.restOfWorld) - 1)).toBeLessThan(1e-9)
  })

  it('lists the categories with where they come from', async () => {
    const { out } = await run(['map', '--categories'])
    const { categories, attribution } = JSON.parse(out) as { categories: { id: string }[]; attribution: string }
    expect(categories.map(({ id }) => id)).toContain('dementia')
    expect(attribution).toMatch(/Koester/)
  })

  it("draws with an agency's own table, edited from the one it lists, and names what is wrong in it", async () => {
    const listed = JSON.parse((await run(['map', '--categories'])).out) as {
      categories: { id: string; distancesKm: { flat: number[] } }[]
      attribution: string
    }
    const hiker = listed.categories.find(({ id }) => id === 'hiker')!
    hiker.distancesKm.flat = [0.2, 0.5, 0.9, 2]
    writeFileSync(path.join(folder, 'table.json'), JSON.stringify({ ...listed, attribution: 'ours' }))
    const [plain, own] = [await run(['map'], MAP), await run(['map', '--table', 'table.json'], MAP)]
    expect(own.said).toBe('')
    const rest = ({ out }: Ran): number => (JSON.parse(out) as { restOfWorld: number }).restOfWorld
    expect(rest(own)).toBeLessThan(rest(plain))
    const shown = await run(['map', '--categories', '--table', 'table.json'])
    expect(JSON.parse(shown.out)).toMatchObject({ attribution: 'ours' })
    hiker.distancesKm.flat = [5, 1, 2, 3]
    writeFileSync(path.join(folder, 'bad.json'), JSON.stringify(listed))
    const at = listed.categories.indexOf(hiker)
    expect(await run(['map', '--table', 'bad.json'], MAP)).toEqual({
      code: 2,
      out: '',
      said: `table.categories[${at}].distancesKm.flat: must be four distances above 0 km, rising (25, 50, 75, 95 %)\n`,
    })
    expect((await run(['map', '--table', 'none.json'], MAP)).said).toMatch(/^--table: must be an existing file/)
    expect((await run(['map', '--table'], MAP)).code).toBe(2)
  })

  it('updates and allocates', async () => {
    const updated = await run(['update'], { poa: [0.5, 0.3], restOfWorld: 0.2, pod: [0.5, 0] })
    const update = JSON.parse(updated.out) as { pos: number; restOfWorld: number }
    expect(update.pos).toBeCloseTo(0.25, 12)
    expect(update.restOfWorld).toBeCloseTo(0.2 / 0.75, 12)
    const area = JSON.parse((await run(['allocate'], { ...SEGMENTS, effortKm2: 3 })).out) as { effort: number[] }
    expect(area.effort[0]).toBeCloseTo(1.482591, 6)
    const hours = { ...SEGMENTS, sweepWidthM: [80, 40, 60, 20], speedMps: 8, hours: 5 }
    const time = JSON.parse((await run(['allocate'], hours)).out) as { hours: number[]; pos: number }
    expect(time.hours[3]).toBeCloseTo(0.619217, 6)
    expect(time.pos).toBeCloseTo(0.72233, 6)
  })

  it('tells what a camera is worth, with its range', async () => {
    const width = JSON.parse((await run(['sweep-width'], CAMERA)).out) as Record<string, number>
    expect(width.low).toBeLessThan(width.sweepWidthM!)
    expect(width.sweepWidthM).toBeLessThanOrEqual(width.high!)
    expect(width.swathM).toBeCloseTo(50.7, 1)
  })

  it('drifts: the velocity alone, or a cloud about it', async () => {
    const still = JSON.parse((await run(['drift'], { ...DRIFT, particles: 0 })).out) as object
    expect(still).toEqual({ velocityMps: [expect.closeTo(0.054, 9), expect.closeTo(0.096, 9)] })
    const cloud = JSON.parse((await run(['drift'], DRIFT)).out) as { meanM: number[]; particlesM: number[][] }
    expect(cloud.particlesM).toHaveLength(2000)
    const meanNorth = cloud.particlesM.reduce((sum, [, north]) => sum + north!, 0) / 2000
    expect(cloud.meanM[1]).toBeCloseTo(meanNorth, 6)
    expect(meanNorth / 3600).toBeCloseTo(0.11, 2)
    const objects = JSON.parse((await run(['drift', '--objects'])).out) as { objects: unknown[] }
    expect(objects.objects).toHaveLength(76)
  })

  it('drifts in fields and strands on land, and says what is not known', async () => {
    type Drifted = { meanM: number[]; fates: Record<string, number>; fateOf: string[]; velocityMps: number[] }
    const field = (eastMps: (number | null)[]) => ({
      southWestM: [-20_000, -20_000],
      stepM: 20_000,
      rows: 3,
      cols: 3,
      timesS: [0],
      eastMps,
      northMps: Array<number>(9).fill(0),
    })
    const even = await run(['drift', '--detail'], { ...DRIFT, currentField: field(Array<number>(9).fill(0.5)) })
    const steady = await run(['drift'], { ...DRIFT, current: { eastMps: 0.5, northMps: 0 } })
    const [inField, plain] = [JSON.parse(even.out) as Drifted, JSON.parse(steady.out) as Drifted]
    expect(inField.meanM[0]).toBeCloseTo(plain.meanM[0]!, 6)
    expect(inField.velocityMps[0]).toBeCloseTo(plain.velocityMps[0]!, 12)
    expect(inField.fates).toEqual({ afloat: 2000, stranded: 0, lost: 0 })

    const small = { ...field(Array<number>(9).fill(0.5)), southWestM: [-500, -500], stepM: 500 }
    const gone = await run(['drift', '--detail'], { ...DRIFT, currentField: small })
    expect(gone.code).toBe(0)
    expect(JSON.parse(gone.out)).toMatchObject({ meanM: null, particlesM: [], fates: { afloat: 0, lost: 2000 } })
    expect(gone.said).toMatch(/^particles: 2000 of 2000 came where wind or current is not known/)
    const early = await run(['drift', '--detail'], { ...DRIFT, currentField: small, datumErrorM: 300, durationS: 600 })
    const some = JSON.parse(early.out) as Drifted & { particlesM: number[][] }
    expect(some.fates.lost).toBeGreaterThan(0)
    expect(some.particlesM).toHaveLength(2000 - some.fates.lost!)
    expect(some.meanM[0]).toBeCloseTo(
      some.particlesM.reduce((sum, [e]) => sum + e! / some.particlesM.length, 0),
      6,
    )

    const north = [122.1, 30.001, 122.3, 30.2]
    const [w, s, e, n] = north as [number, number, number, number]
    const land = {
      type: 'Polygon',
      coordinates: [
        [
          [w, s],
          [e, s],
          [e, n],
          [w, n],
          [w, s],
        ],
      ],
    }
    const ashore = JSON.parse((await run(['drift', '--detail'], { ...DRIFT, start: [122.2, 30], land })).out) as Drifted
    expect(ashore.fates.stranded).toBeGreaterThan(1000)
    expect(ashore.fateOf.filter((fate) => fate === 'stranded')).toHaveLength(ashore.fates.stranded!)
    expect(Object.keys(JSON.parse(steady.out) as object)).toEqual(['velocityMps', 'meanM', 'particlesM'])

    const away = { ...DRIFT, start: [122, 30], particles: 50, current: { eastMps: 1, northMps: 0 }, durationS: 86_400 }
    const wall = (west: number, east: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, 29],
          [east, 29],
          [east, 31],
          [west, 31],
          [west, 29],
        ],
      ],
    })
    const walled = await run(['drift', '--detail'], { ...away, land: wall(122.4, 122.5) })
    expect(JSON.parse(walled.out)).toMatchObject({ fates: { stranded: 50 } })
    // 38.6 km to the east of the start, where the coast is drawn on cells of 100 m: 0.001 degrees.
    for (const pointM of (JSON.parse(walled.out) as { particlesM: number[][] }).particlesM)
      expect(Math.abs(localFrame(away.start).toLngLat(pointM)[0] - 122.4)).toBeLessThan(0.001)
    expect(walled.said).toBe('')
    const offMap = await run(['drift', '--detail'], { ...away, land: wall(130, 131), durationS: 7 * 86_400 })
    expect(JSON.parse(offMap.out)).toMatchObject({ fates: { afloat: 50 } })
    expect(offMap.said).toMatch(/^land: is drawn up to 480 km from the start; 50 of 50 went farther/)

    for (const [bad, said] of [
      [{ land }, /^start: missing/],
      [{ currentField: field([1]) }, /^currentField.eastMps: must have 9 numbers/],
      [{ windField: field(Array<null>(9).fill(null)) }, /^windField: must be known at the start/],
      [{ currentField: { ...field([1]), rows: 0 } }, /^currentField.rows: must be at least 1/],
    ] as const) {
      const refused = await run(['drift'], { ...DRIFT, ...bad })
      expect(refused.code).toBe(2)
      expect(refused.said).toMatch(said)
    }
  })

  it('draws a drift as a scenario of the map, and names what it lacks', async () => {
    const { object, wind, current, durationS } = DRIFT
    const story = { weight: 1, kind: 'drift', drift: { object, wind, current, durationS } }
    const { out, code } = await run(['map'], { ...MAP, scenarios: [story] })
    expect(code).toBe(0)
    const map = JSON.parse(out) as { values: number[]; restOfWorld: number }
    expect(Math.abs(map.values.reduce((a, b) => a + b, map.restOfWorld) - 1)).toBeLessThan(1e-9)
    const { said, code: refused } = await run(['map'], { ...MAP, scenarios: [{ weight: 1, kind: 'drift' }] })
    expect(said).toMatch(/^scenarios\[0\]\.drift: missing/)
    expect(refused).toBe(2)
  })

  it('says when scenario weights were divided by their sum', async () => {
    const { code, said } = await run(['map'], { ...MAP, scenarios: [{ weight: 3 }, { weight: 1, ipp: [122.21, 30] }] })
    expect(code).toBe(0)
    expect(said).toMatch(/weights sum to 4/)
  })

  it('helps', async () => {
    for (const args of [['--help'], ['map', '--help'], ['update', '-h'], ['allocate', '--help']]) {
      const { code, out } = await run(args)
      expect(code).toBe(0)
      expect(out).toMatch(/^usage: search/)
    }
  })

  const SQUARE = [
    [
      [122, 29.9],
      [122.4, 29.9],
      [122.4, 30.1],
      [122, 30.1],
      [122, 29.9],
    ],
  ]
  it.each([
    [[], undefined, /^COMMAND: must be/],
    [['fly'], undefined, /^COMMAND: must be .* not "fly"/],
    [['map', '--shout'], MAP, /^--shout: must be/],
    [['map', 'nowhere.json'], undefined, /^FILE: must be an existing file/],
    [['map', 'a', 'b'], undefined, /^FILE: must be one file/],
    [['map'], '', /^standard input: empty/],
    [['map'], '{', /^standard input: must be JSON/],
    [['map'], [], /^input: must be an object/],
    [['map'], { ...MAP, subject: undefined }, /^subject: missing, must be an object/],
    [
      ['map'],
      { ...MAP, subject: { category: 'hiker', terrain: 'swamp' } },
      /^subject\.terrain: must be flat or mountain/,
    ],
    [
      ['map'],
      { ...MAP, subject: { category: 'ghost', terrain: 'flat' } },
      /^subject\.category: must be an id of .*, or come with distancesKm; not 'ghost'/,
    ],
    [['map'], { ...MAP, subject: { ...MAP.subject, distancesKm: [1, 2, 3] } }, /^subject\.distancesKm/],
    [['map'], { ...MAP, subject: { ...MAP.subject, distancesKm: [1, 3, 2, 4] } }, /^subject\.distancesKm: must/],
    [['map'], { ...MAP, ipp: [30, 122] }, /^ipp\[1\]: must be/],
    [['map'], { ...MAP, ipp: '122,30' }, /^ipp: must be \[lng, lat\]/],
    [['map'], { ...MAP, ipp: [179.99, 30] }, /^ipp: .*180/],
    [['map'], { ...MAP, halfSizeM: 0 }, /^halfSizeM: must be above 0/],
    [['map'], { ...MAP, cellM: 0.1 }, /^cellM: must be at least 1/],
    [['map'], { ...MAP, cellM: 5000 }, /^cellM: must be at most/],
    [['map'], { ...MAP, halfSizeM: 90000, cellM: 1 }, /^cellM: must be at least/],
    [['map'], { ...MAP, colour: 'red' }, /^colour: unknown key/],
    [['map'], { ...MAP, scenarios: [{ weight: 0 }] }, /^scenarios: .*above 0/],
    [['allocate'], { ...SEGMENTS, areaKm2: [1e-320, 1, 1, 1], effortKm2: 1 }, /^areaKm2\[0\]: must be at least 1e-9/],
    [
      ['map'],
      { ...MAP, scenarios: [{ weight: 1, kind: 'shore' }] },
      /^scenarios\[0\]\.kind: must be 'radial' or 'drift' where no land is given/,
    ],
    [
      ['map'],
      { ...MAP, scenarios: [{ weight: 1, subject: { category: 'x', terrain: 'flat' } }] },
      /^scenarios\[0\]\.subject\.category/,
    ],
    [['map'], { ...MAP, land: { type: 'Point', coordinates: [1, 2] } }, /^land\.type: must be Polygon/],
    [
      ['map'],
      { ...MAP, land: { type: 'Polygon', coordinates: [[[1, 2]]] } },
      /^land\.coordinates\[0\]: must be a closed ring/,
    ],
    [
      ['map'],
      { ...MAP, land: { type: 'MultiPolygon', coordinates: [SQUARE, [[[122, 'x']]]] } },
      /^land\.coordinates\[1\]\[0\]\[0\]/,
    ],
    [['map'], { ...MAP, sightings: [{ position: [122.2, 30] }] }, /^sightings\[0\]\.errorM: missing/],
    [['update'], { poa: [0.9], restOfWorld: 0.2, pod: [0] }, /^poa: must be at most 1/],
    [['update'], { poa: [0.5], restOfWorld: 0.5, pod: [0, 1] }, /^pod: must have one number/],
    [['update'], { poa: [0.5], restOfWorld: 0.5, pod: [1.5] }, /^pod\[0\]: must be at most 1/],
    [['update'], { poa: [1], restOfWorld: 0, pod: [1] }, /^pod: must leave something unseen/],
    [['allocate'], SEGMENTS, /^effortKm2: missing/],
    [['allocate'], { ...SEGMENTS, hours: 3, speedMps: 8 }, /^sweepWidthM: missing/],
    [['allocate'], { ...SEGMENTS, areaKm2: [1], effortKm2: 1 }, /^areaKm2: must have one number/],
    [['allocate'], { ...SEGMENTS, effortKm2: 1, hours: 2 }, /^hours: unknown key/],
    [['drift'], { ...DRIFT, object: 'RAFT' }, /^object: must be a leeway class/],
    [['drift'], { ...DRIFT, wind: { toEastMps: 1 } }, /^wind\.toNorthMps: missing/],
    [['drift'], { ...DRIFT, side: 'up' }, /^side: must be right or left/],
    [['drift'], { ...DRIFT, particles: -1 }, /^particles: must be at least 0/],
    [['drift'], { ...DRIFT, particles: 1.5 }, /^particles: must be a whole number/],
    [['drift'], { ...DRIFT, durationS: -1 }, /^durationS: must be at least 0/],
    [
      ['drift'],
      { ...DRIFT, tide: { ebb: DRIFT.current, flood: DRIFT.current, slackS: [1e300], afterFirstSlack: 'ebb' } },
      /^tide\.slackS\[0\]: must be at most 315576000\n$/,
    ],
    [['sweep-width'], { ...CAMERA, heightM: 1e308 }, /^heightM: must be at most 30000\n$/],
    [['sweep-width'], { ...CAMERA, heightM: 1e-300 }, /^heightM: must be at least 0\.1\n$/],
    [['sweep-width'], { ...CAMERA, speedMps: 1e308 }, /^speedMps: must be at most 1000\n$/],
    [
      ['sweep-width'],
      { ...CAMERA, camera: { ...CAMERA.camera, hfovDeg: 179.99999999 } },
      /^camera\.hfovDeg: must be at most 170\n$/,
    ],
    [['sweep-width'], { ...CAMERA, camera: { ...CAMERA.camera, widthPx: 1e12 } }, /^camera\.widthPx: must be at most/],
    [['sweep-width'], { ...CAMERA, cover: 'jungle' }, /^cover: must be open or/],
  ])('refuses %j %j with one line that names the field, and code 2', async (args, input, line) => {
    const { code, out, said } = await run(args, input)
    expect(said).toMatch(line)
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(out).toBe('')
    expect(code).toBe(2)
  })
})

describe('what the caller should know', () => {
  it('is told of a land layer without land, and of a planning point in the water, asked for detail or not', async () => {
    const empty = { type: 'FeatureCollection', features: [] }
    for (const args of [['map'], ['map', '--detail']]) {
      const { code, said } = await run(args, { ...MAP, land: empty })
      expect([code, said]).toEqual([0, expect.stringMatching(/^land: holds no polygon, .*\n$/)])
    }
    const far = [
      [121, 30],
      [121.1, 30],
      [121.1, 30.1],
      [121, 30],
    ]
    const { said } = await run(['map'], { ...MAP, land: { type: 'Polygon', coordinates: [far] } })
    expect(said).toMatch(/^ipp: lies in the water; .*\n$/)
  })

  it('is told of sightings that contradict each other, which move nothing, and not of those that merely differ', async () => {
    const sighting = (east: number, reliability: number) => ({
      position: [122.2 + east, 30],
      errorM: 5,
      reliability,
    })
    const certain = await run(['map'], { ...MAP, sightings: [sighting(-0.005, 1), sighting(0.005, 1)] })
    expect(certain.code).toBe(0)
    expect(certain.said).toMatch(
      /^sightings: no place of any story agrees with all of them; left out sightings\[1\]\. .*\n$/,
    )
    expect((await run(['map'], { ...MAP, sightings: [sighting(-0.005, 1), sighting(0.005, 0.9)] })).said).toBe('')
  })

  it('names the field of a drift inside its scenario, and quotes a key that is no word', async () => {
    const drift = { object: 'raft', wind: DRIFT.wind, current: DRIFT.current, durationS: 600 }
    const story = { weight: 1, kind: 'drift', drift }
    const inScenario = await run(['map'], { ...MAP, scenarios: [{ weight: 1 }, story] })
    expect(inScenario).toMatchObject({ code: 2, out: '' })
    expect(inScenario.said).toMatch(/^scenarios\[1\]\.drift\.object: must be a leeway class/)
    const inWater = await run(['map'], { ...MAP, waterBranch: { share: 0.1, drift } })
    expect(inWater.said).toMatch(/^waterBranch\.drift\.object: must be/)
    expect(await run(['map'], { ...MAP, 'a\nb': 1 })).toMatchObject({
      code: 2,
      said: '"a\\nb": unknown key, must be left out\n',
    })
  })
})
