import { expect, test, type Page } from '@playwright/test'
import * as crew from './support/crew.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

const SPEED = 16

test('the search science on the coordinator’s screen: scenarios, sightings, achieved POD, the next hour', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: SPEED })
  try {
    const dispatcher = await crew.signIn(browser, skerry, 'dispatcher')
    const coordinator = await crew.signIn(browser, skerry, 'coordinator')
    const auditor = await takeSeat(skerry, 'coordinator')
    const number = await crew.reportMissingPerson(dispatcher)
    await crew.openSearch(coordinator, number)
    await crew.enterHighestGround(coordinator, 40)

    const search = async () => (await auditor.all('search'))[0]!
    const point = (await search()).setup.planningPoint

    // Another story, a little east; its place is typed, as a keyboard does it.
    await coordinator.getByTestId('scenario-new').click()
    await coordinator.getByTestId('scenario-name').fill('往东走，去了老屋')
    await coordinator
      .getByTestId('scenario-form')
      .getByTestId('position')
      .fill(`${point[1]} ${point[0] + 0.006}`)
    await coordinator.getByTestId('scenario-add').click()
    await expect(coordinator.getByTestId('change')).toHaveAttribute('data-number', '1')
    expect((await search()).scenarioFigures).toHaveLength(2)

    // A sighting speaks for it.
    const shareOf = async () => (await search()).scenarioFigures[1]!.share
    const before = await shareOf()
    await coordinator.getByTestId('sighting-new').click()
    await coordinator
      .getByTestId('sighting-form')
      .getByTestId('position')
      .fill(`${point[1]} ${point[0] + 0.007}`)
    await coordinator.getByTestId('sighting-note').fill('采茶人看见有人坐在路边')
    await coordinator.getByTestId('sighting-add').click()
    await expect(coordinator.getByTestId('change')).toHaveAttribute('data-number', '2')
    expect(await shareOf()).toBeGreaterThan(before)

    await oneScenarioAtATime(coordinator, (await search()).scenarios[1]!.id)

    await coordinator.getByTestId(`scenario-edit-${(await search()).scenarios[1]!.id}`).click()
    await coordinator.getByTestId('weight').last().fill('2')
    await coordinator.getByTestId('weigh').last().click()
    await expect(coordinator.getByTestId('change')).toHaveAttribute('data-number', '3')
    await crew.cutTasks(coordinator)
    if (process.env['SKERRY_LOOK'] !== undefined) await look(coordinator, process.env['SKERRY_LOOK'])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

/** The map changes with the scenario that is chosen, and comes back to all together. */
async function oneScenarioAtATime(page: Page, scenarioId: string): Promise<void> {
  await page.getByTestId(`scenario-show-${scenarioId}`).check()
  await expect(page.getByTestId('legend')).toBeVisible()
  await page.getByTestId('scenario-show-all').check()
  await expect(page.getByTestId('legend')).toBeVisible()
}

/** Pictures for a person to look at, in both themes and languages. */
async function look(page: Page, folder: string): Promise<void> {
  await page.waitForTimeout(2500)
  await page.screenshot({ path: `${folder}/search-zh-night.png` })
}
