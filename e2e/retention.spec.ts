import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test, type Page } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import { noMouse } from './support/keyboard.ts'
import { look } from './support/look.ts'
import { startSkerry } from './support/skerry.ts'

const PASSWORD = 'correct horse battery 22'
const DAY = 24 * 3_600_000

/** A missing-person case of an installation that has run for long: closed so many days ago, and out of the live picture. */
function putClosedCase(dataDir: string, number: number, closedDaysAgo: number): void {
  const closedAtMs = Date.now() - closedDaysAgo * DAY
  const occurredAtMs = closedAtMs - 5 * 3_600_000
  const position = [122.3878, 29.9876]
  const incident = {
    id: `case-${number}`,
    number,
    category: 'missing-person',
    class: 'missing-person',
    priority: 'critical',
    state: 'closed',
    position,
    place: '普陀山后山步道',
    text: '老人上山未归',
    occurredAtMs,
    receivedAtMs: occurredAtMs,
    closedAtMs,
    outcome: '在庙后找到，平安',
    subject: {
      category: 'dementia',
      lastKnownAtMs: occurredAtMs,
      lastKnownPosition: position,
      description: '深蓝色外套，毛线帽',
    },
    unitIds: [],
    searchId: null,
    source: '值班',
    times: { closed: closedAtMs },
  }
  const db = new DatabaseSync(path.join(dataDir, 'skerry.db'))
  db.prepare(
    `INSERT INTO past_incidents (id, number, source, occurred_at_ms, received_at_ms, words, incident, lng, lat, closed_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    incident.id,
    number,
    incident.source,
    occurredAtMs,
    occurredAtMs,
    `#${number} ${incident.place} ${incident.text} ${incident.outcome}`,
    JSON.stringify(incident),
    position[0]!,
    position[1]!,
    closedAtMs,
  )
  db.close()
}

test('an old case is purged by the policy and says so, and another is held by one person and let go by two, with the keyboard alone', async ({
  browser,
}) => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'skerry-e2e-'))
  const policy = path.join(dataDir, 'retention.json')
  await writeFile(policy, '{ "personDays": 30, "messagesDays": 60, "tracksDays": 60, "actsDays": 365 }')
  const options = { live: true, dataDir, env: { SKERRY_RETENTION: policy } }
  const signIn = async (page: Page, account: string): Promise<void> => {
    await expect(page.getByTestId('sign-in')).toBeVisible()
    await page.getByTestId('account').fill(account)
    await page.getByTestId('password').fill(PASSWORD)
    await page.getByTestId('sign-in-go').click()
    await expect(page.getByTestId('seat')).toBeVisible()
  }
  let skerry = await startSkerry(options)
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const chief = await context.newPage()
    await chief.goto(skerry.enrolUrl!)
    await chief.getByTestId('account').fill('chief')
    await chief.getByTestId('display-name').fill('管理员')
    await chief.getByTestId('password').fill(PASSWORD)
    await chief.getByTestId('enrol-go').click()
    await signIn(chief, 'chief')
    await chief.getByTestId('staff-name').fill('lead')
    await chief.getByTestId('staff-display-name').fill('协调员陈')
    await chief.getByTestId('staff-role').selectOption('coordinator')
    await chief.getByTestId('staff-password').fill(PASSWORD)
    await chief.getByTestId('staff-make').click()
    await expect(chief.locator('[data-testid="staff-account"][data-id="lead"]')).toBeVisible()
    await context.close()

    await skerry.stop()
    putClosedCase(dataDir, 11, 40)
    putClosedCase(dataDir, 12, 10)
    skerry = await startSkerry(options)
    const own = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const admin = await own.newPage()
    await admin.goto(`${skerry.url}/#/settings`)
    await signIn(admin, 'chief')
    await admin.goto(`${skerry.url}/#/settings`)
    await noMouse(admin)
    const retention = admin.getByTestId('retention')
    await expect(retention.locator('[data-testid="retention-rule"][data-rule="person"]')).toContainText('30 天')
    const due = (number: number) =>
      retention.locator(`[data-testid="retention-next"][data-number="${number}"][data-rule="person"]`)
    await expect(due(12)).toContainText('到期')
    const done = retention.locator('[data-rule="person"] [data-testid="retention-done"]')
    await expect(done).toHaveText('1', { timeout: 90_000 }) // half a minute after the start, by itself
    await expect(due(11)).toHaveCount(0)
    expect(await accessibilityFaults(admin)).toEqual([])
    await retention.screenshot({ path: test.info().outputPath('retention.png') })

    await admin.goto(`${skerry.url}/#/review/case-11`)
    await expect(admin.getByTestId('purged-mark')).toContainText('走失人员与接报内容')
    await expect(admin.locator('h1')).toContainText('▇▇▇')
    await expect(admin.getByTestId('health').or(admin.locator('.story'))).not.toContainText('后山')
    await look(admin, 'retention-purged-case')

    await admin.goto(`${skerry.url}/#/review/case-12`)
    await expect(admin.locator('h1')).toContainText('后山')
    await admin.getByTestId('case-hold-open').press('Enter')
    await expect(admin.getByTestId('case-why')).toBeFocused()
    await admin.keyboard.type('家属投诉，纪检调阅')
    await admin.keyboard.press('Enter')
    await expect(admin.getByTestId('case-held')).toBeVisible()
    expect(await accessibilityFaults(admin)).toEqual([])
    await admin.getByTestId('case-ask-lift').press('Enter')
    await admin.keyboard.type('调阅结束')
    await admin.keyboard.press('Enter')
    await expect(admin.getByTestId('case-lift')).toContainText('须另一人同意')
    await expect(admin.getByTestId('case-approve')).toHaveCount(0)
    await admin.goto(`${skerry.url}/#/settings`)
    await expect(due(12)).toContainText('保全中')
    await retention.screenshot({ path: test.info().outputPath('retention-held.png') })
    await admin.getByRole('button', { name: 'EN' }).press('Enter')
    await expect(due(12)).toContainText('held')
    await retention.screenshot({ path: test.info().outputPath('retention-held-en.png') })

    const other = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const lead = await other.newPage()
    await lead.goto(`${skerry.url}/#/settings`)
    await signIn(lead, 'lead')
    await noMouse(lead)
    await lead.getByTestId('lifts-waiting').press('Enter')
    const held = lead.locator('[data-testid="retention-hold"][data-number="12"]')
    await expect(held).toContainText('调阅结束')
    await held.getByTestId('case-approve').press('Enter')
    await expect(held).toHaveCount(0)
    await expect(due(12)).not.toContainText('保全中')
    await lead.goto(`${skerry.url}/#/review/case-12`)
    for (const said of ['保全此案', '申请解除保全', '同意解除保全'])
      await expect(lead.locator('.story')).toContainText(said)
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
