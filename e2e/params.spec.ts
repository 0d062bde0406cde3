import { expect, type Locator, type Page, test } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { offerTasks } from './support/offers.ts'
import { type Seat, takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

/** The parameter by which each autopilot comes home when nobody is heard, the value that does, and part of its name. */
const HOME = {
  ardupilot: { name: 'FS_GCS_ENABLE', good: '1', find: 'gcs_en', float: 'FS_GCS_TIMEOUT' },
  px4: { name: 'NAV_DLL_ACT', good: '2', find: 'dll_act', float: 'COM_DISARM_PRFLT' },
} as const

test('the pilot reads and sets parameters of both autopilots, and takes mission, rally points and fence out again', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 4, autopilot: 'both' })
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const kinds = ['ardupilot', 'px4'] as const
    const oneOf = async (kind: string) =>
      (await coordinator.all('drone')).find(({ autopilot }) => autopilot === kind)?.id ?? ''
    for (const kind of kinds) await expect.poll(() => oneOf(kind), { timeout: 120_000 }).not.toBe('')
    const ids = { ardupilot: await oneOf('ardupilot'), px4: await oneOf('px4') }
    await offerTasks(skerry, coordinator, Object.values(ids))
    for (const kind of kinds) {
      await crew.turnTo(pilot, ids[kind])
      await readAndSet(pilot, coordinator, ids[kind], HOME[kind])
      await clearAll(pilot, coordinator, ids[kind])
    }

    // In the air nothing is changed, and the screen says why; reading goes on.
    await pilot.getByTestId('upload-retry').click()
    await crew.start(pilot)
    await expect(pilot.getByTestId('figure-mode')).toContainText(crew.ON_ITS_PLAN, { timeout: 90_000 })
    await expect(pilot.getByTestId('aboard-clear-mission')).toBeDisabled()
    await expect(pilot.getByTestId('aboard-shut')).toBeVisible()
    await expect(pilot.getByTestId('params-shut')).toBeVisible()
    const row = pilot.getByTestId(`param-${HOME.px4.name}`)
    await expect(row.getByTestId('param-change-open')).toBeDisabled()
    await row.getByTestId('param-read').click()
    await expect(row.getByTestId('upkeep-end')).toHaveAttribute('data-mark', 'done', { timeout: 30_000 })
    await look(pilot, 'params-in-the-air')
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

test('what the aircraft does not answer is not shown as done: a reading is taken back, a write ends without a word of it', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8 })
  const mocks = await skerry.pid('mocks')
  try {
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    await crew.turnTo(pilot, 'main-1')
    await pilot.getByTestId('lease-take').click()
    await opened(pilot.getByTestId('params-card'), pilot.getByTestId('params-open'))
    await expect(pilot.getByTestId('params-read')).toBeEnabled({ timeout: 60_000 })

    // From here on the aircraft is silent, as a radio that has just gone out of reach.
    process.kill(mocks, 'SIGSTOP')
    await pilot.getByTestId('params-read').click()
    await expect(pilot.getByTestId('params-words')).toContainText('正在读取')
    await pilot.getByTestId('params-stop').click()
    const words = pilot.getByTestId('params-words')
    await expect(words.getByTestId('upkeep-end')).toHaveAttribute('data-mark', 'refused', { timeout: 15_000 })
    await expect(words).toContainText('已取消')
    await expect(pilot.getByTestId('params-unread')).toBeVisible()

    process.kill(mocks, 'SIGCONT')
    await expect(pilot.getByTestId('params-read')).toBeEnabled({ timeout: 30_000 })
    // A list that does not come from the server is not an empty one.
    const list = '**/api/drones/main-1/params'
    await pilot.route(list, (request) => request.abort())
    await pilot.getByTestId('params-read').click()
    await expect(pilot.getByTestId('params-lost')).toBeVisible({ timeout: 60_000 })
    await pilot.unroute(list)
    await pilot.getByTestId('params-again').click()
    await expect(pilot.getByTestId('params-count')).toBeVisible({ timeout: 60_000 })
    const row = pilot.getByTestId('param-RTL_ALT')
    await row.getByTestId('param-change-open').click()
    await row.getByTestId('param-value').fill('6000')
    await row.getByTestId('param-next').click()
    process.kill(mocks, 'SIGSTOP')
    await row.getByTestId('param-write').click()
    await expect(row.getByTestId('param-working')).toBeVisible()
    await expect(row.getByTestId('upkeep-end')).toHaveAttribute('data-mark', 'refused', { timeout: 60_000 })
    await expect(row.getByTestId('upkeep-end')).toContainText('没有应答')
    await expect(row.getByTestId('param-held')).toHaveText('4000')
    await expect(row.getByTestId('param-change-open')).toBeDisabled()
    await row.scrollIntoViewIfNeeded()
    await pilot.screenshot({ path: 'test-results/param-no-answer.png' })
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    process.kill(mocks, 'SIGCONT')
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

const upkeepOf = async (seat: Seat, id: string) => (await seat.all('drone')).find((drone) => drone.id === id)?.upkeep

async function opened(card: Locator, summary: Locator): Promise<void> {
  if ((await card.getAttribute('open')) === null) await summary.click()
  await expect(card).toHaveAttribute('open', '')
}

async function readAndSet(
  pilot: Page,
  seat: Seat,
  id: string,
  { name, good, find, float }: (typeof HOME)[keyof typeof HOME],
): Promise<void> {
  const card = pilot.getByTestId('params-card')
  await opened(card, pilot.getByTestId('params-open'))
  await expect(pilot.getByTestId('params-unread')).toBeVisible()
  // Without flight authority nothing is asked of it.
  await expect(pilot.getByTestId('params-read')).toBeDisabled()
  await pilot.getByTestId('accept').click()
  await expect(pilot.getByTestId('start-card')).toBeVisible({ timeout: 90_000 })

  await pilot.getByTestId('params-read').click()
  await expect(pilot.getByTestId('params-count')).toBeVisible({ timeout: 60_000 })
  expect((await upkeepOf(seat, id))?.params?.outcome).toMatchObject({ kind: 'listed' })
  const first = pilot.getByTestId('params-failsafe').locator('li').first()
  await expect(first).toHaveAttribute('data-testid', `param-${name}`)
  await expect(first).toHaveAttribute('data-verdict', 'good')
  await look(pilot, `params-${name}`)
  await pilot.getByTestId('params-failsafe').screenshot({ path: `test-results/params-failsafe-${name}.png` })

  // Found by a part of the name, and set: old and new are shown, and it is asked once more.
  await pilot.getByTestId('params-find').fill(find)
  const row = pilot.getByTestId(`param-${name}`)
  await expect(pilot.getByTestId('params-others')).toHaveCount(0)
  await expect(row.getByTestId('param-held')).toHaveText(good)
  await row.getByTestId('param-change-open').click()
  await row.getByTestId('param-value').fill('1.5')
  await expect(row.getByTestId('param-fault')).toBeVisible()
  await expect(row.getByTestId('param-next')).toBeDisabled()
  await row.getByTestId('param-value').fill('0')
  await row.getByTestId('param-next').click()
  await expect(row.getByTestId('param-change')).toHaveText(`${name}：${good} → 0`)
  await expect(row.getByTestId('param-turns-bad')).toBeVisible()
  await row.scrollIntoViewIfNeeded()
  expect(await accessibilityFaults(pilot)).toEqual([])
  await pilot.screenshot({ path: `test-results/param-sure-${name}.png` })
  await row.getByTestId('param-write').click()
  await expect(row.getByTestId('upkeep-end')).toHaveAttribute('data-mark', 'done', { timeout: 30_000 })
  await expect(row.getByTestId('param-held')).toHaveText('0')
  await expect(row).toHaveAttribute('data-verdict', 'bad')
  const ask = { do: 'set-param', name, value: 0, was: Number(good) }
  expect((await upkeepOf(seat, id))?.params).toMatchObject({ ask, outcome: { kind: 'holds', value: 0 } })
  await pilot.screenshot({ path: `test-results/param-written-${name}.png` })

  // By the keyboard alone, back to what it was: the button that changes nothing has the focus first.
  await row.getByTestId('param-change-open').focus()
  await pilot.keyboard.press('Enter')
  await expect(row.getByTestId('param-value')).toBeFocused()
  await pilot.keyboard.type(good)
  await pilot.keyboard.press('Enter')
  await expect(row.getByTestId('param-back')).toBeFocused()
  await pilot.keyboard.press('Shift+Tab')
  await pilot.keyboard.press('Enter')
  await expect(row.getByTestId('param-held')).toHaveText(good, { timeout: 30_000 })
  await expect(row).toHaveAttribute('data-verdict', 'good')

  await pilot.getByTestId('params-find').fill(float)
  const other = pilot.getByTestId(`param-${float}`)
  await other.getByTestId('param-change-open').click()
  await other.getByTestId('param-value').fill('7.1')
  await other.getByTestId('param-next').click()
  await other.getByTestId('param-write').click()
  await expect(other.getByTestId('param-held')).toHaveText('7.1', { timeout: 30_000 })
  await pilot.getByTestId('params-find').fill('')
}

async function clearAll(pilot: Page, seat: Seat, id: string): Promise<void> {
  const card = pilot.getByTestId('aboard-card')
  await opened(card, pilot.getByTestId('aboard-open'))
  const [mission, fence] = [pilot.getByTestId('aboard-mission'), pilot.getByTestId('aboard-fence')]
  await expect(mission).toHaveAttribute('data-at', 'verified')
  await pilot.getByTestId('fence-send').click()
  await expect(fence).toHaveAttribute('data-at', 'verified', { timeout: 60_000 })

  const clear = async (part: string) => {
    await pilot.getByTestId(`aboard-clear-${part}`).click()
    await expect(pilot.getByTestId('aboard-back')).toBeFocused()
    await pilot.getByTestId('aboard-yes').click()
  }
  await clear('rally')
  await expect(pilot.getByTestId('aboard-fence-end')).toContainText('集结点已清除', { timeout: 60_000 })
  await expect(fence).toHaveAttribute('data-at', 'differs')
  await clear('fence')
  await expect(fence).toHaveAttribute('data-at', 'none', { timeout: 60_000 })

  await pilot.getByTestId('aboard-clear-mission').click()
  await pilot.getByTestId('aboard-sure').scrollIntoViewIfNeeded()
  expect(await accessibilityFaults(pilot)).toEqual([])
  await pilot.screenshot({ path: `test-results/aboard-sure-${id}.png` })
  await pilot.getByTestId('aboard-yes').click()
  await expect(mission).toHaveAttribute('data-at', 'none', { timeout: 60_000 })
  await expect(pilot.getByTestId('aboard-mission-end')).toContainText('没有任务')
  expect((await upkeepOf(seat, id))?.mission?.outcome).toEqual({ kind: 'empty' })
  // The task that stood ready has to be uploaded again.
  await expect(pilot.getByTestId('upload')).toHaveAttribute('data-phase', 'failed')
  await expect(pilot.getByTestId('figure-plan')).toHaveText('飞机内无计划')
  await look(pilot, `aboard-${id}`)
}
