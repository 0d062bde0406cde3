import { expect, test, type Page } from '@playwright/test'
import { MadeFeed, type ConsignmentDraft } from '../contract/src/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { noMouse, tabTo, takeCall } from './support/keyboard.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

const CONTACT = '0580-2345678'

test('dangerous goods with the keyboard alone: declared, checked, under way, off its corridor, an accident with its load sheet and duty desk', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 0.2 })
  const lorry = await terminal(skerry)
  try {
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await noMouse(desk)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await desk.keyboard.press('o')
    await expect(desk.getByTestId('goods-list')).toBeVisible()
    await declare(desk)
    const card = desk.getByTestId('consignment')
    await expect(card).toHaveAttribute('data-state', 'declared')
    // Four eyes: whoever declared it does not check it.
    await expect(card.getByTestId('goods-check-by-other')).toBeVisible()
    await expect(card.getByTestId('goods-check')).toHaveCount(0)
    const seat = await takeSeat(skerry, 'coordinator')
    const consignmentId = (await card.getAttribute('data-id'))!
    await seat.give({ type: 'consignment.check', consignmentId })
    await expect(card).toHaveAttribute('data-state', 'checked')
    await expect(card.getByTestId('goods-position')).toContainText('未知')
    await card.getByTestId('goods-start').press('Enter')
    await expect(card).toHaveAttribute('data-state', 'under-way')

    lorry.at([122.25, 29.985])
    await expect(card.getByTestId('goods-position')).toContainText('29.98500 N')
    await look(desk, 'consignment-under-way')
    lorry.at([122.25, 29.9885])
    await expect(desk.getByTestId('goods-row')).toHaveAttribute('data-alarm', 'warning', { timeout: 60_000 })
    expect(await accessibilityFaults(desk)).toEqual([])

    await card.getByTestId('goods-accident').press('Enter')
    await expect(desk.getByTestId('accident-position')).toHaveValue(/29\.98850/)
    await type(desk, 'accident-place', '大桥北引桥')
    await type(desk, 'accident-text', '侧翻，油罐渗漏')
    await look(desk, 'consignment-accident')
    await desk.getByTestId('accident-text').press('Enter')

    const goods = desk.getByTestId('incident-room').getByTestId('incident-consignment')
    await expect(goods.getByTestId('load-line')).toContainText('UN1203')
    await expect(goods.getByTestId('erg-guide')).toHaveAttribute('data-guide', '128')
    await expect(goods).not.toContainText(CONTACT)
    await goods.getByTestId('duty-read').press('Enter')
    await expect(goods.getByTestId('duty-contact')).toHaveText(CONTACT)
    expect(await accessibilityFaults(desk)).toEqual([])
    await look(desk, 'consignment-incident')

    const incident = (await seat.all('incident')).find(({ consignmentId }) => consignmentId !== undefined)!
    const said = (await seat.timeline(incident.id)).map(({ event }) => event.type)
    expect(said).toContain('consignment.contact-read')
    await desk.keyboard.press('c')
    await desk.keyboard.type('已倒罐清理')
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('room-outcome')).toContainText('已倒罐清理')
    expect(await seat.all('consignment')).toMatchObject([{ state: 'ended', reason: '已倒罐清理' }])
    expect(crew.strayRequests).toEqual([])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    lorry.stop()
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

test('the accident of a call that came first: its report gets the load sheet, and there is no second one', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 0.2 })
  try {
    const seat = await takeSeat(skerry, 'coordinator')
    await seat.give({ type: 'consignment.declare', consignment: petrol(Date.now()) })
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await noMouse(desk)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await takeCall(desk, { at: '29.9885 122.25', place: '大桥北引桥', said: '油罐车侧翻，有人受伤' })
    const called = (await seat.all('incident')).find(({ text }) => text === '油罐车侧翻，有人受伤')!

    await desk.keyboard.press('o')
    await expect(desk.getByTestId('goods-row')).toBeVisible()
    await desk.keyboard.press('j')
    const card = desk.getByTestId('consignment')
    await expect(card).toHaveAttribute('data-state', 'declared')
    await desk.keyboard.press('Enter')
    await expect(card.getByRole('heading').first()).toBeFocused()
    await tabTo(desk, card.getByTestId('goods-accident'))
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('accident-position')).toBeFocused()
    // Nobody knows where it is: what is near is offered once somebody says where.
    await expect(desk.getByTestId('accident-incident')).toHaveCount(0)
    await desk.keyboard.type('29.9882 122.2503')
    const choice = desk.getByTestId('accident-incident')
    await tabTo(desk, choice)
    await expect(desk.getByTestId('accident-go')).toHaveText('打开警情')
    await desk.keyboard.press('ArrowDown') // the nearest is the first
    await expect(choice).toHaveValue(called.id)
    await expect(desk.getByTestId('accident-go')).toHaveText('并入这起警情')
    await look(desk, 'consignment-join')
    await tabTo(desk, desk.getByTestId('accident-go'))
    await desk.keyboard.press('Enter')

    const room = desk.getByTestId('incident-room')
    await expect(room).toHaveAttribute('data-id', called.id)
    await expect(room.getByTestId('incident-consignment').getByTestId('load-line')).toContainText('UN1203')
    expect(await accessibilityFaults(desk)).toEqual([])
    expect(await seat.all('consignment')).toMatchObject([{ state: 'accident', incidentId: called.id }])
    const withSheet = (await seat.all('incident')).filter(({ consignmentId }) => consignmentId !== undefined)
    expect(withSheet.map(({ id }) => id)).toEqual([called.id])
    const noted = (await seat.timeline(called.id)).map(({ event }) => event)
    expect(noted.flatMap((event) => (event.type === 'incident.noted' ? [event.text] : [])).join()).toContain('汽油')
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

/** Petrol on a lorry that nobody follows. */
const petrol = (nowMs: number): ConsignmentDraft => ({
  vehicle: { callSign: '危运-3', terminalId: null },
  loads: [
    {
      unNumber: '1203',
      substance: '汽油',
      hazardClass: '3',
      packingGroup: 'II',
      quantity: 12_000,
      unit: 'L',
      packing: '槽罐',
    },
  ],
  corridor: {
    line: [
      [122.2, 29.985],
      [122.32, 29.985],
    ],
    halfWidthM: 100,
  },
  speedLimitMps: null,
  longestStopS: null,
  window: { fromMs: nowMs, toMs: nowMs + 3_600_000 },
  dutyDesk: { desk: '承运公司值班台', contact: CONTACT },
})

async function type(page: Page, field: string, text: string): Promise<void> {
  await page.getByTestId(field).press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

/** From `n` to the card of the new consignment; the way is written, not clicked. */
async function declare(desk: Page): Promise<void> {
  await desk.keyboard.press('n')
  await expect(desk.getByTestId('goods-vehicle')).toBeFocused()
  await desk.keyboard.type('危运-3')
  await type(desk, 'goods-terminal', 'DG-3')
  await type(desk, 'load-un-1', '1203')
  await type(desk, 'load-substance-1', '汽油')
  await type(desk, 'load-quantity-1', '12000')
  await type(desk, 'load-packing-1', '槽罐')
  await desk.getByTestId('draw-typed').press('Enter')
  await type(desk, 'draw-corners', '122.20 29.985')
  await desk.keyboard.press('Enter')
  await desk.keyboard.type('122.32 29.985')
  await desk.keyboard.press('Tab')
  await type(desk, 'goods-limit', '60')
  await type(desk, 'goods-desk', '承运公司值班台')
  await type(desk, 'goods-contact', '13957201234')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('goods-fault')).toContainText('个人手机')
  await type(desk, 'goods-contact', CONTACT)
  await desk.keyboard.press('Enter')
}

/** A vehicle terminal that says every second where it is, once it has been somewhere. */
async function terminal(skerry: Skerry): Promise<{ at: (place: [number, number]) => void; stop: () => void }> {
  const admin = await takeSeat(skerry, 'admin')
  const { token } = MadeFeed.parse(await (await admin.post('/api/feeds', { id: 'lorries', scopes: ['fixes'] })).json())
  let place: [number, number] | null = null
  const send = (): void => {
    if (place === null) return
    const fix = { unitId: 'DG-3', atMs: Date.now(), position: place }
    void fetch(`${skerry.url}/api/intake/fixes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ fixes: [fix] }),
    }).catch(() => {})
  }
  const timer = setInterval(send, 1000)
  return { at: (to) => (place = to), stop: () => clearInterval(timer) }
}
