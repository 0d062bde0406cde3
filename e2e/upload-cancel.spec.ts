import { expect, test } from '@playwright/test'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { offerTasks } from './support/offers.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('the pilot takes back an upload that does not come to its end, and uploads again when the aircraft answers', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8 })
  const mocks = await skerry.pid('mocks')
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const [drone = ''] = await offerTasks(skerry, coordinator, ['main-1'])
    await crew.turnTo(pilot, drone)
    await expect(pilot.getByTestId('accept')).toBeEnabled()
    // From here on the aircraft is silent, as a radio that has just gone out of reach.
    const accepted = pilot.getByTestId('accept').click()
    process.kill(mocks, 'SIGSTOP')
    await accepted
    const card = pilot.getByTestId('upload')
    await expect(card).toHaveAttribute('data-phase', /waiting|sending/)
    await pilot.getByTestId('upload-cancel').click()
    await expect(pilot.getByTestId('upload-cancel-sure')).toBeVisible()
    await pilot.screenshot({ path: 'test-results/upload-cancel.png' })
    await pilot.getByTestId('upload-cancel-no').click()
    await expect(pilot.getByTestId('upload-cancel-sure')).toHaveCount(0)
    await pilot.getByTestId('upload-cancel').focus()
    await pilot.keyboard.press('Enter')
    await pilot.getByTestId('upload-cancel-yes').focus()
    await pilot.keyboard.press('Enter')
    await expect(card).toHaveAttribute('data-phase', 'failed', { timeout: 15_000 })
    await expect(card).toContainText('上传已取消')
    expect((await coordinator.all('alarm')).filter(({ kind }) => kind === 'upload-failed')).toEqual([])
    await look(pilot, 'upload-cancelled')

    process.kill(mocks, 'SIGCONT')
    await expect(async () => {
      await pilot.getByTestId('upload-retry').click({ timeout: 2000 })
      await expect(pilot.getByTestId('start-card')).toBeVisible({ timeout: 8000 })
    }).toPass({ timeout: 60_000 })
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    process.kill(mocks, 'SIGCONT')
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
