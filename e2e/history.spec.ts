import { expect, test } from '@playwright/test'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DEFAULT_DICTIONARY } from '../contract/src/dictionary-default.ts'
import * as crew from './support/crew.ts'
import { takeSeat } from './support/seat.ts'
import { startSkerry } from './support/skerry.ts'

test('a closed incident leaves the picture for the history, and is found there with its timeline and its search', async ({
  browser,
}) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'skerry-e2e-history-'))
  const dictionary = path.join(folder, 'dictionary.json')
  await writeFile(dictionary, JSON.stringify({ roomTimes: { ...DEFAULT_DICTIONARY.roomTimes, keepClosedH: 0 } }))
  const skerry = await startSkerry({ seed: 8, speed: 0.2, env: { SKERRY_DICTIONARY: dictionary } })
  try {
    const desk = await takeSeat(skerry, 'dispatcher')
    const lead = await takeSeat(skerry, 'coordinator')
    const place = [122.2, 30.02] as [number, number]
    const occurredAtMs = Date.now() - 3_600_000
    const reported = async (name: string, missing: boolean): Promise<string> => {
      const subject = {
        category: 'dementia',
        lastKnownAtMs: occurredAtMs,
        lastKnownPosition: place,
        description: '蓝衣',
      }
      const { created } = await desk.give({
        type: 'incident.report',
        category: missing ? 'missing-person' : 'other',
        priority: 'critical',
        position: place,
        place: name,
        text: '老人未归',
        occurredAtMs,
        subject: missing ? subject : null,
      })
      return created.find(({ kind }) => kind === 'incident')!.id
    }
    const id = await reported('定海 黄杨尖', true)
    const setup = {
      category: 'dementia',
      terrain: 'mountain',
      planningPoint: place,
      halfSizeM: 1000,
      cellM: 50,
      shoreShare: 0,
    } as const
    const { created } = await lead.give({ type: 'search.open', incidentId: id, setup })
    const searchId = created.find(({ kind }) => kind === 'search')!.id
    await lead.give({ type: 'search.confirm-found', searchId, candidateId: null, position: place, outcome: 'well' })
    await desk.give({ type: 'incident.close', incidentId: id, outcome: '已找到，平安' })
    await reported('另一起', false)
    const live = async (): Promise<boolean> => (await desk.all('incident')).some((incident) => incident.id === id)
    await expect.poll(live, { timeout: 120_000, intervals: [2000] }).toBe(false)

    const page = await crew.signIn(browser, skerry, 'coordinator')
    await page.goto(`${skerry.url}/#/review`)
    const past = page.getByTestId('review-past')
    await past.getByTestId('past-find').fill('黄杨尖')
    const line = past.locator(`[data-testid="review-incident"][data-id="${id}"]`)
    await expect(line).toBeVisible()
    await expect(past.getByTestId('review-incident')).toHaveCount(1)
    await line.click()
    await expect(page.getByTestId('timeline').locator('[data-event="incident.closed"]')).toContainText('已找到，平安')
    await expect(page.getByTestId('export-html')).toBeVisible()
    const looks = process.env['SKERRY_LOOK']
    if (looks !== undefined) await page.screenshot({ path: `${looks}/history-review.png` })

    await page.getByTestId('review-search').click()
    await expect(page.getByTestId('search-past')).toBeVisible()
    await expect(page.locator('section.left')).toContainText('黄杨尖')
    if (looks !== undefined) await page.waitForTimeout(4000)
    if (looks !== undefined) await page.screenshot({ path: `${looks}/history-search.png` })
    // The figures count it as before.
    const kpis = (await (await desk.get(`/api/kpis?fromMs=${occurredAtMs}`)).json()) as { recovery: { early: number } }
    expect(kpis.recovery.early).toBe(1)
    expect(crew.pageErrors).toEqual([])
    expect(crew.strayRequests).toEqual([])
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
    await rm(folder, { recursive: true, force: true })
  }
})
