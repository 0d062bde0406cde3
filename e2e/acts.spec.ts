import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { noMouse, openNumber, takeCall } from './support/keyboard.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

/** One grey point, as a PNG. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOor6//DwAFfwKAT5mBYQAAAABJRU5ErkJggg==',
  'base64',
)

test('a camera is opened with the keyboard alone: asked for with a reason, approved by a second person, stopped, and all of it in the timeline', async ({
  browser,
}) => {
  let looks = 0
  const camera = createServer((_, response) => {
    looks++
    response.setHeader('content-type', 'image/png').end(PICTURE)
  })
  await new Promise<void>((resolve) => camera.listen(0, '127.0.0.1', resolve))
  const file = path.join(os.tmpdir(), `skerry-cameras-${process.pid}.json`)
  const url = `http://127.0.0.1:${(camera.address() as AddressInfo).port}/pier`
  const pier = { id: 'pier', label: { zh: '塔湾码头', en: 'Tawan pier' }, position: [122.29, 29.81] }
  await writeFile(file, JSON.stringify({ cameras: [{ ...pier, shows: 'picture', url }] }))
  const skerry = await startSkerry({ seed: 8, speed: 0.2, env: { SKERRY_CAMERAS: file } })
  try {
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    const second = await crew.signIn(browser, skerry, 'coordinator')
    await noMouse(desk)
    await noMouse(second)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await takeCall(desk, { at: '29.812 122.29', place: '桃花岛 塔湾', said: '码头有人落水' })
    const number = Number(await openNumber(desk))

    await desk.keyboard.press('b')
    await expect(desk.getByTestId('act-kind')).toBeFocused()
    await expect(desk.getByTestId('act-target')).toContainText('塔湾码头')
    await desk.getByTestId('act-reason').press('ControlOrMeta+a')
    await desk.keyboard.type('看落水者位置和漂向')
    await desk.keyboard.press('Enter')
    const own = desk.getByTestId('act')
    await expect(own).toHaveAttribute('data-state', 'waiting')
    await expect(own.getByTestId('act-approve')).toHaveCount(0)
    expect(looks).toBe(0)

    await second.getByTestId('acts-waiting').press('Enter')
    const other = second.getByTestId('act')
    await expect(other).toContainText('看落水者位置和漂向')
    expect(await accessibilityFaults(second)).toEqual([])
    await look(second, 'act-waiting')
    await other.getByTestId('act-approve').press('Enter')
    await expect(own).toHaveAttribute('data-state', 'running')
    await expect(second.getByTestId('acts-waiting')).toHaveCount(0)

    const left = async (): Promise<number> => Number(await own.getByTestId('act-state').getAttribute('data-left-s'))
    const before = await left()
    await expect.poll(left).toBeLessThan(before) // it runs down
    await own.getByTestId('act-open').press('Enter')
    await expect(own.getByTestId('act-picture')).toHaveJSProperty('complete', true)
    await expect
      .poll(() => own.getByTestId('act-picture').evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(1)
    expect(looks).toBe(1)
    expect(await accessibilityFaults(desk)).toEqual([])
    await look(desk, 'act-running')
    await other.getByTestId('act-stop').press('Enter')
    await expect(own).toHaveAttribute('data-because', 'stopped')
    await expect(own.getByTestId('act-picture')).toHaveCount(0)

    const seat = await takeSeat(skerry, 'coordinator')
    const { id } = (await seat.all('incident')).find((one) => one.number === number)!
    const said = (await seat.timeline(id)).map(({ event }) => event.type).filter((type) => type.startsWith('act.'))
    expect(said).toEqual(['act.asked', 'act.approved', 'act.opened', 'act.ended'])
    expect(crew.strayRequests).toEqual([])
    expect(crew.pageErrors).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
    camera.closeAllConnections()
    camera.close()
  }
})
