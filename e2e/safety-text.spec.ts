import { createSocket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { LngLat } from '../contract/src/index.ts'
import { positionReport, safetyText } from '../server/src/intake/ais/test-messages.ts'
import { sumOf } from '../server/src/intake/nmea/sentence.ts'
import * as crew from './support/crew.ts'
import { killPart, partIsBack } from './support/parts.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

const SHIP = 412_999_001
/** At sea, where no ship of the demo city comes. */
const AT: LngLat = [122.62, 29.72]
const WORDS = 'LOST STEERING DRIFTING NW. SHIPS NEAR KEEP CLEAR. NEED TUG BEFORE DARK. TWO HURT ON BOARD'

test('what a ship writes by AIS waits for an answer, stands at the ship, and outlives the server', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 1 })
  try {
    const desk = await crew.signIn(browser, skerry, 'dispatcher', crew.DESK)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    const second = new Date().getUTCSeconds()
    await broadcast(skerry, positionReport({ mmsi: SHIP, lngLat: AT, speedKn: 1, courseDeg: 300, second }))
    for (let i = 0; i < 3; i++) await broadcast(skerry, safetyText({ mmsi: SHIP, text: WORDS }))

    await desk.keyboard.press('Shift+A')
    const entries = desk.locator('[data-testid="alarm"][data-kind="safety-text"]')
    await expect(entries).toHaveCount(1, { timeout: 30_000 })
    await entries.click()
    await expect(entries).toContainText(`MMSI ${SHIP} 致 各船：“${WORDS}”`)
    await expect(entries).toContainText('用 VHF 呼叫该船')
    await expect(entries).toContainText(/\d\d:\d\d:\d\d 收到/)
    await expect(entries).not.toContainText('已恢复') // it was said: nothing is over
    // Whole on the screen: the last words are what counts.
    expect(await entries.locator('.head .grow').evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
    await desk.keyboard.press('a')
    await expect(entries).toHaveCount(0)

    await test.step('the ship says it itself, and the server dies', async () => {
      await desk.keyboard.press('Escape')
      await broadcast(skerry, safetyText({ mmsi: SHIP, text: 'AT ANCHOR NOW' }))
      await desk.keyboard.press('Shift+A')
      await expect(entries).toHaveCount(1, { timeout: 30_000 })
      await entries.click()
      await desk.keyboard.press('m')
      await desk.keyboard.press('Escape')
      await atTheShip(desk)
      const pid = await skerry.pid('server')
      await killPart(skerry, 'server')
      await partIsBack(skerry, 'server', pid)
      await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    })
    await desk.getByTestId('inspector-close').click()
    await atTheShip(desk)
    await expect(desk.getByTestId('inspector-ages')).toContainText(/定位（终端时钟）\s*\d+ (秒|分)/)
    await broadcast(skerry, safetyText({ mmsi: SHIP, text: WORDS })) // a repeat, over the restart
    await broadcast(skerry, safetyText({ mmsi: SHIP, text: 'ENGINE RUNS AGAIN' }))
    await desk.keyboard.press('Shift+A')
    await expect(desk.getByTestId('alarm-list')).toContainText('ENGINE RUNS AGAIN', { timeout: 30_000 })
    await expect(desk.getByTestId('alarm-list')).not.toContainText('LOST STEERING')

    await desk.getByTestId('lang').click()
    await expect(desk.getByTestId('alarm-list')).toContainText(`MMSI ${SHIP} to all ships: “ENGINE RUNS AGAIN”`)
    expect(crew.strayRequests).toEqual([])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

/** Sends to the receiver of the demo city. */
async function broadcast(skerry: Skerry, payload: string): Promise<void> {
  const { feeds } = JSON.parse(await readFile(path.join(skerry.dataDir, 'demo-feeds.json'), 'utf8')) as {
    feeds: { at: string }[]
  }
  const [host, port] = feeds[0]!.at.split(':')
  const text = `AIVDM,1,1,,A,${payload},0`
  const sum = sumOf(text).toString(16).padStart(2, '0').toUpperCase()
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.send(`!${text}*${sum}\r\n`, Number(port), host, () => resolve()))
  socket.close()
}

/** The map stands at the ship: a click in its middle opens what is known of it. */
async function atTheShip(desk: Page): Promise<void> {
  const box = (await desk.getByTestId('map').boundingBox())!
  await expect(async () => {
    await desk.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await expect(desk.getByTestId('inspector-title')).toContainText(String(SHIP), { timeout: 3000 })
  }).toPass({ timeout: 60_000 })
  await expect(desk.getByTestId('inspector')).toContainText(`致 各船：“${WORDS}”`)
  await expect(desk.getByTestId('inspector')).toContainText('致 各船：“AT ANCHOR NOW”')
}
