import { expect, test } from '@playwright/test'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { offerTasks } from './support/offers.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('the pilot puts a geofence and a rally point into the aircraft, has them checked, clears them, and flies inside them', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 4 })
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const [drone = ''] = await offerTasks(skerry, coordinator, ['main-1'])
    const fence = async () => (await coordinator.all('drone')).find(({ id }) => id === drone)?.fence
    await crew.turnTo(pilot, drone)
    await pilot.getByTestId('accept').click()
    await expect(pilot.getByTestId('start-card')).toBeVisible({ timeout: 60_000 })
    const card = pilot.getByTestId('fence-card')
    await expect(card).toHaveAttribute('data-at', 'not-sent')

    await pilot.getByTestId('fence-send').click()
    await expect(card).toHaveAttribute('data-at', 'verified', { timeout: 60_000 })
    const sent = (await fence())!
    expect(sent.last).toMatchObject({ ask: 'send', outcome: { kind: 'verified', id: sent.id, rally: true } })
    expect(sent.plan!.rally).toHaveLength(1)
    // This autopilot keeps a fence and does not act on it as it is set: that is said, too.
    await expect(pilot.getByTestId('fence-guard')).toContainText('FENCE_ENABLE')
    await card.scrollIntoViewIfNeeded()
    await pilot.screenshot({ path: 'test-results/fence-card.png' })
    await pilot.getByTestId('lang').click()
    await expect(pilot.getByTestId('fence-words')).toContainText('agree')
    await pilot.getByTestId('theme').click()
    await pilot.screenshot({ path: 'test-results/fence-card-en.png' })
    for (const choice of ['theme', 'lang']) await pilot.getByTestId(choice).click()

    // By the keyboard alone: checked, taken out, checked again.
    await pilot.getByTestId('fence-check').focus()
    await pilot.keyboard.press('Enter')
    await expect.poll(async () => (await fence())?.last?.ask, { timeout: 60_000 }).toBe('check')
    await expect(card).toHaveAttribute('data-at', 'verified')
    await pilot.getByTestId('fence-clear').focus()
    await pilot.keyboard.press('Enter')
    await expect(card).toHaveAttribute('data-at', 'none', { timeout: 60_000 })
    expect(await fence()).toMatchObject({ plan: null, id: null, last: { ask: 'clear', outcome: { kind: 'none' } } })

    await pilot.getByTestId('fence-send').click()
    await expect(card).toHaveAttribute('data-at', 'verified', { timeout: 60_000 })
    // A zone is closed where the fence reaches: what is aboard is an old one, and says so until the zone is gone.
    const centre = (await fence())!.plan!.inside[0]!
    await coordinator.give({
      type: 'zone.declare',
      zone: {
        name: '烟花',
        shape: { kind: 'circle', centre, radiusM: 30 },
        rules: [{ kind: 'intrusion', priority: 'warning', movers: ['drone'], only: [], allowed: [] }],
        evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
      },
    })
    await expect(pilot.getByTestId('fence-outdated')).toBeVisible({ timeout: 15_000 })
    await card.scrollIntoViewIfNeeded()
    await look(pilot, 'fence-outdated')
    const [zone] = (await coordinator.all('zone')).filter(({ name }) => name === '烟花')
    await coordinator.give({ type: 'zone.remove', zoneId: zone!.id, reason: '结束' })
    await expect(pilot.getByTestId('fence-outdated')).toHaveCount(0)
    await crew.start(pilot)
    await expect(pilot.getByTestId('figure-mode')).toContainText(crew.ON_ITS_PLAN, { timeout: 90_000 })
    await expect(pilot.getByTestId('fence-send')).toHaveCount(0)
    await expect(pilot.getByTestId('fence-clear')).toBeDisabled()
    await expect(card).toHaveAttribute('data-at', 'verified')
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
