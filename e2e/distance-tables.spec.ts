import { expect, test } from '@playwright/test'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

const table = (flat: number[]) => ({
  attribution: '嵊泗县 2015–2025，214 次搜救',
  categories: [
    { id: 'dementia', label: '失智老人', distancesKm: { flat, mountain: [0.2, 0.5, 1, 3] } },
    { id: 'tide-gatherer', label: '赶海人', distancesKm: { flat: [0.1, 0.4, 0.8, 2] } },
  ],
})
const file = (name: string, content: unknown) => ({
  name: `${name}.json`,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(content)),
})

test("a search is opened with the agency's own distances, read from a file and corrected by keyboard", async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 8 })
  try {
    const dispatcher = await crew.signIn(browser, skerry, 'dispatcher')
    const coordinator = await crew.signIn(browser, skerry, 'coordinator')
    const auditor = await takeSeat(skerry, 'coordinator')
    await coordinator.getByTestId('nav-settings').click()
    await expect(coordinator.getByTestId('no-table')).toBeVisible()

    await coordinator.getByTestId('table-file').setInputFiles(file('嵊泗', table([4, 3, 2, 1])))
    await expect(coordinator.getByTestId('table-trouble')).toHaveAttribute(
      'data-field',
      'table.categories[0].distancesKm.flat',
    )
    await coordinator.getByTestId('table-file').setInputFiles(file('嵊泗', table([0.1, 0.3, 0.9, 2])))
    await expect(coordinator.getByTestId('table-name')).toHaveValue('嵊泗')
    await coordinator.getByTestId('table-flat-0').fill('0.1 0.3 0.9')
    await expect(coordinator.getByTestId('table-save')).toBeDisabled()
    await expect(coordinator.getByTestId('table-flat-0')).toHaveAttribute('aria-invalid', 'true')
    await look(coordinator, 'distance-table')
    await coordinator.getByTestId('table-flat-0').fill('0.1 0.3 0.9 2.5')
    await coordinator.getByTestId('table-flat-0').press('Enter')
    await expect(coordinator.getByTestId('distance-table-嵊泗')).toHaveAttribute('data-state', 'current')
    const [kept] = await auditor.all('distanceTable')
    expect(kept).toMatchObject({ name: '嵊泗', state: 'current' })
    expect(kept!.categories[0]!.distancesKm.flat).toEqual([0.1, 0.3, 0.9, 2.5])

    const number = await crew.reportMissingPerson(dispatcher)
    await coordinator.getByTestId('nav-search').click()
    await coordinator.getByTestId(`search-open-${number}`).click()
    await expect(coordinator.getByTestId('setup-table')).toHaveValue(kept!.id)
    await expect(coordinator.getByTestId('setup-attribution')).toContainText('214')
    await coordinator.getByTestId('setup-category').selectOption('tide-gatherer')
    await expect(coordinator.getByTestId('setup-distances')).toContainText('0.4')
    await look(coordinator, 'distance-table-setup')
    await coordinator.getByTestId('setup-open').click()
    await expect(coordinator.getByTestId('story-table')).toHaveText('嵊泗')
    expect((await auditor.all('search'))[0]!.setup).toMatchObject({ tableId: kept!.id, category: 'tide-gatherer' })
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
