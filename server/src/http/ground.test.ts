import { SearchGround, type Search, type Task, TaskGround } from '@skerry/contract'
import type { Bounds, Terrain } from '@skerry/terrain'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { groundRoutes } from './ground-routes.ts'

const search = { grid: { origin: [122.39, 29.89], rows: 50, cols: 100, cellM: 40 } } as unknown as Search

const task = {
  path: [
    [122.39, 29.89],
    [122.4, 29.89],
  ],
} as unknown as Task

function serve(terrain: Partial<Terrain> | null, flightAmslM: number | null = 130) {
  const asked: Bounds[] = []
  const model = terrain as Terrain | null
  const [ofSearch, ofTask] = groundRoutes({
    terrain:
      model === null
        ? null
        : {
            ...model,
            attribution: 'Own survey',
            sigmaM: 3,
            highest: (area) => {
              asked.push(area)
              return model.highest(area)
            },
          },
    search: (id) => (id === 's1' ? search : undefined),
    task: (id) => (id === 't1' ? task : undefined),
    flightAmslM: () => flightAmslM,
  })
  const app = new Hono()
  for (const route of [ofSearch, ofTask])
    app.get(route!.path, (c) =>
      route!.handle({
        params: { id: c.req.param('id') },
        query: undefined,
        body: undefined,
        caller: undefined,
        c,
      } as never),
    )
  return {
    asked,
    ground: async () => SearchGround.parse(await (await app.request('/api/searches/s1/ground')).json()),
    below: async () => TaskGround.parse(await (await app.request('/api/tasks/t1/ground')).json()),
  }
}

describe('the ground of a search', () => {
  it('is the highest of its square, rounded up, with the share that there is data for', async () => {
    const { ground, asked } = serve({ highest: () => Promise.resolve({ heightM: 186.2, coveredShare: 0.9 }) })
    expect(await ground()).toEqual({
      configured: true,
      highestAmslM: 187,
      coveredShare: 0.9,
      sigmaM: 3,
      attribution: 'Own survey',
    })
    const [west, south, east, north] = asked[0]!
    expect([west, south]).toEqual([122.39, 29.89])
    // 4 km east and 2 km north.
    expect((east - west) * 96_500).toBeCloseTo(4000, -2)
    expect((north - south) * 110_900).toBeCloseTo(2000, -2)
  })
  it('is unknown without a model, without data, and where it would take too long; never 0', async () => {
    expect(await serve(null).ground()).toMatchObject({ configured: false, highestAmslM: null })
    const empty = serve({ highest: () => Promise.resolve({ heightM: null, coveredShare: 0 }) })
    expect(await empty.ground()).toMatchObject({ configured: true, highestAmslM: null, coveredShare: 0 })
    const endless = serve({ highest: () => Promise.reject(new RangeError('too large')) })
    expect(await endless.ground()).toMatchObject({ configured: true, highestAmslM: null })
  })
})

describe('the ground below a task', () => {
  const hill = (heightM: number | null) => ({ lookUp: () => Promise.resolve(heightM) })
  it('is told as true heights, the least rounded down and the greatest up', async () => {
    expect(await serve(hill(25.5)).below()).toMatchObject({
      configured: true,
      lowestM: 104,
      highestM: 105,
      coveredShare: 1,
      sigmaM: 3,
    })
  })
  it('is unknown without a model, without data and while the height of the flight is not known', async () => {
    const unknown = { lowestM: null, highestM: null, coveredShare: 0 }
    expect(await serve(null).below()).toMatchObject({ configured: false, ...unknown })
    expect(await serve(hill(null)).below()).toMatchObject({ configured: true, ...unknown })
    expect(await serve(hill(25), null).below()).toMatchObject({ configured: true, ...unknown })
  })
})
