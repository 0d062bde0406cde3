import { expect, test } from '@playwright/test'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { offerTasks } from './support/offers.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('the pilot takes back a geofence that does not come to its end, and sends it again when the aircraft answers', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8 })
  const mocks = await skerry.pid('mocks')
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const [drone = ''] = await offerTasks(skerry, coordinator, ['main-1'])
    await crew.turnTo(pilot, drone)
    await pilot.getByTestId('accept').click()
    await expect(pilot.getByTestId('start-card')).toBeVisible({ timeout: 60_000 })
    const card = pilot.getByTestId('fence-card')
    await expect(pilot.getByTestId('fence-send')).toBeEnabled()
    await expect(pilot.getByTestId('fence-cancel')).toHaveCount(0)
    // From here on the aircraft is silent, as a radio that has just gone out of reach.
    const sent = pilot.getByTestId('fence-send').click()
    process.kill(mocks, 'SIGSTOP')
    await sent
    await expect(card).toHaveAttribute('data-at', /waiting|sending/)
    await pilot.getByTestId('fence-cancel').click()
    await expect(pilot.getByTestId('fence-cancel-sure')).toContainText('可能不完整')
    await card.scrollIntoViewIfNeeded()
    await look(pilot, 'fence-cancel-sure')
    await pilot.getByTestId('fence-cancel-no').click()
    await expect(pilot.getByTestId('fence-cancel-sure')).toHaveCount(0)
    // By the keyboard alone: what was asked is answered where the focus is, and the safe answer comes first.
    await expect(pilot.getByTestId('fence-cancel')).toBeFocused()
    await pilot.keyboard.press('Enter')
    await expect(pilot.getByTestId('fence-cancel-no')).toBeFocused()
    await pilot.keyboard.press('Shift+Tab')
    await pilot.keyboard.press('Enter')
    await expect(pilot.getByTestId('fence-broken')).toContainText('传送已取消', { timeout: 15_000 })
    await expect(pilot.getByTestId('fence-cancel')).toHaveCount(0)
    await expect(card).toHaveAttribute('data-at', 'unknown')
    await look(pilot, 'fence-cancelled')

    process.kill(mocks, 'SIGCONT')
    await expect(async () => {
      await pilot.getByTestId('fence-send').click({ timeout: 2000 })
      await expect(card).toHaveAttribute('data-at', 'verified', { timeout: 20_000 })
    }).toPass({ timeout: 90_000 })
    await expect(pilot.getByTestId('fence-broken')).toHaveCount(0)
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    process.kill(mocks, 'SIGCONT')
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
