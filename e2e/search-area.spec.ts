import { expect, test, type Page } from '@playwright/test'
import type { LngLat, Task } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('an area is drawn by clicks and by typing, searched on tracks inside it, and flown like any task', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 16 })
  try {
    const dispatcher = await crew.signIn(browser, skerry, 'dispatcher')
    const coordinator = await crew.signIn(browser, skerry, 'coordinator')
    const auditor = await takeSeat(skerry, 'coordinator')
    const number = await crew.reportMissingPerson(dispatcher)
    await dispatcher.close()
    await crew.openSearch(coordinator, number)
    await crew.enterHighestGround(coordinator, 40)
    await expect(coordinator.getByTestId('cut-drone-main-2')).toBeVisible({ timeout: 60_000 })

    await drawByClicks(coordinator)
    await look(coordinator, 'area-drawing')
    await coordinator.getByTestId('pattern-drone-main-2').check()
    await coordinator.getByTestId('pattern-lay').click()
    await expect.poll(() => laid(auditor, 'parallel-track-inside')).toHaveLength(2)
    const tracks = await laid(auditor, 'parallel-track-inside')
    expect(new Set(tracks.map(({ droneId }) => droneId))).toEqual(new Set(['main-1', 'main-2']))
    expect(tracks.every(({ lanes }) => lanes.length > 1)).toBe(true)
    await look(coordinator, 'area-laid')

    const { setup } = (await auditor.all('search'))[0]!
    await creepByTyping(coordinator, auditor, setup.planningPoint)

    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const [first] = tracks.toSorted((a, b) => a.number - b.number)
    const card = coordinator.locator(`article[data-id="${first!.id}"]`)
    if ((await card.getByTestId('notice').count()) > 0) {
      await card.getByTestId('approval').fill('ZS-UAV-2026-1122')
      await card.getByTestId('approve').click()
    }
    await card.getByTestId('offer').click()
    await crew.acceptAndStart(pilot, first!.droneId)
    await expect(card.getByTestId('achieved')).toBeVisible({ timeout: 120_000 })
    expect((await auditor.all('task')).find(({ id }) => id === first!.id)!.upload).toMatchObject({ verified: true })
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

const laid = async (auditor: Seat, name: string): Promise<Task[]> =>
  (await auditor.all('task')).filter(({ pattern }) => pattern?.name === name)

/** Corners by clicks on the map; one too many is taken back. */
async function drawByClicks(page: Page): Promise<void> {
  await page.getByTestId('pattern-new').click()
  await page.getByTestId('pattern-name').selectOption('parallel-track-inside')
  await expect(page.getByTestId('pattern-lay')).toBeDisabled()
  const map = page.getByTestId('map')
  const box = (await map.boundingBox())!
  for (const [x, y] of [
    [0.4, 0.35],
    [0.62, 0.35],
    [0.62, 0.6],
    [0.51, 0.47],
    [0.4, 0.6],
    [0.75, 0.75],
  ] as const)
    await map.click({ position: { x: box.width * x, y: box.height * y } })
  await expect(page.getByTestId('pattern-from').locator('option')).toHaveCount(7)
  await page.getByTestId('draw-undo').click()
  await expect(page.getByTestId('pattern-from').locator('option')).toHaveCount(6)
}

/** The same with the keyboard alone: first an area whose edges cross, which is refused in words, then a good one. */
async function creepByTyping(page: Page, auditor: Seat, [lng, lat]: LngLat): Promise<void> {
  const type = async (corners: readonly (readonly [number, number])[]): Promise<void> => {
    const field = page.getByTestId('draw-corners')
    if (!(await field.isVisible())) {
      await page.getByTestId('draw-typed').focus()
      await page.keyboard.press('Enter')
    }
    await field.fill(corners.map(([e, n]) => `${(lng + e).toFixed(6)} ${(lat + n).toFixed(6)}`).join('\n'))
    await field.press('Tab')
  }
  await page.getByTestId('pattern-name').selectOption('creeping-line-inside')
  await type([
    [0, 0],
    [0.004, 0.004],
    [0.004, 0],
    [0, 0.004],
  ])
  await page.getByTestId('pattern-lay').press('Enter')
  await expect(page.getByText('边线不能相交').first()).toBeVisible()
  expect(await laid(auditor, 'creeping-line-inside')).toEqual([])
  await type([
    [0, 0],
    [0.006, 0],
    [0.006, 0.002],
    [0, 0.002],
  ])
  await page.getByTestId('pattern-from').selectOption('2')
  await page.getByTestId('pattern-lay').press('Enter')
  await expect.poll(() => laid(auditor, 'creeping-line-inside')).toHaveLength(2)
  const [task] = (await laid(auditor, 'creeping-line-inside')).toSorted((a, b) => a.number - b.number)
  // It begins at the second corner, in the east, and advances to the west.
  expect(task!.lanes[0]![0]![0]).toBeGreaterThan(lng + 0.005)
  expect(task!.lanes.at(-1)![0]![0]).toBeLessThan(task!.lanes[0]![0]![0])
}
