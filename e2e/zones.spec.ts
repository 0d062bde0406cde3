import { expect, test } from '@playwright/test'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('a zone is drawn by clicks, another read from a file; one is changed and one removed', async ({ browser }) => {
  const skerry = await startSkerry({ seed: 5 })
  try {
    const seat = await takeSeat(skerry, 'dispatcher')
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await desk.getByTestId('layer-switches').locator('summary').click()
    await desk.getByTestId('open-zones').click()
    await desk.getByTestId('zone-new').click()
    await desk.getByTestId('zone-name').fill('锚地')
    const map = desk.getByTestId('map')
    await expect(map).toHaveAttribute('data-zoom', /./, { timeout: 60_000 })
    const box = (await map.boundingBox())!
    for (const [x, y] of [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.6],
    ] as const)
      await map.click({ position: { x: box.width * x, y: box.height * y } })
    await look(desk, 'zone-drawn')
    await desk.getByTestId('rule-on-dwell').check()
    await desk.getByTestId('rule-dwell-forMin').fill('20')
    await desk.getByTestId('zone-save').click()
    await expect(desk.getByTestId('zone-row')).toContainText(['锚地'])
    const [drawn] = await seat.all('zone')
    expect(drawn).toMatchObject({
      name: '锚地',
      revision: 1,
      rules: [{ kind: 'dwell', forS: 1200, priority: 'warning' }],
    })
    expect(drawn!.shape.kind === 'polygon' && drawn!.shape.rings[0]).toHaveLength(4)

    const geojson = {
      type: 'Feature',
      properties: { name: '航道', halfWidthM: 300 },
      geometry: {
        type: 'LineString',
        coordinates: [
          [122.1, 29.95],
          [122.3, 29.9],
        ],
      },
    }
    const file = {
      name: 'zones.geojson',
      mimeType: 'application/geo+json',
      buffer: Buffer.from(JSON.stringify(geojson)),
    }
    const bomb = '<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>'
    const kml = { name: 'bomb.kml', mimeType: 'application/vnd.google-earth.kml+xml', buffer: Buffer.from(bomb) }
    await desk.getByTestId('zone-file').setInputFiles(kml)
    await expect(desk.getByTestId('zone-file-fault')).toContainText('DOCTYPE')
    await desk.getByTestId('zone-file').setInputFiles(file)
    await expect(desk.getByTestId('zone-name')).toHaveValue('航道')
    await desk.getByTestId('rule-on-corridor').check()
    await desk.getByTestId('zone-save').click()
    await expect(desk.getByTestId('zone-row')).toHaveCount(2)

    await desk.getByTestId('zone-row').filter({ hasText: '锚地' }).click()
    await expect(desk.getByTestId('rule-dwell-forMin')).toHaveValue('20')
    await desk.getByTestId('zone-name').fill('西锚地')
    await desk.getByTestId('zone-save').click()
    await expect(desk.getByTestId('zone-row').filter({ hasText: '西锚地' })).toBeVisible()

    await desk.getByTestId('zone-row').filter({ hasText: '航道' }).click()
    await look(desk, 'zone-changed')
    await desk.getByTestId('zone-remove').click()
    await expect(desk.getByTestId('zone-why')).toBeFocused()
    await desk.keyboard.type('改线')
    await desk.keyboard.press('Enter') // removes; it does not save what is to go
    await expect(desk.getByTestId('zone-row')).toHaveCount(1)
    expect((await seat.all('zone')).map(({ name, revision }) => [name, revision])).toEqual([['西锚地', 2]])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
