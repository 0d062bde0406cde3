import { expect, test, type Browser, type Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'
import * as crew from './support/crew.ts'
import { killPart } from './support/parts.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

const HALL = { width: 3840, height: 2160 }
test.setTimeout(10 * 60_000)

test('a wall is made by its link, shows the whole without hands, says at full size when it is blind, and can do nothing', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, surge: 'wugongzhi' })
  try {
    const link = await test.step('the administrator makes a wall', () => makeWall(browser, skerry))
    const wall = await test.step('the link opens it', () => openWall(browser, link))
    await test.step('pictures', () => pictures(wall, skerry))
    await test.step('the figures at the desk', () => theFigures(browser, skerry))
    await test.step('hands off', () => handsOff(wall, skerry))
    await test.step('the tour', () => theTour(wall))
    await test.step('blind, and back', () => blindAndBack(wall, skerry))
    expect(crew.pageErrors).toEqual([])
    expect(crew.strayRequests).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

async function makeWall(browser: Browser, skerry: Skerry): Promise<string> {
  const admin = await crew.signIn(browser, skerry, 'admin')
  await admin.getByTestId('nav-settings').click()
  await admin.getByTestId('kiosk-name').fill('hall')
  await admin.getByTestId('kiosk-make').click()
  const link = (await admin.getByTestId('kiosk-link').textContent())!
  await admin.getByTestId('kiosk-put-away').click()
  await expect(admin.locator('[data-testid="kiosk-row"][data-id="hall"]')).toBeVisible()
  await admin.context().close()
  return link
}

async function openWall(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ viewport: crew.WALL })
  const wall = await context.newPage()
  wall.on('pageerror', (error) => crew.pageErrors.push(`wall: ${error.message}`))
  await wall.goto(link)
  await expect(wall.getByTestId('wall')).toBeVisible({ timeout: 90_000 })
  expect(wall.url()).not.toContain('key=') // the secret does not stay in the address
  await expect(wall.getByTestId('feed-state')).toHaveAttribute('data-state', 'live')
  await expect(wall.getByTestId('wall-checkpoints')).toContainText('码头')
  await expect(wall.getByTestId('wall-kpis')).toContainText('签收')
  return wall
}

/** It comes by itself to a gate with a crowd, says so, and goes home. */
async function theTour(wall: Page): Promise<void> {
  const tour = wall.getByTestId('wall-tour')
  await expect(tour).toHaveAttribute('data-stop', 'checkpoint wugongzhi', { timeout: 5 * 60_000 })
  await expect(tour).toContainText('蜈蚣峙')
  await expect(tour).toHaveAttribute('data-stop', 'home', { timeout: 4 * 60_000 })
}

/** Whatever is pressed or asked for, a wall stays a wall and changes nothing. */
async function handsOff(wall: Page, skerry: Skerry): Promise<void> {
  for (const place of ['dispatch', 'settings', 'search', 'fly']) {
    await wall.goto(`${skerry.url}/#/${place}`)
    await expect(wall).toHaveURL(/#\/wall/)
    await expect(wall.getByTestId('wall')).toBeVisible()
  }
  const tried = await wall.evaluate(async () => {
    const body = JSON.stringify({ id: crypto.randomUUID(), type: 'unit.report' })
    const headers = { 'content-type': 'application/json' }
    const asked = [
      await fetch('/api/commands', { method: 'POST', headers, body }),
      await fetch('/api/picture'),
      await fetch('/api/accounts'),
      await fetch('/api/session', { method: 'DELETE' }),
    ]
    return asked.map(({ status }) => status)
  })
  expect(tried).toEqual([403, 403, 403, 403])
  // Nothing scrolls: what does not fit is counted, not cut.
  const spills = await wall.evaluate(() => {
    const column = document.querySelector('.column')!
    return column.scrollHeight - column.clientHeight
  })
  expect(spills).toBeLessThanOrEqual(1)
}

async function pictures(wall: Page, skerry: Skerry): Promise<void> {
  const folder = process.env['SKERRY_LOOK']
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  for (const [theme, lang] of [
    ['night', 'zh'],
    ['day', 'en'],
  ] as const)
    for (const [size, at] of [
      [crew.WALL, 'distance=4&pitch=1'],
      [HALL, 'distance=6&pitch=0.9'],
    ] as const) {
      await wall.setViewportSize(size)
      await wall.goto(`${skerry.url}/#/wall?theme=${theme}&lang=${lang}&${at}`)
      await wall.waitForTimeout(4000)
      await wall.screenshot({ path: `${folder}/wall-${theme}-${lang}-${size.width}.png` })
    }
  await wall.setViewportSize(crew.WALL)
  await wall.goto(`${skerry.url}/#/wall?theme=night&lang=zh`)
}

async function theFigures(browser: Browser, skerry: Skerry): Promise<void> {
  const desk = await crew.signIn(browser, skerry, 'dispatcher')
  await desk.getByTestId('nav-review').click()
  await expect(desk.getByTestId('kpi-steps')).toBeVisible()
  await expect(desk.getByTestId('kpi-steps').locator('[data-step]')).toHaveCount(6)
  await expect(desk.getByTestId('kpi-recovery')).toContainText('n ')
  const folder = process.env['SKERRY_LOOK']
  if (folder !== undefined) await desk.screenshot({ path: `${folder}/kpis-desk.png` })
  if (folder !== undefined) {
    await desk.setViewportSize(crew.TABLET)
    await desk.getByTestId('lang').click()
    await desk.getByTestId('theme').click()
    await desk.waitForTimeout(800)
    await desk.screenshot({ path: `${folder}/kpis-tablet.png` })
  }
  await desk.context().close()
}

async function blindAndBack(wall: Page, skerry: Skerry): Promise<void> {
  await killPart(skerry, 'server')
  const band = wall.getByTestId('feed-lost')
  await expect(band).toBeVisible({ timeout: 30_000 })
  const { height } = (await band.boundingBox())!
  expect(height).toBeGreaterThan(crew.WALL.height / 3 - 1)
  const folder = process.env['SKERRY_LOOK']
  if (folder !== undefined) await wall.screenshot({ path: `${folder}/wall-blind.png` })
  // The server is started again by its keeper; nobody touches the wall.
  await expect(wall.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 120_000 })
  await expect(band).toBeHidden()
}
