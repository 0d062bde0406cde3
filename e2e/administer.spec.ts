import { expect, test } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import { startSkerry } from './support/skerry.ts'

const PASSWORD = 'correct horse battery 22'
const roster = { units: [{ id: 'P-1', callSign: 'P-1', agency: '普陀', kind: 'car', skills: [], onDuty: true }] }

test('an administrator of a new installation makes a pilot who signs in, and a feed that sends until it is removed', async ({
  browser,
}) => {
  const skerry = await startSkerry({ live: true })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const send = (token: string) =>
    fetch(`${skerry.url}/api/intake/roster`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(roster),
    })
  const signIn = async (account: string): Promise<void> => {
    await expect(page.getByTestId('sign-in')).toBeVisible()
    await page.getByTestId('account').fill(account)
    await page.getByTestId('password').fill(PASSWORD)
    await page.getByTestId('sign-in-go').click()
    await expect(page.getByTestId('seat')).toBeVisible()
  }
  try {
    await page.goto(skerry.enrolUrl!)
    await expect(page.getByTestId('enrol')).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByTestId('account').fill('chief')
    await page.getByTestId('display-name').fill('管理员')
    await page.getByTestId('password').fill(PASSWORD)
    await page.getByTestId('enrol-go').click()
    await signIn('chief')

    await page.getByTestId('staff-name').fill('flyer')
    await page.getByTestId('staff-display-name').fill('飞手甲')
    await page.getByTestId('staff-role').selectOption('pilot')
    await page.getByTestId('staff-password').fill(PASSWORD)
    await page.getByTestId('staff-make').click()
    await expect(page.locator('[data-testid="staff-account"][data-id="flyer"]')).toContainText('飞手')
    await expect(page.getByTestId('staff-password')).toHaveValue('')

    await page.getByTestId('feed-name').fill('gps')
    await expect(page.getByTestId('feed-make')).toBeDisabled()
    await page.getByTestId('feed-scope-roster').check()
    await page.getByTestId('feed-make').click()
    const token = (await page.getByTestId('feed-token').textContent())!
    expect((await send(token)).status).toBe(200)
    await page.screenshot({ path: test.info().outputPath('settings.png') })
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByTestId('feed-put-away').click()
    await page.reload()
    await expect(page.locator('[data-testid="feed-row"][data-id="gps"]')).toBeVisible()
    expect(await page.content()).not.toContain(token)

    await page.getByTestId('feed-remove').click()
    await page.getByTestId('feed-remove-name').fill('gp')
    await expect(page.getByTestId('feed-remove-go')).toBeDisabled()
    await page.getByTestId('feed-remove-name').fill('gps')
    await page.getByTestId('feed-remove-go').click()
    await expect(page.getByTestId('feed-row')).toHaveCount(0)
    expect((await send(token)).status).toBe(401)

    await page.getByTestId('sign-out').click()
    await signIn('flyer')
    await page.goto(`${skerry.url}/#/settings`)
    await expect(page.getByTestId('health-store')).toBeVisible()
    await expect(page.getByTestId('staff')).toHaveCount(0)
  } finally {
    await context.close()
    await skerry.dispose()
  }
})
