import { readFileSync } from 'node:fs'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { readFile } from '../exchange/src/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { noMouse, openNumber, tabTo, takeCall } from './support/keyboard.ts'
import { look } from './support/look.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

test('a room with the keyboard alone: adviser, urgent message, checklist, roll-call, guest, support with its clock, export', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 0.2 })
  try {
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await noMouse(desk)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await takeCall(desk, { at: '29.812 122.29', place: '桃花岛 塔湾', said: '老人在台阶摔倒，意识不清' })
    const number = Number(await openNumber(desk))
    const seat = await takeSeat(skerry, 'coordinator')
    const { id } = (await seat.all('incident')).find((one) => one.number === number)!

    const doctor = await adviserComes(browser, skerry, desk)
    await whatIsSaid(desk, doctor)
    await whatIsThoughtOf(desk)
    await rollIsCalled(desk, doctor)
    await guestComesAndGoes(browser, desk, seat, id)
    await supportComes(desk)
    await taken(desk)

    await desk.keyboard.press('c')
    await desk.keyboard.type('送医观察')
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('room-outcome')).toContainText('送医观察')
    await expect(desk.getByTestId('timeline')).toContainText('警情已导出为地图文件（gpx）')
    await desk.keyboard.press('s')
    await expect(desk.getByTestId('room')).toHaveAttribute('data-state', 'closed')
    await expect(desk.getByTestId('support-ask')).toHaveCount(0)
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

/** Brought in from the members' side; the doctor sees this room and nothing else. */
async function adviserComes(browser: Browser, skerry: Skerry, desk: Page): Promise<Page> {
  const doctor = await crew.signIn(browser, skerry, 'doctor', crew.TABLET)
  await expect(doctor.getByTestId('room-none')).toBeVisible()
  await desk.keyboard.press('p')
  await expect(desk.getByTestId('roll-call')).toBeFocused()
  await tabTo(desk, desk.getByTestId('ask-adviser'))
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('invite-kind')).toBeFocused()
  await expect(desk.getByTestId('invite-account')).toHaveValue('doctor')
  await tabTo(desk, desk.getByTestId('invite-go'))
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('ask-adviser')).toBeFocused()
  await expect(doctor.getByTestId('room')).toBeVisible()
  await expect(doctor.getByTestId('room-facts')).toContainText('意识不清')
  return doctor
}

/** What looks like a number of a person is warned about before it is sent; an urgent message is acknowledged by key. */
async function whatIsSaid(desk: Page, doctor: Page): Promise<void> {
  await desk.keyboard.press('t')
  await expect(desk.getByTestId('room-text')).toBeFocused()
  await desk.keyboard.type('家属电话 13957201234')
  await expect(desk.getByTestId('room-personal')).toBeVisible()
  expect(await accessibilityFaults(desk)).toEqual([])
  await desk.keyboard.press('ControlOrMeta+a')
  await desk.keyboard.type('不要搬动，等医生指导')
  await expect(desk.getByTestId('room-personal')).toHaveCount(0)
  await desk.keyboard.press('ControlOrMeta+Enter')
  const message = desk.getByTestId('room-message').first()
  await expect(message).toContainText('未确认')
  await expect(doctor.getByTestId('room-message').first()).toContainText('不要搬动')
  expect(await accessibilityFaults(doctor)).toEqual([])
  await look(desk, 'room-talk')
  await doctor.keyboard.press('q')
  await expect(message).toHaveAttribute('data-acknowledged', '1')
  await desk.keyboard.press('Escape')
}

async function whatIsThoughtOf(desk: Page): Promise<void> {
  await desk.keyboard.press('e')
  const items = desk.getByTestId('check-item')
  await expect(items.first().getByRole('checkbox')).toBeFocused()
  await desk.keyboard.press('Space')
  await expect(items.nth(0)).toHaveAttribute('data-state', 'done')
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('s')
  await desk.keyboard.type('医生已问')
  await desk.keyboard.press('Enter')
  await expect(items.nth(1)).toHaveAttribute('data-state', 'skipped')
}

async function rollIsCalled(desk: Page, doctor: Page): Promise<void> {
  await desk.keyboard.press('p')
  await expect(desk.getByTestId('roll-call')).toBeFocused()
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('roll-state')).toHaveAttribute('data-missing', '1')
  await doctor.keyboard.press('h')
  await expect(desk.getByTestId('roll-state')).toHaveAttribute('data-missing', '0')
}

/** The link opens one room until it ends; whoever has it sees no other, and is out the moment it is taken back. */
async function guestComesAndGoes(browser: Browser, desk: Page, seat: Seat, incidentId: string): Promise<void> {
  await tabTo(desk, desk.getByTestId('ask-guest'))
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('guest-label')).toBeFocused()
  await desk.keyboard.type('桃花卫生院')
  await desk.keyboard.press('Enter')
  const link = await desk.getByTestId('guest-link').inputValue()
  await expect(desk.getByTestId('guest-made')).toContainText('有效至')
  await tabTo(desk, desk.getByTestId('guest-done'))
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('ask-guest')).toBeFocused()
  const context = await browser.newContext({ viewport: crew.TABLET, hasTouch: true })
  const guest = await context.newPage()
  guest.on('pageerror', (error) => crew.pageErrors.push(`guest: ${error.message}`))
  await guest.goto(link)
  await expect(guest.getByTestId('room')).toHaveAttribute('data-id', incidentId)
  expect(guest.url()).not.toContain('key=')
  await expect(guest.getByTestId('room-message').first()).toContainText('不要搬动')
  await expect(guest.getByTestId('room-list')).toHaveCount(0)
  await guest.goto(`${link.split('#')[0]!}#/dispatch`)
  await expect(guest.getByTestId('room-page')).toBeVisible()
  await guest.getByTestId('room-text').fill('救护车已备好')
  await guest.getByTestId('room-send').click()
  await desk.keyboard.press('t')
  await expect(desk.getByTestId('room-message').last()).toContainText('救护车已备好')
  await desk.keyboard.press('Escape')
  expect(await accessibilityFaults(guest)).toEqual([])
  await look(guest, 'room-guest')

  await desk.keyboard.press('p')
  const member = desk.locator('[data-testid="room-member"][data-kind="guest"]')
  await expect(member).toContainText('至')
  await tabTo(desk, member.getByTestId('room-remove'))
  await desk.keyboard.press('Enter')
  await expect(member.getByRole('textbox')).toBeFocused()
  await desk.keyboard.press('Escape')
  await expect(member.getByTestId('room-remove')).toBeFocused() // thought better of it
  await desk.keyboard.press('Enter')
  await desk.keyboard.type('已交接')
  await desk.keyboard.press('Enter')
  await expect(member).toHaveAttribute('data-here', 'false')
  await guest.reload()
  await expect(guest.getByTestId('guest-over')).toBeVisible()
  expect((await seat.timeline(incidentId)).map(({ event }) => event.type)).toContain('room.guest-entered')
  await context.close()
}

/** Asked for by phone and entered: the clock to the answer, the clock to the arrival, and its end. */
async function supportComes(desk: Page): Promise<void> {
  await desk.keyboard.press('s')
  await expect(desk.getByTestId('support-kind')).toBeFocused()
  await desk.keyboard.press('Tab')
  await desk.keyboard.type('塔湾码头，一人')
  await desk.keyboard.press('Enter')
  const request = desk.getByTestId('support-request')
  const clock = request.getByTestId('support-clock')
  await expect(request).toHaveAttribute('data-state', 'asked')
  await expect(clock).toContainText('等答复')
  const left = async (): Promise<number> => Number(await clock.getAttribute('data-left-s'))
  const before = await left()
  expect(before).toBeGreaterThan(0)
  await expect.poll(left).toBeLessThan(before) // it runs
  expect(await accessibilityFaults(desk)).toEqual([])
  await look(desk, 'room-support')
  await tabTo(desk, request.getByTestId('support-eta'))
  await desk.keyboard.type('15')
  await desk.keyboard.press('Enter')
  await expect(request).toHaveAttribute('data-state', 'accepted')
  await expect(clock).toContainText('等到达')
  await tabTo(desk, request.getByTestId('support-arrived'))
  await desk.keyboard.press('Enter')
  await expect(request).toHaveAttribute('data-state', 'arrived')
  const stopped = await clock.innerText()
  const pulse = await desk.getByTestId('clock').innerText()
  await expect.poll(() => desk.getByTestId('clock').innerText()).not.toBe(pulse)
  expect(await clock.innerText()).toBe(stopped)
}

/** The room to take away holds what was said, ticked, answered and asked for. */
async function taken(desk: Page): Promise<void> {
  await desk.keyboard.press('p')
  await tabTo(desk, desk.getByTestId('export-markdown'))
  const [file] = await Promise.all([desk.waitForEvent('download'), desk.keyboard.press('Enter')])
  const text = readFileSync(await file.path(), 'utf8')
  for (const part of ['不要搬动', '医生已问', '救护车 120', '已到', '桃花卫生院', '点名']) expect(text).toContain(part)
  await takenAsMap(desk)
}

/** The incident as a file for other maps says what leaves, and is read by those who read such files. */
async function takenAsMap(desk: Page): Promise<void> {
  const kml = desk.getByTestId('export-kml')
  await expect(kml).toHaveAccessibleDescription(/不含人员姓名、电话/)
  const gpx = desk.getByTestId('export-gpx')
  await tabTo(desk, gpx)
  const [file] = await Promise.all([desk.waitForEvent('download'), desk.keyboard.press('Enter')])
  expect(file.suggestedFilename()).toMatch(/^skerry-incident-\d+\.gpx$/)
  const read = readFile(readFileSync(await file.path()))
  if (!read.ok) throw new Error(read.fault)
  const place = read.file.things.find(({ name }) => name?.startsWith('警情 '))
  expect(place?.shape).toMatchObject({ kind: 'point', at: [expect.closeTo(122.29, 5), expect.closeTo(29.812, 5)] })
  expect(place?.note).toContain('意识不清')
  expect(await accessibilityFaults(desk)).toEqual([])
  await look(desk, 'room-export')
}
