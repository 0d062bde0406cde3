import { expect, type Browser, type Locator, type Page } from '@playwright/test'
import type { Skerry } from './skerry.ts'

/** Screens that people really use: a desk, a tablet beside the aircraft, a wall. */
export const DESK = { width: 1440, height: 900 }
export const TABLET = { width: 1024, height: 768 }
export const WALL = { width: 1920, height: 1080 }

/** The mode in which an aircraft flies its plan, by the names of ArduPilot and of PX4. */
export const ON_ITS_PLAN = /^(AUTO|MISSION)$/

/** Every request that left the machine, over all pages; must stay empty. */
export const strayRequests: string[] = []
/** Errors that a page threw, over all pages; must stay empty. */
export const pageErrors: string[] = []

/** Opens a browser session of its own and signs in by the link that `npm start` printed. */
export async function signIn(browser: Browser, skerry: Skerry, account: string, viewport = DESK): Promise<Page> {
  const context = await browser.newContext({ viewport, hasTouch: viewport === TABLET })
  const page = await context.newPage()
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') strayRequests.push(request.url())
  })
  page.on('pageerror', (error) => pageErrors.push(`${account}: ${error.message}`))
  await page.goto(skerry.signIn.get(account)!)
  // The link of a wall leads to the wall, which has no seat to show.
  await expect(page.getByTestId('seat').or(page.getByTestId('wall'))).toBeVisible({ timeout: 90_000 })
  expect(page.url()).not.toContain('key=') // the secret does not stay in the address
  return page
}

/** Presses a button until the page shows the press, and then for as long as it asks to be held. */
export async function hold(button: Locator): Promise<void> {
  await expect(button).toBeEnabled() // a press on a button that is locked is no press, also when it opens under it
  await button.scrollIntoViewIfNeeded()
  await button.hover()
  const page = button.page()
  await page.mouse.down()
  await expect(button).toHaveClass(/pressed/)
  await page.waitForTimeout(750)
  await page.mouse.up()
}

/** The dispatcher takes the call about a missing person and reports it. Resolves to the incident's number. */
export async function reportMissingPerson(page: Page): Promise<string> {
  const call = page.getByTestId('queue-row').filter({ hasText: '步道入口' }).first()
  await call.click({ timeout: 120_000 })
  await expect(page.getByTestId('room-text')).toContainText('走失')
  await page.getByTestId('missing-from-call').click()
  await page.getByTestId('form-category').selectOption('missing-person')
  await page.getByTestId('form-subject-category').selectOption('dementia')
  await page.getByTestId('form-description').fill('深蓝色外套、灰色长裤、毛线帽，行走缓慢')
  await page.getByTestId('form-report').click()
  await expect(page.getByTestId('subject')).toBeVisible()
  const heading = await page.getByTestId('incident-room').getByRole('heading').first().textContent()
  return /#(\d+)/.exec(heading ?? '')![1]!
}

/** The coordinator opens the search of an incident on its last known place. */
export async function openSearch(page: Page, number: string): Promise<void> {
  await page.getByTestId('nav-search').click()
  await page.getByTestId(`search-open-${number}`).click()
  await expect(page.getByTestId('setup-distances')).toBeVisible()
  await page.getByTestId('setup-open').click()
  await expect(page.getByTestId('search-story')).toBeVisible()
}

export async function enterHighestGround(page: Page, metres: number): Promise<void> {
  await page.getByTestId('ground').fill(String(metres))
  await page.getByTestId('ground-save').click()
  await expect(page.getByTestId('ground-set')).toBeVisible()
}

/** Cuts tasks; again after a while when the drones still have their batteries changed. */
export async function cutTasks(page: Page): Promise<void> {
  await expect(async () => {
    // A press that waited for the button while the first cut was planned would cut a second time, over the first.
    if ((await taskCards(page, 'drafted').count()) === 0) await page.getByTestId('cut-tasks').click({ timeout: 20_000 })
    await expect(taskCards(page, 'drafted').first()).toBeVisible({ timeout: 20_000 })
  }).toPass({ timeout: 240_000, intervals: [4_000] })
}

export const taskCards = (page: Page, state: string): Locator =>
  page.locator(`article[data-testid^="task-"][data-state="${state}"]`)

/** Offers every drafted task; enters an approval reference where the law asks for one. Resolves to their drones. */
export async function offerAll(page: Page): Promise<string[]> {
  const drones: string[] = []
  for (;;) {
    const card = taskCards(page, 'drafted').first()
    if ((await card.count()) === 0) return drones
    const id = await card.getAttribute('data-id')
    const drone = (await card.getAttribute('data-drone'))!
    const same = page.locator(`article[data-id="${id}"]`)
    if ((await card.getByTestId('notice').count()) > 0) {
      await expect(card.getByTestId('offer')).toBeDisabled()
      await card.getByTestId('approval').fill('ZS-UAV-2026-1122')
      await card.getByTestId('approve').click()
      await expect(same.getByTestId('approved')).toBeVisible()
    }
    await same.getByTestId('offer').click()
    // A cut that was asked for twice on a slow machine replaces the card: then the new one is offered.
    const stateNow = async () => ((await same.count()) === 0 ? 'replaced' : same.getAttribute('data-state'))
    await expect.poll(stateNow).not.toBe('drafted')
    if ((await stateNow()) !== 'replaced') drones.push(drone)
  }
}

/** The pilot turns to a drone, accepts what is offered for it, ticks the checklist and starts. */
export async function acceptAndStart(page: Page, drone: string): Promise<void> {
  await turnTo(page, drone)
  await page.getByTestId('accept').click()
  await start(page)
}

/** Ticks the checklist of the uploaded and verified task on the screen, and starts it. */
export async function start(page: Page): Promise<void> {
  await expect(page.getByTestId('start-card')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('plan-id')).not.toBeEmpty()
  for (const check of ['areaClear', 'aircraftChecked', 'heightUnderstood'])
    await page.getByTestId(`check-${check}`).check()
  await passTheWait(page)
  await hold(page.getByTestId('start'))
  await expect(page.getByTestId('flight')).toBeVisible({ timeout: 90_000 })
}

/** Where another drone should be clear first, the pilot says why this one does not wait: the demo outruns the clock. */
async function passTheWait(page: Page): Promise<void> {
  const button = page.getByTestId('start')
  const wait = page.getByTestId('take-off-wait')
  await expect(async () => {
    if (await button.isEnabled()) return
    if (!(await page.getByTestId('despite-wait-reason').isVisible())) await wait.getByTestId('despite-wait').click()
    await page.getByTestId('despite-wait-reason').fill('演示加速，另一架已离开')
    await expect(button).toBeEnabled({ timeout: 5000 })
  }).toPass()
}

export async function turnTo(page: Page, drone: string): Promise<void> {
  const tab = page.getByTestId(`fly-drone-${drone}`)
  if ((await tab.count()) > 0) await tab.click()
  await expect(page.getByTestId('fly')).toHaveAttribute('data-drone', drone)
}

export const waitingCandidates = (page: Page): Locator =>
  page.locator('article[data-testid^="candidate-"][data-state="open"]')

/** Opens the card of a candidate. Resolves to the card, whatever state it takes later. */
export async function openCandidate(page: Page, waiting: Locator): Promise<Locator> {
  const id = await waiting.getAttribute('data-id')
  const card = page.locator(`article[data-id="${id}"]`)
  if ((await card.getByTestId('send-team').count()) === 0) await card.locator('button').first().click()
  await expect(card.getByTestId('send-team')).toBeVisible()
  return card
}

/** Sends the nearest free unit to every candidate that waits for a judgement, or that was looked at again and stands out. */
export async function sendTeams(page: Page): Promise<void> {
  while ((await waitingCandidates(page).count()) > 0) {
    const card = await openCandidate(page, waitingCandidates(page).first())
    await card.getByTestId('send-team').click()
    await expect(card).toHaveAttribute('data-state', /team-sent|nothing-there|confirmed/)
  }
}
