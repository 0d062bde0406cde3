import { expect, test } from '@playwright/test'
import type { LngLat } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { pixelOf } from './support/map.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

/** Open water, where nothing of the demo city goes. */
const PLACE: LngLat = [122.62, 29.73]

test('incidents on one spot carry names apart, and are fanned out by a click; one is chosen by keyboard', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 0.2 })
  try {
    const seat = await takeSeat(skerry, 'dispatcher')
    const report = async (place: string): Promise<string> => {
      const { created } = await seat.give({
        type: 'incident.report',
        category: 'other',
        priority: 'notice',
        position: PLACE,
        place,
        text: '',
        occurredAtMs: Date.now() - 1000,
        subject: null,
      })
      return created[0]!.id
    }
    const ids = [await report('东极甲'), await report('东极乙'), await report('东极丙')]
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await desk.goto(`${skerry.url}/#/dispatch/${ids[0]}`)
    await expect(desk.getByTestId('incident-room')).toContainText('东极甲', { timeout: 60_000 })
    const spider = desk.getByTestId('spider')
    await expect(async () => {
      const at = await pixelOf(desk, PLACE)
      if (at === null) throw new Error('not in view')
      await desk.mouse.click(at.x, at.y)
      await expect(spider.getByRole('menuitem')).toHaveCount(3, { timeout: 1500 })
    }).toPass({ timeout: 60_000, intervals: [500] })
    for (const id of ids) await expect(desk.getByTestId(`spider-incident-${id}`)).toBeVisible()
    const folder = process.env['SKERRY_LOOK']
    if (folder !== undefined) await desk.screenshot({ path: `${folder}/heap-spider.png` })
    // Nothing is drawn over anything else.
    const boxes = await Promise.all(
      ids.map(async (id) => (await desk.getByTestId(`spider-incident-${id}`).boundingBox())!),
    )
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
          true,
        )

    const third = desk.getByTestId(`spider-incident-${ids[2]}`)
    for (let i = 0; i < 3 && !(await third.evaluate((node) => node === document.activeElement)); i++)
      await desk.keyboard.press('ArrowDown')
    await expect(third).toBeFocused()
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('incident-room')).toContainText('东极丙')
    await expect(spider).toHaveCount(0)
    expect(crew.pageErrors).toEqual([])
    expect(crew.strayRequests).toEqual([])
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
