import { expect, test, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { startLossyRelay } from '../mocks/src/lossy/lossy-relay.ts'
import * as crew from './support/crew.ts'
import { look } from './support/look.ts'
import { offerTasks } from './support/offers.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { interrupt, root, startSkerry } from './support/skerry.ts'
import { statusOf } from './support/sortie.ts'

const IN_FLIGHT = { timeout: 180_000, intervals: [500] }

test('an ArduPilot and a PX4 drone of the demo city each fly a task; broken off, it goes on from the last point reached', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 8, autopilot: 'both' })
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    const [copter = '', px4 = ''] = await offerTasks(skerry, coordinator, ['main-1', 'main-2'], 700)
    const kinds = await Promise.all([copter, px4].map(async (id) => (await statusOf(coordinator, id))?.autopilot))
    expect(kinds).toEqual(['ardupilot', 'px4'])
    for (const drone of [copter, px4]) {
      await crew.acceptAndStart(pilot, drone)
      await expect(pilot.getByTestId('figure-mode')).toContainText(crew.ON_ITS_PLAN, { timeout: 90_000 })
    }

    await test.step('ArduPilot: called back, landed, started again', async () => {
      await reaches(coordinator, copter, 2)
      await crew.turnTo(pilot, copter)
      await orderIsEffective(pilot, 'return')
      const from = await theCardSaysHowFar(pilot, coordinator, copter)
      await expect.poll(async () => (await statusOf(coordinator, copter))?.landed, IN_FLIGHT).toBe('on-ground')
      await pilot.screenshot({ path: 'test-results/broken-off-landed.png' })
      // As a pilot would: a full battery first.
      await expect
        .poll(async () => (await statusOf(coordinator, copter))?.battery?.remainingShare ?? 0, IN_FLIGHT)
        .toBeGreaterThan(0.95)
      await look(pilot, 'fly-broken-off')
      await theRestIsFlown(pilot, coordinator, copter, from)
    })
    await test.step('PX4: held, and on from there in the air', async () => {
      await reaches(coordinator, px4, 2)
      await crew.turnTo(pilot, px4)
      await orderIsEffective(pilot, 'hold')
      const from = await theCardSaysHowFar(pilot, coordinator, px4)
      await theRestIsFlown(pilot, coordinator, px4, from)
    })
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

for (const { autopilot, sysid, countsDown } of [
  // Five seconds, of which a link that is not yet called lost takes three and a half.
  { autopilot: 'ardupilot', sysid: 61, countsDown: 1 },
  { autopilot: 'px4', sysid: 62, countsDown: 5 },
])
  test(`the radio of a ${autopilot} is cut in flight: the pilot sees it go, the failsafe counted down, and the rest is flown`, async ({
    browser,
  }) => {
    const skerry = await startSkerry({ seed: 8 })
    const radio = await startLossyRelay({
      listen: { host: '127.0.0.1', port: 0 },
      to: { host: '127.0.0.1', port: skerry.mavlinkPort },
      losses: { lost: 0, doubled: 0, late: 0, rttMs: 40 },
      rand: Math.random,
    })
    const place = ['--at', '122.39,29.892', '--speed', '4', '--to', `127.0.0.1:${radio.port}`]
    const kind = ['--autopilot', autopilot, '--sysid', `${sysid}`]
    const drone = spawn('node', ['scripts/run.mjs', 'mocks/src/cli.ts', 'drone', ...kind, ...place], {
      cwd: root,
      stdio: 'ignore',
      detached: true,
    })
    try {
      const coordinator = await takeSeat(skerry, 'coordinator')
      const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
      const [id = ''] = await offerTasks(skerry, coordinator, [`main-${sysid}`], 700)
      await crew.acceptAndStart(pilot, id)
      await expect(pilot.getByTestId('figure-mode')).toContainText(crew.ON_ITS_PLAN, { timeout: 90_000 })
      await reaches(coordinator, id, 1)

      const seen = await watchLink(pilot)
      radio.cut()
      await expect(pilot.getByTestId('fly-failsafe')).toBeVisible()
      await pilot.screenshot({ path: `test-results/link-lost-${autopilot}.png` })
      await expect(pilot.getByTestId('fly-escalated')).toBeVisible()
      await pilot.screenshot({ path: `test-results/link-escalated-${autopilot}.png` })
      const { states, countdown } = await seen()
      expect(states).toEqual(['degraded', 'lost'])
      // Counted down to nothing, and never up again.
      expect(countdown.length).toBeGreaterThanOrEqual(countsDown)
      expect(countdown).toEqual([...countdown].sort((a, b) => b - a))

      // The aircraft counts for itself, from what it heard last: up to a heartbeat or two later than the station.
      await pilot.waitForTimeout(4000)
      radio.mend()
      await expect(pilot.getByTestId('fly-link-lost')).toHaveCount(0)
      await expect(pilot.getByTestId('fly-figures')).toHaveAttribute('data-link', 'live')
      await expect(pilot.getByTestId('figure-mode')).toContainText(/RTL/)
      const from = await theCardSaysHowFar(pilot, coordinator, id)
      await theRestIsFlown(pilot, coordinator, id, from)
      expect(crew.pageErrors).toEqual([])
    } catch (error) {
      console.log(skerry.output())
      throw error
    } finally {
      await interrupt(drone)
      await radio.close()
      await Promise.all(browser.contexts().map((context) => context.close()))
      await skerry.dispose()
    }
  })

const taskOf = async (seat: Seat, droneId: string) =>
  (await seat.all('task')).find((task) => task.droneId === droneId && task.startedAtMs !== null)

/** The aircraft itself has said that it came to this point of its path, counted from 0. */
const reaches = (seat: Seat, droneId: string, point: number): Promise<void> =>
  expect.poll(async () => (await taskOf(seat, droneId))?.reached ?? -1, IN_FLIGHT).toBeGreaterThanOrEqual(point)

async function orderIsEffective(pilot: Page, order: 'hold' | 'return'): Promise<void> {
  await crew.hold(pilot.getByTestId(`fly-order-${order}`))
  const journey = pilot.getByTestId(`fly-journey-${order}`).getByTestId('order-journey')
  await expect(journey).toHaveAttribute('data-state', 'effective', { timeout: 60_000 })
}

/** The card of the flight that was broken off names the point that the journal has. Resolves to it. */
async function theCardSaysHowFar(pilot: Page, seat: Seat, droneId: string): Promise<number> {
  const card = pilot.getByTestId('broken-off')
  await expect(card).toBeVisible()
  const task = (await taskOf(seat, droneId))!
  await expect(card).toHaveAttribute('data-reached', `${task.reached}`)
  await expect(card.getByTestId('resume-from')).toHaveAttribute('data-point', `${task.reached}`)
  await expect(card.getByTestId('resume-later')).toBeDisabled() // what was not reached is never left out
  return task.reached!
}

/** Loads the rest on the screen, starts it, and waits until points behind the last one were reached. */
async function theRestIsFlown(pilot: Page, seat: Seat, droneId: string, from: number): Promise<void> {
  await pilot.getByTestId('resume-load').click()
  await crew.start(pilot)
  await expect(pilot.getByTestId('flight')).toHaveAttribute('data-state', 'flying', { timeout: 90_000 })
  await expect(pilot.getByTestId('figure-mode')).toContainText(crew.ON_ITS_PLAN)
  expect(await taskOf(seat, droneId)).toMatchObject({ resumeFrom: from })
  await reaches(seat, droneId, from + 2)
}

interface LinkSeen {
  /** Changes of the link's state since the watch began, each once. */
  states: string[]
  /** Seconds to the failsafe as they stood on the screen, each once. */
  countdown: number[]
}

/** Watches inside the page: a state that lasts a second and a half must not be missed because the machine is busy. */
async function watchLink(pilot: Page): Promise<() => Promise<LinkSeen>> {
  await pilot.evaluate(() => {
    const seen: LinkSeen = { states: [], countdown: [] }
    ;(globalThis as unknown as { linkSeen: LinkSeen }).linkSeen = seen
    const find = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${id}"]`)
    const add = <T>(to: T[], value: T | undefined): void => {
      if (value !== undefined && to.at(-1) !== value) to.push(value)
    }
    new MutationObserver(() => {
      const state = find('fly-figures')?.dataset['link']
      if (state !== 'live' || seen.states.length > 0) add(seen.states, state)
      const left = /(\d+) (?:s|秒)/.exec(find('fly-failsafe')?.textContent ?? '')?.[1]
      add(seen.countdown, left === undefined ? undefined : Number(left))
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
  return () => pilot.evaluate(() => (globalThis as unknown as { linkSeen: LinkSeen }).linkSeen)
}
