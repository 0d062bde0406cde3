import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import type { Unit } from '../contract/src/index.ts'
import { readFile } from '../exchange/src/index.ts'
import { accessibilityFaults } from './support/axe.ts'
import * as crew from './support/crew.ts'
import { takeSeat, type Seat } from './support/seat.ts'
import { startSkerry, type Skerry } from './support/skerry.ts'

const IPP: [number, number] = [122.386, 30.0]

async function openSearch(coordinator: Seat): Promise<{ incidentId: string; searchId: string }> {
  const nowMs = Date.now()
  const subject = {
    category: 'dementia',
    lastKnownAtMs: nowMs - 7_200_000,
    lastKnownPosition: IPP,
    description: '深蓝色外套',
  }
  const made = await coordinator.give({
    type: 'incident.report',
    category: 'missing-person',
    priority: 'critical',
    position: IPP,
    place: '普陀山后山',
    text: '老人未归',
    occurredAtMs: nowMs - 7_200_000,
    subject,
  })
  const incidentId = made.created[0]!.id
  const setup = {
    category: 'dementia',
    terrain: 'mountain',
    planningPoint: IPP,
    halfSizeM: 1500,
    cellM: 30,
    shoreShare: 0.3,
  } as const
  const opened = await coordinator.give({ type: 'search.open', incidentId, setup })
  return { incidentId, searchId: opened.created.find(({ kind }) => kind === 'search')!.id }
}

/** A team that no terminal speaks for: its receiver is read afterwards. */
async function aTeamWithoutTerminal(skerry: Skerry, coordinator: Seat): Promise<Unit> {
  const admin = await takeSeat(skerry, 'admin')
  const made = await admin.post('/api/feeds', { id: 'volunteers', scopes: ['roster'] })
  const { token } = (await made.json()) as { token: string }
  const unit = {
    id: 'vol-1',
    callSign: '民安一队',
    agency: 'volunteers',
    kind: 'ground-team',
    skills: [],
    onDuty: true,
  }
  const answer = await fetch(`${skerry.url}/api/intake/roster`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ units: [unit] }),
  })
  expect(answer.ok, await answer.text()).toBe(true)
  // Long enough on duty to have walked some steps.
  await expect.poll(() => coordinator.all('unit').then((all) => all.some(({ id }) => id === unit.id))).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 20_000))
  return (await coordinator.all('unit')).find(({ id }) => id === unit.id)!
}

/** Waypoint, route and the track of a team since a moment, as a hand-held receiver writes them. */
function gpx(team: string, fromMs: number): string {
  const stepMs = (Date.now() - fromMs) / 40
  // At a walk: what is faster is not searched on foot, and does not count.
  const stepDeg = ((stepMs / 1000) * 1.2) / 111_000
  const iso = (i: number): string => new Date(fromMs + i * stepMs).toISOString()
  const points = Array.from(
    { length: 40 },
    (_, i) => `<trkpt lat="${30 + i * stepDeg}" lon="122.386"><ele>40</ele><time>${iso(i)}</time></trkpt>`,
  )
  return (
    `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">` +
    `<wpt lat="30.002" lon="122.388"><time>${iso(10)}</time><name>布鞋</name><desc>左脚，联系13800138000</desc></wpt>` +
    `<rte><name>石阶</name><rtept lat="30" lon="122.386"/><rtept lat="30.003" lon="122.389"/></rte>` +
    `<trk><name>${team} 下午</name><trkseg>${points.join('')}</trkseg></trk></gpx>`
  )
}
const KML = `<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><name>别处</name></NetworkLink><Placemark><name>北坡</name><Polygon><outerBoundaryIs><LinearRing><coordinates>122.386,30.001 122.39,30.001 122.39,30.004 122.386,30.004 122.386,30.001</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>`
const buffer = (text: string) => Buffer.from(text)

/** Drops a file on the page, as a hand does. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content!], fileName!))
      return transfer
    },
    [name, text],
  )
  for (const type of ['dragenter', 'dragover'] as const) await page.dispatchEvent('body', type, { dataTransfer: data })
  await expect(page.getByTestId('drop-here')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
}

test('files come in after a look at them, and a search goes out in every format', async ({ browser }) => {
  test.setTimeout(5 * 60_000)
  const skerry = await startSkerry({ seed: 5 })
  try {
    const coordinator = await takeSeat(skerry, 'coordinator')
    const { incidentId, searchId } = await openSearch(coordinator)
    const team = await aTeamWithoutTerminal(skerry, coordinator)
    const page = await crew.signIn(browser, skerry, 'coordinator')
    await page.goto(`${skerry.url}/#/search/${incidentId}`)
    await expect(page.getByTestId('files')).toBeVisible({ timeout: 60_000 })

    await test.step('a file that cannot be read says why', async () => {
      const bomb = '<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><gpx>&b;</gpx>'
      await page
        .getByTestId('import-file')
        .setInputFiles({ name: 'bomb.gpx', mimeType: 'text/xml', buffer: buffer(bomb) })
      await expect(page.getByTestId('import-fault')).toContainText('DOCTYPE')
      await page.getByTestId('import-close').click()
    })
    await test.step('a receiver’s file is looked at, and taken over', async () => {
      // A receiver goes on before its team is on duty: those positions are not taken.
      const sinceMs = team.duty!.at(-1)!.fromMs + 1
      await page
        .getByTestId('import-file')
        .setInputFiles({ name: 'team.gpx', mimeType: 'text/xml', buffer: buffer(gpx(team.callSign, sinceMs)) })
      await expect(page.getByTestId('import-row')).toHaveCount(3)
      await expect(page.getByTestId('import-unit')).toHaveValue(team.id)
      await page.getByTestId('import-as-point').selectOption('clue')
      await expect(page.getByTestId('import-trust')).toBeVisible()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.screenshot({ path: test.info().outputPath('import.png') })
      await page.getByTestId('import-take').click()
      await expect(page.getByTestId('import-outcome')).toContainText('已收下 3 个', { timeout: 60_000 })
      await page.getByTestId('import-close').click()
      await expect(page.getByTestId('team-track')).toHaveCount(1)
      await expect(page.getByTestId('drawing')).toContainText('石阶')
      await expect(page.getByTestId('sighting-1')).toContainText('[***]')
      const [search] = (await coordinator.all('search')).filter(({ id }) => id === searchId)
      expect(search).toMatchObject({ teamTracks: [{ unitId: team.id, points: 40 }], drawings: [{ name: '石阶' }] })
    })
    await test.step('the imported track counts for a segment once somebody answers for it', async () => {
      const area = [[122.3855, 29.9995], [122.3865, 29.9995], [122.3865, 30.0015], [122.3855, 30.0015]] as [number, number][] // oxfmt-ignore
      await coordinator.give({ type: 'search.add-segment', searchId, name: '石阶西侧', area })
      const card = page.getByTestId('segment-1')
      await card.getByTestId('segment-searched').click()
      const form = page.getByTestId('searched-form')
      await expect(form.getByTestId('searched-unit')).toHaveValue(team.id)
      await expect(form.getByTestId('searched-track')).not.toHaveValue('')
      await form.getByTestId('searched-sure').check()
      await form.getByTestId('searched-confirm').click()
      await expect(card.getByTestId('effort')).toBeVisible()
      const [search] = (await coordinator.all('search')).filter(({ id }) => id === searchId)
      expect(search!.efforts).toMatchObject([{ unitId: team.id, from: 'imported' }])
    })
    await test.step('a file that is dropped becomes a zone, and what was left out is said', async () => {
      await drop(page, 'areas.kml', KML)
      await expect(page.getByTestId('import-left')).toContainText('别处')
      await page.getByTestId('import-as-polygon').selectOption('zone')
      await page.getByTestId('import-take').click()
      await expect(page.getByTestId('import-outcome')).toContainText('已收下 1 个', { timeout: 60_000 })
      await page.getByTestId('import-close').click()
      expect((await coordinator.all('zone')).map(({ name }) => name)).toContain('北坡')
    })
    await test.step('the search goes out, and is read back', async () => {
      await page.getByTestId('export-menu').locator('summary').click()
      await page.getByTestId('export-part-zones').check()
      expect(await accessibilityFaults(page)).toEqual([])
      for (const format of ['geojson', 'kml', 'kmz', 'gpx']) {
        const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(`export-${format}`).click()])
        expect(file.suggestedFilename()).toMatch(new RegExp(`^skerry-search-\\d+\\.${format}$`))
        const read = readFile(readFileSync(await file.path()))
        if (!read.ok) throw new Error(`${format}: ${read.fault}`)
        expect(read.file).toMatchObject({ format, left: [] })
        const names = read.file.things.map(({ name }) => name)
        for (const name of ['搜索起点', `${team.callSign} 轨迹`, '石阶', '物证 1', '北坡'])
          expect(names).toContain(name)
      }
      await page.getByTestId('export-lang').selectOption('en')
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-kml').click()])
      expect(readFileSync(await file.path(), 'utf8')).toContain('<name>Planning point</name>')
      await page.screenshot({ path: test.info().outputPath('export.png') })
    })
    await page.getByTestId('drawing').locator('summary').click()
    await page.getByTestId('drawing-why').fill('画错了')
    await page.getByTestId('drawing-remove').click()
    await expect(page.getByTestId('drawing')).toHaveCount(0)
    expect(crew.pageErrors).toEqual([])
    expect(crew.strayRequests).toEqual([])
  } catch (error) {
    console.log(skerry.output())
    throw error
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await skerry.dispose()
  }
})
