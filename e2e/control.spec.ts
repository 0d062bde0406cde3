import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { encode } from '../mavlink-bridge/src/index.ts'
import * as crew from './support/crew.ts'
import { takeSeat } from './support/seat.ts'
import { interrupt, root, startSkerry } from './support/skerry.ts'
import { statusOf } from './support/sortie.ts'

const SYSTEM = 60
const DRONE = `main-${SYSTEM}`
const VAN = 254
const REQUEST_OPERATOR_CONTROL = 32_100

test('which station an aircraft obeys: taken with the lease, asked for by another station, handed over, asked for again', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 3 })
  const to = `127.0.0.1:${skerry.mavlinkPort}`
  const place = ['--at', '122.39,29.9', '--sysid', `${SYSTEM}`, '--to', to]
  const drone = spawn('node', ['scripts/run.mjs', 'mocks/src/cli.ts', 'drone', '--operator-control', ...place], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
  })
  const van = createSocket('udp4')
  try {
    const watcher = await takeSeat(skerry, 'coordinator')
    const pilot = await crew.signIn(browser, skerry, 'pilot', crew.TABLET)
    await crew.turnTo(pilot, DRONE)
    const card = pilot.getByTestId('control-card')
    await expect(card).toHaveAttribute('data-main', '0', { timeout: 60_000 })
    await expect(pilot.getByTestId('control-take')).toBeDisabled() // no authority in this system: none over it either

    await pilot.getByTestId('lease-take').click()
    await expect(card).toHaveAttribute('data-ours', 'true', { timeout: 30_000 })

    // The van's station speaks to the aircraft on its own radio.
    const port = Number((await statusOf(watcher, DRONE))!.link.remote.split(':').at(-1))
    const vanAsks = (): void => void van.send(vanRequest(), port, '127.0.0.1')
    vanAsks()
    await expect(pilot.getByTestId('warn-controlAsked')).toContainText(`${VAN}`)
    await pilot.screenshot({ path: 'test-results/control-asked.png' })
    await pilot.getByTestId('control-hand-over').click()
    await expect(pilot.getByTestId('warn-controlOpen')).toBeVisible({ timeout: 30_000 })
    vanAsks()
    await expect(card).toHaveAttribute('data-main', `${VAN}`, { timeout: 30_000 })
    await expect(pilot.getByTestId('warn-control')).toBeVisible()
    const journey = pilot.getByTestId('control-journey').getByTestId('order-journey')
    await expect(journey).toHaveAttribute('data-state', 'effective', { timeout: 30_000 })

    await pilot.getByTestId('control-take').click()
    await expect(pilot.getByTestId('control-waits')).toContainText(`${VAN}`, { timeout: 30_000 })
    await pilot.screenshot({ path: 'test-results/control-waits.png' })
    await expect(journey).toHaveAttribute('data-state', 'not-effective', { timeout: 60_000 })
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    van.close()
    await interrupt(drone)
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})

const vanRequest = (): Uint8Array =>
  encode(
    'COMMAND_LONG',
    {
      target_system: SYSTEM,
      target_component: 1,
      command: REQUEST_OPERATOR_CONTROL,
      confirmation: 0,
      param1: 1,
      param2: 0,
      param3: 20,
      param4: VAN,
      param5: 0,
      param6: 0,
      param7: 0,
    },
    { seq: 0, sys: VAN, comp: 190 },
  )
