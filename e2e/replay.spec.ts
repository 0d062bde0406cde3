import { expect, test, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { DroneStatus, LngLat } from '../contract/src/index.ts'
import * as crew from './support/crew.ts'
import { centreOf, clickThing, MAP_COLOURS, metresBetween, shareOfColour } from './support/map.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { interrupt, root, startSkerry, type Skerry } from './support/skerry.ts'
import { statusOf } from './support/sortie.ts'

const FLIGHTS = path.resolve(root, '../shared/data/mavlink/flights')
const CANBERRA: LngLat = [149.165, -35.362]
const PRAGUE: LngLat = [14.424, 50.088]

/** A recorded flight: how fast it is played, and what must be seen of it. */
interface Recording {
  file: string
  speed: number
  drones: number
  autopilot: DroneStatus['autopilot']
  place: LngLat
}
// The fastest pace at which each is still in the air for longer than a busy machine needs to look.
const RECORDINGS: Recording[] = [
  { file: 'dronekit-flight.tlog', speed: 30, drones: 1, autopilot: 'ardupilot', place: CANBERRA },
  { file: 'px4-quad-mission.tlog', speed: 4, drones: 1, autopilot: 'px4', place: PRAGUE },
  { file: 'ardupilot-copter-mission.tlog', speed: 6, drones: 1, autopilot: 'ardupilot', place: PRAGUE },
  { file: 'ardupilot-ten-copters.tlog', speed: 4, drones: 10, autopilot: 'ardupilot', place: PRAGUE },
]
const PASSWORD = 'correct horse battery 22'

test.setTimeout(5 * 60_000)

test('npm start -- --live: the first administrator, and recorded flights where they were really flown', async ({
  browser,
}) => {
  const missing = RECORDINGS.filter(({ file }) => !existsSync(path.join(FLIGHTS, file)))
  test.skip(missing.length > 0, `recorded flights are absent: ${missing.map(({ file }) => file).join(', ')}`)
  const skerry = await startSkerry({ live: true })
  const context = await browser.newContext({ viewport: crew.DESK })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(request.url())
  })
  try {
    await test.step('nothing is open without sign-in', () => nothingIsOpen(skerry, page))
    const admin = await test.step('the enrolment link', () => enrol(skerry, page))
    const observer = await test.step('accounts for the staff', () => makeStaff(skerry, admin))
    await signInByForm(page, 'watch', PASSWORD)
    await page.getByTestId('nav-dispatch').click()
    for (const recording of RECORDINGS)
      await test.step(recording.file, () => isSeenFlying(skerry, page, observer, recording))
    expect(faults).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await context.close()
    await skerry.dispose()
  }
})

async function nothingIsOpen(skerry: Skerry, page: Page): Promise<void> {
  expect(skerry.signIn.size).toBe(0)
  for (const route of ['picture', 'drones/status', 'accounts', 'feeds', 'journal', 'tracks', 'session'])
    expect((await fetch(`${skerry.url}/api/${route}`)).status, route).toBe(401)
  const command = await fetch(`${skerry.url}/api/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: skerry.url },
    body: '{}',
  })
  expect(command.status).toBe(401)
  await page.goto(`${skerry.url}/#/dispatch`)
  await expect(page.getByTestId('sign-in')).toBeVisible()
}

/** Follows the printed link as the person who installed it does. Resolves to the administrator's seat. */
async function enrol(skerry: Skerry, page: Page): Promise<Seat> {
  const link = skerry.enrolUrl!
  const secret = new URL(link.replace('/#/', '/')).searchParams.get('secret')!
  await page.goto(link)
  await expect(page.getByTestId('enrol')).toBeVisible() // the page it replaces has fields of the same names
  await page.getByTestId('account').fill('chief')
  await page.getByTestId('display-name').fill('管理员')
  await page.getByTestId('password').fill(PASSWORD)
  expect(page.url()).not.toContain(secret)
  await page.getByTestId('enrol-go').click()
  await expect(page.getByTestId('sign-in')).toBeVisible()
  await signInByForm(page, 'chief', PASSWORD)
  await expect(page.getByTestId('health-store')).toBeVisible()
  await page.getByTestId('sign-out').click()
  await expect(page.getByTestId('sign-in')).toBeVisible()

  const again = await fetch(`${skerry.url}/api/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: skerry.url },
    body: JSON.stringify({ secret, account: 'intruder', name: 'Intruder', password: PASSWORD }),
  })
  expect(again.status).toBeGreaterThanOrEqual(400)
  expect(again.status).toBeLessThan(500)
  return takeSeat({ url: skerry.url, signIn: linksOf(skerry, 'chief') }, 'chief')
}

async function signInByForm(page: Page, account: string, password: string): Promise<void> {
  await page.getByTestId('account').fill(account)
  await page.getByTestId('password').fill(password)
  await page.getByTestId('sign-in-go').click()
  await expect(page.getByTestId('seat')).toBeVisible()
}

/** The administrator makes a pilot and an observer. Resolves to the observer's seat. */
async function makeStaff(skerry: Skerry, admin: Seat): Promise<Seat> {
  for (const [account, role] of [
    ['flyer', 'pilot'],
    ['watch', 'observer'],
  ])
    expect((await admin.post('/api/accounts', { account, name: account, role, password: PASSWORD })).status).toBe(201)
  const observer = await takeSeat({ url: skerry.url, signIn: linksOf(skerry, 'watch') }, 'watch')
  const climb = { account: 'x2', name: 'x', role: 'admin', password: PASSWORD }
  expect((await observer.post('/api/accounts', climb)).status).toBe(403)
  return observer
}

const linksOf = ({ url }: Skerry, account: string) =>
  new Map([[account, `${url}/#/sign-in?account=${account}&key=${encodeURIComponent(PASSWORD)}`]])

async function isSeenFlying(skerry: Skerry, page: Page, seat: Seat, recording: Recording): Promise<void> {
  const player = replay(recording, skerry.mavlinkPort)
  const startedAtMs = Date.now()
  try {
    let flying: DroneStatus[] = []
    const look = async (): Promise<number> => {
      const statuses = (await (await seat.get('/api/drones/status')).json()) as DroneStatus[]
      flying = statuses.filter((status) => isOf(recording, status, startedAtMs))
      return flying.length
    }
    await expect.poll(look, { timeout: 90_000, intervals: [200] }).toBe(recording.drones)
    await isOnTheMap(page, seat, flying, recording)
  } finally {
    await interrupt(player)
  }
}

/** Flying now, as this kind of autopilot, where the recording was really made. */
const isOf = ({ autopilot, place }: Recording, status: DroneStatus, sinceMs: number): boolean =>
  status.autopilot === autopilot &&
  status.armed === true &&
  (status.position?.heightAboveTakeoffM ?? 0) > 3 &&
  status.position !== null &&
  status.position.atMs > sinceMs &&
  metresBetween(status.position.lngLat, place) < 2000

async function isOnTheMap(page: Page, seat: Seat, flying: DroneStatus[], { place, drones }: Recording): Promise<void> {
  const things = page.getByTestId('things')
  if ((await things.getAttribute('open')) === null) await things.locator('summary').click()
  const row = (droneId: string) => things.locator(`[data-testid="thing"][data-kind="drone"][data-id="${droneId}"]`)
  for (const { droneId } of flying) await expect(row(droneId)).toBeVisible()
  const { droneId } = flying[0]!
  await row(droneId).click()
  const card = page.locator(`[data-testid="inspector"][data-id="${droneId}"]`)
  await expect(card).toBeVisible()
  await expect.poll(async () => metresBetween(await centreOf(page), place)).toBeLessThan(10_000)

  // There is no map of these places and the screen says so: ground and words, and nothing that looks like sea.
  await expect(page.getByTestId('no-map')).toBeVisible()
  await expect.poll(() => shareOfColour(page, MAP_COLOURS.night.ground)).toBeGreaterThan(0.5)
  expect(await shareOfColour(page, MAP_COLOURS.night.sea)).toBeLessThan(0.001)
  await page.getByTestId('inspector-close').click()
  const thing = drones === 1 ? { kind: 'drone', id: droneId } : { kind: 'drone' } // ten lie on one another
  await clickThing(page, thing, async () => (await statusOf(seat, droneId))!.position!.lngLat)
}

function replay({ file, speed }: Recording, port: number): ChildProcess {
  const args = ['run', '-s', 'mavlink', '--', 'replay', path.join(FLIGHTS, file)]
  return spawn('npm', [...args, '--speed', String(speed), '--to', `127.0.0.1:${port}`], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
  })
}
