import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { freeTcpPort, startSkerry } from './support/skerry.ts'

const PASSWORD = 'correct horse battery 22'
const china = (ms: number): string => `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** A warning of the weather office in two languages. */
function warning(
  identifier: string,
  more: { msgType?: string; references?: string; severity?: string; headline?: string } = {},
): string {
  const info = (language: string, event: string, headline: string, description: string): string =>
    `<info><language>${language}</language><category>Met</category><event>${event}</event><urgency>Expected</urgency>` +
    `<severity>${more.severity ?? 'Severe'}</severity><certainty>Likely</certainty><expires>${china(Date.now() + 6 * 3_600_000)}</expires>` +
    `<headline>${headline}</headline><description>${description}</description><area><areaDesc>普陀以东海域</areaDesc>` +
    `<polygon>29.8,122.3 29.8,122.7 30.1,122.7 30.1,122.3 29.8,122.3</polygon></area></info>`
  return (
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier><sender>met@zhoushan.example</sender>` +
    `<sent>${china(Date.now())}</sent><status>Actual</status><msgType>${more.msgType ?? 'Alert'}</msgType><scope>Public</scope>` +
    (more.references === undefined ? '' : `<references>${more.references}</references>`) +
    info('zh-CN', '海上大风', more.headline ?? '舟山海域大风橙色预警', '阵风 10 到 11 级，咨询电话 0580-2026110') +
    `${info('en-US', 'Gale at sea', 'Gale warning, sea off Putuo', 'Gusts of 10 to 11 Beaufort')}</alert>`
  )
}

async function signIn(page: Page, account: string): Promise<void> {
  await expect(page.getByTestId('sign-in')).toBeVisible()
  await page.getByTestId('account').fill(account)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('sign-in-go').click()
  await expect(page.getByTestId('seat')).toBeVisible()
}

test('a warning of others is shown in the language of the reader, changes and ends; one of ours goes out, and is taken back', async ({
  browser,
}) => {
  test.setTimeout(6 * 60_000)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'skerry-warnings-'))
  const port = await freeTcpPort()
  const met = {
    name: 'met',
    protocol: 'cap',
    kind: 'http-listen',
    at: `127.0.0.1:${port}`,
    sources: [{ source: 'met', keySha256: createHash('sha256').update('key').digest('hex') }],
    warnings: { senders: ['met@zhoushan.example'] },
  }
  const feedsFile = path.join(folder, 'feeds.json')
  writeFileSync(feedsFile, JSON.stringify({ feeds: [met] }))
  const skerry = await startSkerry({ live: true, feedsFile, env: { SKERRY_CAP_SENDER: 'duty@skerry.example' } })
  const context = await browser.newContext({ viewport: crew.DESK, acceptDownloads: true })
  const page = await context.newPage()
  page.on('pageerror', (error) => crew.pageErrors.push(error.message))
  const push = (xml: string) =>
    fetch(`http://127.0.0.1:${port}/met`, { method: 'POST', headers: { authorization: 'Bearer key' }, body: xml })
  try {
    await page.goto(skerry.enrolUrl!)
    await page.getByTestId('account').fill('chief')
    await page.getByTestId('display-name').fill('管理员')
    await page.getByTestId('password').fill(PASSWORD)
    await page.getByTestId('enrol-go').click()
    await signIn(page, 'chief')
    await page.getByTestId('staff-name').fill('desk')
    await page.getByTestId('staff-display-name').fill('调度台')
    await page.getByTestId('staff-role').selectOption('dispatcher')
    await page.getByTestId('staff-password').fill(PASSWORD)
    await page.getByTestId('staff-make').click()
    await expect(page.locator('[data-testid="staff-account"][data-id="desk"]')).toBeVisible()
    await page.getByTestId('sign-out').click()
    await signIn(page, 'desk')
    await page.getByTestId('nav-dispatch').click()

    const first = warning('W-1')
    expect(await (await push(first)).json()).toMatchObject({ results: [{ outcome: 'new' }] })
    await page.getByTestId('queue-row').first().click()
    const alert = page.getByTestId('public-alert')
    await expect(alert).toContainText('舟山海域大风橙色预警')
    await expect(alert).toContainText('[***]')
    await expect(alert).not.toContainText('2026110')
    await page.getByTestId('alert-language').selectOption('en-US')
    await expect(alert).toContainText('Gale warning, sea off Putuo')
    await expect(page.getByTestId('alert-expires')).toContainText('有效至')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.screenshot({ path: test.info().outputPath('warning-in.png') })

    const sent = /<sent>([^<]+)</.exec(first)![1]!
    await page.waitForTimeout(1100) // the standard has whole seconds: an update is later than what it updates
    await push(
      warning('W-2', {
        msgType: 'Update',
        references: `met@zhoushan.example,W-1,${sent}`,
        headline: '升级为红色预警',
        severity: 'Extreme',
      }),
    )
    await page.getByTestId('alert-language').selectOption('zh-CN')
    await expect(alert).toContainText('升级为红色预警')

    const ours = page.getByTestId('warn-panel')
    await ours.locator('summary').click()
    await page.getByTestId('warn-begin').click()
    await page.getByTestId('warn-status').selectOption('Exercise')
    await page.getByTestId('warn-headline-zh-CN').fill('渔船请就近避风')
    await page.getByTestId('warn-headline-en').fill('Boats, take shelter')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.screenshot({ path: test.info().outputPath('warning-out.png'), fullPage: true })
    await page.getByTestId('warn-send').click()
    await expect(page.getByTestId('warn-standing')).toBeVisible()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('warn-download').first().click()])
    const xml = readFileSync(await file.path(), 'utf8')
    expect(xml).toContain('<sender>duty@skerry.example</sender>')
    expect(xml).toContain('<headline>渔船请就近避风</headline>')
    expect(file.suggestedFilename()).toMatch(/\.cap\.xml$/)
    await page.getByTestId('warn-why').fill('风已过')
    await page.getByTestId('warn-take-back').click()
    await expect(page.getByTestId('warn-sent').locator('li')).toHaveCount(2)
    await expect(page.getByTestId('warn-standing')).toHaveCount(0)

    await page.waitForTimeout(1100)
    await push(warning('W-3', { msgType: 'Cancel', references: `met@zhoushan.example,W-1,${sent}` }))
    await expect(page.getByTestId('room-outcome')).toContainText('发布方撤销预警')
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await context.close()
    await skerry.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
})
