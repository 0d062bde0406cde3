import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { type Random, seededRandom } from '../frame/seeded-random.ts'
import { runCli } from './run-cli.ts'

class Sink extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

const grid = { rows: 8, cols: 8, cellM: 30, values: Array.from({ length: 64 }, (_, i) => (i % 8) / 400) }
const sensor = { detectionRadiusM: 25 }
const ring = [
  [122.19, 29.99],
  [122.21, 29.99],
  [122.21, 30.01],
  [122.19, 30.01],
  [122.19, 29.99],
]
const velocity = { eastMps: 0.2, northMps: -0.1 }
const drift = {
  object: 'PIW-1',
  wind: { toEastMps: 3, toNorthMps: 1 },
  current: velocity,
  durationS: 1800,
  side: 'both',
  particles: 20,
  seed: 3,
  tide: { ebb: velocity, flood: velocity, slackS: [0, 22_350], afterFirstSlack: 'ebb', periodS: 44_700 },
}
const INPUTS: Readonly<Record<string, readonly object[]>> = {
  map: [
    {
      subject: { category: 'hiker', terrain: 'flat', distancesKm: [0.5, 1, 2, 4] },
      ipp: [122.2, 30],
      halfSizeM: 600,
      cellM: 100,
      land: { type: 'Polygon', coordinates: [ring] },
      shoreShare: 0.4,
      waterBranch: { share: 0.3, drift },
      scenarios: [
        { weight: 2 },
        { weight: 1, kind: 'shore' },
        { weight: 1, kind: 'drift', ipp: [122.206, 30.005], drift },
      ],
      sightings: [{ position: [122.201, 30.002], errorM: 80, reliability: 0.7, movedM: 50, headingDeg: 30 }],
    },
  ],
  plan: [
    { grid, drones: [{ id: 'a', start: null, budgetM: 900 }], sensor },
    {
      grid,
      drones: [{ id: 'a', start: [0, 0], airspeedMps: 12, enduranceS: 120, reserveS: 30, returnTo: [0, 0] }],
      sensor,
      wind: { fromDeg: 200, speedMps: 5 },
      sweepWidthM: 25,
      noFly: [ring.map((_, i) => [100 + 20 * i, 100 + 30 * (i % 2)])],
      ceilingM: 110,
      separationM: 30,
      survival: {
        sinceS: 3600,
        points: [
          [1, 0.9],
          [5, 0.5],
        ],
        category: 'dementia',
        waterC: 12,
      },
    },
  ],
  score: [
    {
      grid,
      paths: [
        {
          drone: 'a',
          points: [
            [0, 0],
            [200, 0],
            [200, 200],
          ],
          timesS: [0, 30, 60],
          lengthM: 400,
          heightM: 50,
        },
      ],
      sensor,
      sweepWidthM: 30,
      horizonS: 600,
      survival: { airC: -20 },
    },
  ],
  update: [{ poa: [0.2, 0.3, 0.1], restOfWorld: 0.4, pod: [0.5, 0, 0.9] }],
  allocate: [
    { poa: [0.2, 0.3], areaKm2: [1, 2], effortKm2: 3 },
    { poa: [0.2, 0.3], areaKm2: [1, 2], sweepWidthM: [50, 60], speedMps: 8, hours: 2 },
  ],
  drift: [{ ...drift, convention: 'allen', start: [122.2, 30], land: { type: 'Polygon', coordinates: [ring] } }],
  'sweep-width': [
    { camera: { hfovDeg: 45, widthPx: 640 }, heightM: 80, cover: 'open', contrast: 'strong', speedMps: 8 },
  ],
}
const JUNK = JSON.parse(
  '[null,true,"","x","NaN",-1,0,1,2,1e-9,1e9,-1e9,1e308,-1e308,5e-324,0.5,1.5,180,-180,9007199254740992,[],{},[null],[1],[[]],[[1,2]],{"a":1},[1e308,1e308],[0,90]]',
) as unknown[]
/** Fields that are null where nothing is known. */
const UNKNOWN = ['meanM', 'restrictedMeanTimeS', 'survivalWeightedPos']

type Path = (string | number)[]

function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  const keys = Array.isArray(value) ? [...value.keys()].slice(0, 5) : Object.keys(value)
  return [at, ...keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...at, key]))]
}

/** The input with one thing wrong: left out, of another kind, far too large, twice as long, or one key too many. */
function mutated(random: Random, input: object): object {
  const copy = structuredClone(input)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const place = pick(placesOf(copy).filter(({ length }) => length > 0))
  const key = place.at(-1)!
  let holder = copy as Record<string | number, unknown>
  for (const each of place.slice(0, -1)) holder = holder[each] as typeof holder
  const [what, value] = [random(), holder[key]]
  if (what < 0.15 && !Array.isArray(holder)) delete holder[key]
  else if (what < 0.25 && !Array.isArray(holder)) holder[pick(['zz', 'constructor', '', 'a\nb'])] = pick(JUNK)
  else if (what < 0.45 && typeof value === 'number') holder[key] = value * pick([-1, 10, 1e6, 1e-6])
  else if (what < 0.55 && Array.isArray(value)) holder[key] = [...(value as unknown[]), ...(value as unknown[])]
  else holder[key] = structuredClone(pick(JUNK))
  return copy
}

it('answers every mutated input with numbers, or with one line that names the field and what it must be (seeded)', async () => {
  const random = seededRandom(77)
  for (let n = 0; n < 250; n++) {
    const verbs = Object.keys(INPUTS)
    const verb = verbs[n % verbs.length]!
    const inputs = INPUTS[verb]!
    const input = JSON.stringify(mutated(random, inputs[Math.floor(random() * inputs.length)]!))
    const [stdout, stderr] = [new Sink(), new Sink()]
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(input)
    }
    const code = await runCli([verb], { stdin: stdin(), stdout, stderr, directories: [] })
    const asked = `${verb} ${input}`
    expect(code === 0 || code === 2, `${asked}\n${stderr.text}`).toBe(true)
    if (code === 2) {
      expect(stdout.text, asked).toBe('')
      expect(stderr.text, asked).toMatch(/^["A-Za-z][^:\n]*: [^\n]*\b(must|need)\b[^\n]*\n$/)
      continue
    }
    const out = JSON.parse(stdout.text, (key, value: unknown) => {
      expect(value !== null || UNKNOWN.includes(key), `${asked}\n${key} is null`).toBe(true)
      return value
    }) as { values?: number[]; restOfWorld: number }
    if (verb === 'map')
      expect(
        out.values!.reduce((a, b) => a + b, out.restOfWorld),
        asked,
      ).toBeCloseTo(1, 6)
    expect(stderr.text, asked).not.toMatch(/NaN|undefined|\bat .*\.ts/)
  }
}, 120_000)
