import { expect, test, type Page, type Route } from '@playwright/test'
import * as crew from './support/crew.ts'
import { offerTasks } from './support/offers.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('two pilots take one task: one wins, the other is told; then HOLD, RESUME, RETURN and LAND each take effect', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 4 })
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const first = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const second = await crew.signIn(browser, skerry, 'pilot2', crew.TABLET)
    const [drone = ''] = await offerTasks(skerry, coordinator, ['main-1'])
    for (const page of [first, second]) {
      await crew.turnTo(page, drone)
      await expect(page.getByTestId('offer')).toBeVisible()
      await expect(page.getByTestId('fly')).toHaveAttribute('data-rang', /./)
    }
    await acceptTogether(first, second)
    await expect
      .poll(async () => (await coordinator.all('drone')).find((one) => one.id === drone)?.lease?.name)
      .toBeTruthy()
    const winner = (await coordinator.all('drone')).find((one) => one.id === drone)!.lease!.name
    const [pilot, other] = winner.includes('Wang') ? [first, second] : [second, first]
    await expect(other.getByTestId('offer-taken')).toContainText(winner)
    await expect(other.getByTestId('fly-orders')).toHaveAttribute('data-locked', /./)

    await crew.start(pilot)
    await expect(pilot.getByTestId('figure-mode')).toContainText(crew.ON_ITS_PLAN, { timeout: 90_000 })
    for (const order of ['hold', 'resume', 'return', 'land']) {
      await crew.hold(pilot.getByTestId(`fly-order-${order}`))
      const journey = pilot.getByTestId(`fly-journey-${order}`).getByTestId('order-journey')
      await expect(journey).toHaveAttribute('data-state', 'effective', { timeout: 60_000 })
    }
    const ledger = (await coordinator.all('command')).filter((command) => command.droneId === drone)
    expect(ledger.map((command) => command.order).sort()).toEqual(['arm-and-start', 'hold', 'land', 'resume', 'return'])
    for (const command of ledger) {
      expect(command).toMatchObject({ state: 'effective', by: winner })
      expect(command.sentAtMs!).toBeLessThanOrEqual(command.ackedAtMs!)
      expect(command.ackedAtMs!).toBeLessThanOrEqual(command.effectiveAtMs!)
    }
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

test('the pilot looks at a place on the map, zooms and takes a photo; each is done when gimbal and camera say so', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 4 })
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const [drone = ''] = await offerTasks(skerry, coordinator, ['main-1'])
    await crew.acceptAndStart(pilot, drone)
    await expect(pilot.getByTestId('figure-mode')).toContainText(crew.ON_ITS_PLAN, { timeout: 90_000 })
    await crew.hold(pilot.getByTestId('fly-order-hold'))
    const held = pilot.getByTestId('fly-journey-hold').getByTestId('order-journey')
    await expect(held).toHaveAttribute('data-state', 'effective', { timeout: 60_000 })

    const journey = pilot.getByTestId('camera-journey').getByTestId('order-journey')
    const row = async (order: string) =>
      (await coordinator.all('command')).find((command) => command.droneId === drone && command.order === order)
    await pilot.getByTestId('camera-pick').click()
    await expect(pilot.getByTestId('camera-picking')).toBeVisible()
    const map = (await pilot.getByTestId('map').boundingBox())!
    await pilot.mouse.click(map.x + map.width * 0.6, map.y + map.height * 0.55)
    await expect(pilot.getByTestId('camera-picking')).toBeHidden()
    await expect(journey).toHaveAttribute('data-state', 'effective', { timeout: 30_000 })
    expect(await row('look-at')).toMatchObject({ state: 'effective', camera: { do: 'look-at' } })

    await pilot.getByTestId('camera-zoom-in').click()
    await expect(pilot.getByTestId('camera-zoom')).toContainText('25')
    await expect.poll(async () => (await row('zoom'))?.state, { timeout: 30_000 }).toBe('effective')
    await pilot.getByTestId('camera-photo').click()
    await expect.poll(async () => (await row('photo'))?.state, { timeout: 30_000 }).toBe('effective')
    await expect(pilot.getByTestId('camera-thermal')).toContainText('°C')
    await pilot.getByTestId('camera-palette').selectOption('2')
    await expect.poll(async () => (await row('palette'))?.state, { timeout: 30_000 }).toBe('effective')
    await expect(pilot.getByTestId('camera-palette')).toHaveValue('2')
    await pilot.getByTestId('camera-card').scrollIntoViewIfNeeded()
    await pilot.screenshot({ path: 'test-results/camera-card.png' })
    // The hold is still what the aircraft does, whatever the camera did meanwhile.
    await expect(held).toHaveAttribute('data-at', 'doing')
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

/** Both press accept, and neither press reaches the server before the other was made. */
async function acceptTogether(...pilots: Page[]): Promise<void> {
  const held: Route[] = []
  for (const page of pilots)
    await page.route('**/api/commands', async (route) => {
      if (!(route.request().postData() ?? '').includes('"task.accept"')) return route.continue()
      held.push(route)
      if (held.length === pilots.length) await Promise.all(held.map((each) => each.continue()))
    })
  for (const page of pilots) await page.getByTestId('accept').click()
}
