import { expect, test } from '@playwright/test'
import type { JournalEntry } from '../contract/src/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { noMouse } from './support/keyboard.ts'
import { look } from './support/look.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('a zone that is left empty is filled: who could move is named, one is sent, and the void ends when it is there', async ({
  browser,
}) => {
  const skerry = await startSkerry({ seed: 8, speed: 16 })
  try {
    const seat = await takeSeat(skerry, 'dispatcher')
    const desk = await crew.signIn(browser, skerry, 'dispatcher')
    await noMouse(desk)
    await expect(desk.getByTestId('feed-state')).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    // Hills of Zhoushan where nobody patrols, on the main island.
    const made = await seat.give({
      type: 'zone.declare',
      zone: {
        name: '北部山区',
        shape: { kind: 'circle', centre: [122.115, 30.055], radiusM: 1200 },
        rules: [{ kind: 'coverage', priority: 'warning', movers: ['unit'], only: [], minUnits: 1, forS: 30 }],
        evidence: { hysteresisM: 20, minTimeS: 1, minFixes: 1 },
      },
    })
    const zoneId = made.created.find(({ kind }) => kind === 'zone')!.id
    const row = desk.locator(`[data-testid="cover-zone"][data-id="${zoneId}"]`)
    await expect(row).toHaveAttribute('data-missing', '1', { timeout: 90_000 })
    const move = row.getByTestId('cover-move').first()
    await expect(move).toContainText('分')
    const unitId = (await move.getAttribute('data-id'))!
    expect(await accessibilityFaults(desk)).toEqual([])
    await look(desk, 'cover')
    const before = await seat.seq()
    await desk.keyboard.press('v')
    await expect(move.getByTestId('cover-go')).toBeFocused()
    await desk.keyboard.press('Enter')
    await expect(row).toHaveAttribute('data-missing', '0')
    await expect(row.getByTestId('cover-coming')).toHaveAttribute('data-id', unitId)
    const unit = async () => (await seat.all('unit')).find(({ id }) => id === unitId)!
    expect((await unit()).cover).toMatchObject({ zoneId })
    // It drives there by itself, as its terminal was told, and is free all the while.
    await expect.poll(async () => (await unit()).cover, { timeout: 240_000 }).toBeUndefined()
    expect((await unit()).assignment).toBeNull()
    const journal = await (await takeSeat(skerry, 'coordinator')).get(`/api/journal?limit=1000&after=${before}`)
    const events = ((await journal.json()) as JournalEntry[]).map(({ event }) => event)
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'unit.cover-ended', unitId, because: 'arrived', reason: null }),
    )
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
