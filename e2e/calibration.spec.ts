import { expect, test } from '@playwright/test'
import * as crew from './support/crew.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('a sweep width is measured by an exercise, and withdrawn again', async ({ browser }) => {
  const skerry = await startSkerry({ seed: 8, speed: 4 })
  try {
    const coordinator = await crew.signIn(browser, skerry, 'coordinator')
    const seat = await takeSeat(skerry, 'coordinator')
    await expect.poll(async () => (await seat.all('drone')).length, { timeout: 60_000 }).toBeGreaterThan(0)
    await coordinator.getByTestId('nav-settings').click()
    await expect(coordinator.getByTestId('no-calibration')).toBeVisible()
    await coordinator.getByTestId('position').fill('29.99500 N 122.39000 E')
    await coordinator.getByTestId('calibration-make').click()
    await expect(coordinator.getByTestId('calibration-1')).toHaveAttribute('data-state', 'laid-out')
    await expect(coordinator.getByTestId('calibration-finish')).toBeDisabled()
    const [exercise] = await seat.all('calibration')
    for (const pass of [1, 2])
      for (const { number, lateralM } of exercise!.targets) {
        await coordinator.getByTestId(`${lateralM < 14 ? 'seen' : 'missed'}-${number}`).click()
        await expect(coordinator.getByTestId(`target-${number}`).locator('.noted')).toHaveCount(pass)
      }
    await coordinator.getByTestId('calibration-false-alarm').click()
    await expect(coordinator.getByTestId('calibration-false-alarms')).toContainText('1')
    await coordinator.getByTestId('calibration-finish').click()
    await expect(coordinator.getByTestId('calibration-result')).toContainText('24')
    await expect(coordinator.getByTestId('calibration-1')).toHaveAttribute('data-state', 'finished')
    const measured = (await seat.all('calibration'))[0]!.measured!
    expect(measured.sweepWidthM).toBeGreaterThan(24)
    expect(measured.sweepWidthM).toBeLessThan(32)
    expect(measured.detector!.recall!.best).toBeGreaterThan(0.3)
    expect(measured.detector!.falseAlarms).toMatchObject({ count: 1 })
    await expect(coordinator.getByTestId('calibration-detector')).toContainText('%')
    await coordinator.getByTestId('calibration-1').getByRole('textbox').fill('目标放错了')
    await coordinator.getByTestId('calibration-withdraw').click()
    await expect(coordinator.getByTestId('calibration-1')).toHaveAttribute('data-state', 'withdrawn')
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
