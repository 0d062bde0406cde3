import { expect, test } from '@playwright/test'
import type { LngLat, Search } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'
import { nearestWater } from './support/water.ts'

const HOUR_MS = 3_600_000

/** Wind and current of the coming day around a place as forecast services give them, four kilometres from node to node. */
function forecast([lng, lat]: LngLat, fromMs: number): string {
  const axis = (middle: number) => Array.from({ length: 9 }, (_, i) => middle + (i - 4) * 0.04)
  const [x, y] = [axis(lng), axis(lat)]
  const hours = Array.from({ length: 31 }, (_, i) => i)
  const parameters = {
    u10: ['eastward_wind', () => 3],
    v10: ['northward_wind', () => -4],
    uo: ['eastward_sea_water_velocity', (hour: number) => 0.4 * Math.cos((2 * Math.PI * hour) / 12.42)],
    vo: ['northward_sea_water_velocity', (hour: number) => 0.2 * Math.cos((2 * Math.PI * hour) / 12.42)],
  } as const
  return JSON.stringify({
    type: 'Coverage',
    domain: {
      type: 'Domain',
      domainType: 'Grid',
      axes: {
        x: { values: x },
        y: { values: y },
        t: { values: hours.map((hour) => new Date(fromMs + hour * HOUR_MS).toISOString()) },
      },
      referencing: [
        {
          coordinates: ['x', 'y'],
          system: { type: 'GeographicCRS', id: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
        },
      ],
    },
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, [name]]) => [
        key,
        {
          type: 'Parameter',
          unit: { symbol: 'm s-1' },
          observedProperty: { id: `http://vocab.nerc.ac.uk/standard_name/${name}/`, label: { en: name } },
        },
      ]),
    ),
    ranges: Object.fromEntries(
      Object.entries(parameters).map(([key, [, of]]) => [
        key,
        {
          type: 'NdArray',
          dataType: 'float',
          axisNames: ['t', 'y', 'x'],
          shape: [hours.length, y.length, x.length],
          values: hours.flatMap((hour) => y.flatMap(() => x.map(() => of(hour)))),
        },
      ]),
    ),
  })
}

const file = (name: string, text: string) => ({
  name,
  mimeType: 'application/prs.coverage+json',
  buffer: Buffer.from(text),
})

test('somebody in the water drifts in the wind and current of a forecast file', async ({ browser }) => {
  const skerry = await startSkerry({ seed: 8 })
  try {
    const dispatcher = await crew.signIn(browser, skerry, 'dispatcher')
    const page = await crew.signIn(browser, skerry, 'coordinator')
    const auditor = await takeSeat(skerry, 'coordinator')
    await crew.openSearch(page, await crew.reportMissingPerson(dispatcher))
    const theSearch = async (): Promise<Search> => (await auditor.all('search'))[0]!
    const water = await nearestWater((await theSearch()).setup.planningPoint)
    const [lng, lat] = water
    const fromMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 6 * HOUR_MS

    await page.getByTestId('scenario-new').click()
    await page.getByTestId('scenario-name').fill('从礁石落水')
    await page.getByTestId('scenario-kind').selectOption('drift')
    await page.getByTestId('drift-ago').fill('60')
    const form = page.getByTestId('scenario-form')
    await form.getByTestId('position').fill(`${lat.toFixed(6)} ${lng.toFixed(6)}`)
    const open = page.getByTestId('forecast-file')

    // A file that says nothing of wind or water, and one that ends before the entry, are told apart and take nothing.
    await open.setInputFiles(file('islands.geojson', '{"type":"FeatureCollection","features":[]}'))
    await expect(page.getByTestId('forecast-fault')).toContainText('CoverageJSON')
    await open.setInputFiles(file('old.covjson', forecast(water, fromMs - 48 * HOUR_MS)))
    await expect(page.getByTestId('forecast-fault')).toHaveCount(0)
    await expect(page.getByTestId('forecast-wind')).toContainText('预报时段不含落水时刻')
    await look(page, 'forecast-old')

    await open.setInputFiles(file('coast.covjson', forecast(water, fromMs)))
    await expect(page.getByTestId('forecast-wind')).toContainText('coast.covjson')
    await expect(page.getByTestId('forecast-current')).toContainText('coast.covjson')
    await expect(page.getByTestId('drift-wind')).toHaveCount(0)
    await expect(page.getByTestId('drift-current')).toHaveValue('field')
    await look(page, 'forecast-form')
    await page.getByTestId('scenario-add').click()
    await expect(page.getByTestId('change')).toHaveAttribute('data-number', '1')

    const drift = (await theSearch()).scenarios[1]!
    expect(drift.story).toMatchObject({
      kind: 'drift',
      wind: { field: { source: 'coast.covjson' } },
      current: { kind: 'field', field: { source: 'coast.covjson' } },
    })
    const facts = page.getByTestId(`scenario-${drift.id}`).getByTestId('drift-facts')
    await expect(facts).toContainText('coast.covjson')
    await expect(facts).toContainText('漂出预报范围的算作图外')
    await page.getByTestId(`scenario-show-${drift.id}`).check()
    await look(page, 'forecast')

    // Without the wind's file the wind is asked for again.
    await page.getByTestId('scenario-new').click()
    await page.getByTestId('scenario-kind').selectOption('drift')
    await page.getByTestId('drift-ago').fill('60')
    await page
      .getByTestId('scenario-form')
      .getByTestId('position')
      .fill(`${lat.toFixed(6)} ${lng.toFixed(6)}`)
    await page.getByTestId('forecast-file').setInputFiles(file('coast.covjson', forecast(water, fromMs)))
    await page.getByTestId('forecast-remove-wind').press('Enter')
    await expect(page.getByTestId('forecast-wind')).toHaveCount(0)
    await expect(page.getByTestId('drift-wind')).toBeVisible()
    await expect(page.getByTestId('forecast-current')).toBeVisible()
    expect(crew.strayRequests).toEqual([])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
