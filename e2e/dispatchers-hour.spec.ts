import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import { MadeFeed, type Alarm, type UnitReport } from '../contract/src/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { noMouse, openNumber, openReport, tabTo, takeCall } from './support/keyboard.ts'
import { glance } from './support/look.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

/** Words of a leg that goes over the water, whoever carries the unit: ferry, a patrol boat, its own boat. */
const OVER_WATER = /轮渡|接|乘艇/

test('a dispatcher’s hour with the keyboard alone: a call, a duplicate, a crew across the water, its no, the next one’s yes, the room, an alarm flood, the end', async ({
  browser,
}) => {
  // Slow units: what their terminals say in this hour is said by this test.
  const skerry = await startSkerry({ seed: 8, speed: 0.2 })
  try {
    const says = await terminals(skerry)
    const seat = await takeSeat(skerry, 'coordinator')
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await noMouse(desk)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })

    await takeCall(desk, { at: '29.812 122.29', place: '桃花岛 塔湾', said: '老人在台阶摔倒，脚踝受伤' })
    const first = await openNumber(desk)
    await calledAgain(desk, first)
    const incidentId = await sentAcrossTheWater(desk, first, says)
    const doctor = await doctorComes(browser, skerry, desk)
    await talked(desk, doctor)
    await thoughtOf(desk)
    await rollCalled(desk, doctor, (unitId) => says(unitId, incidentId, 'text', '两人平安'))
    await helpAsked(desk)
    await floodWorked(desk, seat)
    await hourEnds(desk, seat, incidentId)
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

type Says = (unitId: string, incidentId: string, kind: UnitReport['kind'], text?: string) => Promise<void>

/** The units' own terminals, behind a feed of their own. */
async function terminals(skerry: Skerry): Promise<Says> {
  const admin = await takeSeat(skerry, 'admin')
  const made = await admin.post('/api/feeds', { id: 'terminals', scopes: ['reports'] })
  const { token } = MadeFeed.parse(await made.json())
  return async (unitId, incidentId, kind, text) => {
    const report: UnitReport = { unitId, incidentId, atMs: Date.now(), kind, ...(text === undefined ? {} : { text }) }
    const answer = await fetch(`${skerry.url}/api/intake/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(report),
    })
    expect(answer.status, await answer.text()).toBe(200)
  }
}

/** A second caller about the same fall: suggested with what speaks for it, grouped by one key, and back to the first. */
async function calledAgain(desk: Page, first: string): Promise<void> {
  await takeCall(desk, { at: '29.8125 122.2905', place: '桃花岛 塔湾台阶', said: '有老人摔倒，脚受伤了' })
  await expect(desk.getByTestId('similar')).toContainText(`#${first}`)
  await glance(desk, 'hour-1-duplicate')
  await desk.keyboard.press('g')
  await expect(desk.getByTestId('same-as')).toContainText(`#${first}`)
  await openReport(desk, first)
  await expect(desk.getByTestId('same-reports')).toContainText('桃花岛 塔湾台阶')
}

/** A crew from another island is proposed and asked; its terminal says no; the next is asked by rule and says yes. */
async function sentAcrossTheWater(desk: Page, number: string, says: Says): Promise<string> {
  const proposed = desk.locator('[data-testid="ranked-unit"][data-picked="true"]')
  await expect(proposed.first()).toBeVisible()
  const looked = proposed.filter({ has: desk.getByTestId('legs').filter({ hasText: OVER_WATER }) })
  const rows = await desk.getByTestId('ranked-unit').count()
  for (let i = 0; i < rows && (await looked.count()) === 0; i++) await desk.keyboard.press('ArrowDown')
  await expect(looked.getByTestId('legs')).toBeVisible()
  const unitId = (await looked.getAttribute('data-id'))!
  await glance(desk, 'hour-2-recommended')

  await desk.keyboard.press('d')
  const offer = (id: string) => desk.locator(`[data-testid="offer-line"][data-id="${id}"]`)
  await expect(offer(unitId)).toHaveAttribute('data-state', 'open')
  // Several are asked; the keys say for whom they answer.
  await expect(desk.getByTestId('answer-yes').filter({ hasText: '(y)' })).toHaveCount(1)
  await glance(desk, 'hour-3-asked')
  expect(await openNumber(desk)).toBe(number)
  const incidentId = (await desk.getByTestId('incident-room').getAttribute('data-id'))!
  await says(unitId, incidentId, 'declined', '车辆故障')
  await expect(offer(unitId)).toHaveAttribute('data-state', 'declined')
  await expect(offer(unitId)).toContainText('车辆故障')

  const next = desk.locator('[data-testid="offer-line"][data-chosen-by="rule"]').first()
  await expect(next).toHaveAttribute('data-state', 'open')
  const nextId = (await next.getAttribute('data-id'))!
  expect(nextId).not.toBe(unitId)
  await says(nextId, incidentId, 'acknowledged')
  await expect(offer(nextId)).toHaveAttribute('data-state', 'accepted')
  await expect(desk.getByTestId('incident-room')).not.toHaveAttribute('data-state', 'dispatched')
  expect(await accessibilityFaults(desk)).toEqual([])
  await glance(desk, 'hour-4-accepted')
  return incidentId
}

/** Asked into the room from the members' side. */
async function doctorComes(browser: Browser, skerry: Skerry, desk: Page): Promise<Page> {
  const doctor = await crew.signIn(browser, skerry, 'doctor', crew.TABLET)
  await noMouse(doctor)
  await desk.keyboard.press('p')
  await expect(desk.getByTestId('roll-call')).toBeFocused()
  await tabTo(desk, desk.getByTestId('ask-adviser'))
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('invite-account')).toHaveValue('doctor')
  await glance(desk, 'hour-5-adviser')
  await tabTo(desk, desk.getByTestId('invite-go'))
  await desk.keyboard.press('Enter')
  await expect(doctor.getByTestId('room-facts')).toContainText('脚踝受伤')
  return doctor
}

/** What was said is seen to be read; what is urgent is acknowledged by key, and by radio where there is no screen. */
async function talked(desk: Page, doctor: Page): Promise<void> {
  await desk.keyboard.press('t')
  await expect(desk.getByTestId('room-text')).toBeFocused()
  await desk.keyboard.type('村医已到，血压平稳')
  await desk.keyboard.press('Enter')
  const said = desk.getByTestId('room-message').filter({ hasText: '血压平稳' })
  await tabTo(desk, said.getByTestId('room-receipts'), 'Shift+Tab')
  await desk.keyboard.press('Enter')
  await expect(said.getByRole('listitem').filter({ hasText: '值班医生' })).toContainText('已读')

  await desk.keyboard.press('t')
  await expect(desk.getByTestId('room-text')).toBeFocused()
  await desk.keyboard.type('不要搬动，等艇到码头')
  await desk.keyboard.press('ControlOrMeta+Enter')
  const urgent = desk.getByTestId('room-message').filter({ hasText: '不要搬动' })
  await expect(urgent).toContainText('未确认')
  await expect(doctor.getByTestId('room-message').filter({ hasText: '不要搬动' })).toBeVisible()
  await doctor.keyboard.press('q')
  await expect(urgent).toHaveAttribute('data-acknowledged', '1')
  // Who has not: the crew, whose answer came by radio.
  await tabTo(desk, urgent.getByTestId('room-receipts'), 'Shift+Tab')
  await desk.keyboard.press('Enter')
  const byRadio = urgent.getByTestId('room-ack-radio')
  await expect(byRadio.first()).toBeVisible()
  await glance(desk, 'hour-6-receipts')
  for (let given = 1; (await byRadio.count()) > 0; given++) {
    await tabTo(desk, byRadio.first())
    await desk.keyboard.press('Enter')
    await expect(urgent).toHaveAttribute('data-acknowledged', String(given + 1))
  }
  await expect(urgent).not.toContainText('未确认')
}

async function thoughtOf(desk: Page): Promise<void> {
  await desk.keyboard.press('e')
  const items = desk.getByTestId('check-item')
  await expect(items.first().getByRole('checkbox')).toBeFocused()
  await desk.keyboard.press('Space')
  await expect(items.nth(0)).toHaveAttribute('data-state', 'done')
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('s')
  await desk.keyboard.type('村医已问')
  await desk.keyboard.press('Enter')
  await expect(items.nth(1)).toHaveAttribute('data-state', 'skipped')
  await glance(desk, 'hour-7-checklist')
}

/** Everyone answers: the doctor by key, a unit by whatever its terminal says, the others by phone. */
async function rollCalled(desk: Page, doctor: Page, answers: (unitId: string) => Promise<void>): Promise<void> {
  await desk.keyboard.press('p')
  await expect(desk.getByTestId('roll-call')).toBeFocused()
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('roll-state')).toHaveAttribute('data-missing', /[1-9]/)
  await glance(desk, 'hour-8-roll-call')
  await doctor.keyboard.press('h')
  const member = (key: string) => desk.locator(`[data-testid="room-member"][data-key="${key}"]`)
  await expect(member('seat:doctor')).toHaveAttribute('data-roll', 'answered')
  const silent = desk.locator('[data-testid="room-member"][data-roll="silent"][data-kind="unit"]')
  const units = await silent.evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset['key'] ?? ''))
  for (const key of units) {
    await answers(key.slice('unit:'.length))
    await expect(member(key)).toHaveAttribute('data-roll', 'answered')
  }
  // Who sits at no screen now says so by phone.
  const byRadio = desk.getByTestId('roll-radio')
  for (let left = await byRadio.count(); left > 0; left--) {
    await tabTo(desk, byRadio.first())
    await desk.keyboard.press('Enter')
    await expect(byRadio).toHaveCount(left - 1)
  }
  await expect(desk.getByTestId('roll-state')).toHaveAttribute('data-missing', '0')
}

/** Asked for by phone and entered here; from its field, whichever it is, Escape leads back to the keys. */
async function helpAsked(desk: Page): Promise<void> {
  await desk.keyboard.press('s')
  await expect(desk.getByTestId('support-kind')).toBeFocused()
  await desk.keyboard.press('Tab')
  await desk.keyboard.type('塔湾码头，一人')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('support-request')).toHaveAttribute('data-state', 'asked')
  await glance(desk, 'hour-9-support')
  await expect(desk.getByTestId('support-text')).toBeFocused()
  await desk.keyboard.press('Escape')
  await desk.keyboard.press('w')
  await expect(desk.getByTestId('incident-room')).toBeVisible()
}

/**
 * A flood over the open incident: every unit on duty stands in a zone that was just declared. The one that is different is
 * answered first, the rest as a group, and what will not go away is put away with a reason.
 */
async function floodWorked(desk: Page, seat: Seat): Promise<void> {
  const waitingIn = async (zone: string): Promise<Alarm[]> =>
    (await seat.all('alarm')).filter(({ acknowledged, zoneId }) => acknowledged === null && zoneId === zone)
  const sea = await declare(seat, '演习海域', 'warning', [])
  await expect.poll(async () => (await waitingIn(sea)).length, { timeout: 60_000 }).toBeGreaterThan(11)
  // One of those that are heard: some of the city's units are silent for a while.
  const depot = await declare(seat, '油库', 'critical', [(await waitingIn(sea)).at(-1)!.subject.id])
  const critical = async (): Promise<number> => (await waitingIn(depot)).length
  await expect.poll(critical).toBe(1)

  await desk.keyboard.press('Shift+A')
  const list = desk.getByTestId('alarm-list')
  await expect(desk.getByTestId('alarm-flood')).toBeVisible({ timeout: 30_000 })
  await expect(desk.getByTestId('alarm-sounding')).toBeVisible()
  const marked = desk.locator('[data-testid="alarm"][aria-current="true"]')
  await expect(marked).toContainText('油库')
  await expect(marked).toContainText('原因')
  await glance(desk, 'hour-10-flood')
  await desk.keyboard.press('a')
  await expect.poll(critical).toBe(0)

  await markGroup(desk, marked)
  const group = new Set((await waitingIn(sea)).map(({ id }) => id))
  await desk.keyboard.press('a')
  await expect.poll(async () => (await waitingIn(sea)).filter(({ id }) => group.has(id))).toEqual([])

  await desk.keyboard.press('/')
  await desk.keyboard.type('油库')
  await desk.keyboard.press('Enter')
  await expect(list.getByTestId('alarm')).toHaveCount(1)
  await desk.keyboard.press('s')
  await expect(desk.getByTestId('shelf-reason')).toBeFocused()
  await desk.keyboard.type('检修车辆，已核实')
  await glance(desk, 'hour-11-shelf')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('shelf-form')).toBeHidden()
  await expect(list.getByTestId('alarm')).toHaveCount(0)
  const shelved = (await seat.all('alarm')).filter((alarm) => alarm.shelved != null)
  expect(shelved.map(({ shelved: why }) => why?.reason)).toEqual(['检修车辆，已核实'])
  await desk.keyboard.press('Escape')
  await expect(list).toBeHidden()
}

/** Resolves to the zone's id. */
async function declare(seat: Seat, name: string, priority: Alarm['priority'], only: string[]): Promise<string> {
  const { created } = await seat.give({
    type: 'zone.declare',
    zone: {
      name,
      shape: { kind: 'circle', centre: [122.2, 30.05], radiusM: 100_000 },
      rules: [{ kind: 'enter', priority, movers: ['unit'], only }],
      evidence: { hysteresisM: 0, minTimeS: 0, minFixes: 1 },
    },
  })
  return created.find(({ kind }) => kind === 'zone')!.id
}

/** Presses `j` until the mark stands on the line of all those in the zone that wait. */
async function markGroup(desk: Page, marked: Locator): Promise<void> {
  await expect(async () => {
    const many = marked.filter({ hasText: '演习海域' }).and(desk.locator(':not([data-count="1"]):not(.answered)'))
    if ((await many.count()) === 0) await desk.keyboard.press('j')
    await expect(many).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
}

/** The incident is still open behind the flood; the incident ends, its clocks stand, and the two calls count as one. */
async function hourEnds(desk: Page, seat: Seat, incidentId: string): Promise<void> {
  await expect(desk.getByTestId('incident-room')).toHaveAttribute('data-id', incidentId)
  await desk.keyboard.press('m')
  await desk.keyboard.type('艇已靠码头')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('timeline')).toContainText('艇已靠码头')
  await desk.keyboard.press('Escape')
  await desk.keyboard.press('c')
  await desk.keyboard.type('送医观察')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('room-outcome')).toContainText('送医观察')
  await expect(desk.locator('[data-testid="step-clocks"] [data-state="running"]')).toHaveCount(0)
  await glance(desk, 'hour-12-closed')
  const rate = (await (await seat.get(`/api/kpis/repeat-rate?fromMs=0&toMs=${Date.now()}`)).json()) as object
  expect(rate).toMatchObject({ merged: 1, repeats: 0 })
  const said = (await seat.timeline(incidentId)).map(({ event }) => event.type)
  for (const type of [
    'incident.offered',
    'incident.offer-answered',
    'room.said',
    'room.roll-called',
    'incident.closed',
  ])
    expect(said).toContain(type)
}
