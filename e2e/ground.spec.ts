import { expect, test } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { LngLat } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

/** A path, a stream across it and a wood, about where the demo's person goes missing on Taohua island. */
function layersAbout([lng, lat]: LngLat): string {
  const at = (east: number, north: number): LngLat => [lng + east / 96_500, lat + north / 111_000]
  const feature = (properties: object, geometry: object) => ({ type: 'Feature', properties, geometry })
  return JSON.stringify({
    type: 'FeatureCollection',
    title: '试验小路',
    attribution: '© 试验',
    features: [
      feature({ highway: 'footway' }, { type: 'LineString', coordinates: [at(-1500, 350), at(1500, 350)] }),
      feature({ waterway: 'stream' }, { type: 'LineString', coordinates: [at(400, -1500), at(400, 1500)] }),
      feature(
        { landuse: 'forest' },
        {
          type: 'Polygon',
          coordinates: [[at(-1500, -1500), at(0, -1500), at(0, 300), at(-1500, 300), at(-1500, -1500)]],
        },
      ),
      feature(
        { landuse: 'meadow' },
        { type: 'Polygon', coordinates: [[at(0, -1500), at(1500, -1500), at(1500, 300), at(0, 300), at(0, -1500)]] },
      ),
      feature({ highway: 'proposed' }, { type: 'LineString', coordinates: [at(0, 0), at(9, 9)] }),
    ],
  })
}
/** Where the demo city's person was seen last (world 8). */
const PLANNING_POINT: LngLat = [122.39214, 29.88796]

test('paths and cover draw the map, and the screen says why it is bright somewhere', async ({ browser }) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'skerry-layers-'))
  const file = path.join(folder, 'layers.geojson')
  await writeFile(file, layersAbout(PLANNING_POINT))
  const skerry = await startSkerry({ seed: 8, speed: 16, env: { SKERRY_LAYERS: file } })
  try {
    const dispatcher = await crew.signIn(browser, skerry, 'dispatcher')
    const coordinator = await crew.signIn(browser, skerry, 'coordinator')
    const auditor = await takeSeat(skerry, 'coordinator')
    expect((await auditor.all('groundLayers'))[0]).toMatchObject({
      layers: { title: '试验小路', lines: { trail: 1, stream: 1 }, covers: { woodland: 1, field: 1 }, ignored: 1 },
      elevation: null,
    })
    const number = await crew.reportMissingPerson(dispatcher)
    await coordinator.getByTestId('nav-search').click()
    await coordinator.getByTestId(`search-open-${number}`).click()
    await expect(coordinator.getByTestId('setup-ground')).toHaveValue('unknown')
    await coordinator.getByTestId('setup-open').click()
    await expect(coordinator.getByTestId('ground-trail')).toContainText(/×[56]\.\d/)
    await expect(coordinator.getByTestId('ground-woodland')).toBeVisible()
    await expect(coordinator.getByTestId('no-elevation')).toBeVisible()
    // The same areas say what hides a person from a camera, and the screen says that they do.
    await expect(coordinator.getByTestId('cover-facts')).toHaveAttribute('data-by', 'cell')
    await expect(coordinator.getByTestId('cover-broadleaf')).toBeVisible()
    await expect(coordinator.getByTestId('cover-untold')).toBeVisible()
    await coordinator.getByTestId('cut-tasks').click()
    await expect(coordinator.getByTestId('sweep-assumed').first()).toHaveAttribute('data-cover', 'cell')
    await look(coordinator, 'cover')

    const search = (await auditor.all('search'))[0]!
    const [lng, lat] = search.setup.planningPoint
    const why = coordinator.getByTestId('why')
    await coordinator.getByTestId('why-open').focus()
    await coordinator.keyboard.press('Enter')
    const ask = async (east: number, north: number): Promise<number> => {
      await why
        .getByTestId('position')
        .fill(`${(lat + north / 111_000).toFixed(6)} ${(lng + east / 96_500).toFixed(6)}`)
      // The answer about the place before is taken away at once; what is shown next is about this one.
      await expect(why.getByTestId('why-here')).toBeVisible()
      return Number(await coordinator.getByTestId('why-here').getAttribute('data-poa'))
    }
    const byThePath = await ask(150, 350)
    await expect(coordinator.getByTestId('why-ground').first()).toHaveAttribute('data-reason', 'trail')
    await look(coordinator, 'why')
    const off = await ask(150, -350)
    expect(byThePath).toBeGreaterThan(2 * off)
    expect(crew.strayRequests).toEqual([])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
    await rm(folder, { recursive: true, force: true })
  }
})
