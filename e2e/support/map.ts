import { expect, type Page } from '@playwright/test'
import type { LngLat } from '../../contract/src/index.ts'

/** Colours of the embedded map; ground is where there is none. */
export const MAP_COLOURS = {
  night: { ground: '#0b1115', sea: '#131d24', land: '#212d34' },
  day: { ground: '#d5dadc', sea: '#dbe7ef', land: '#f4f4ef' },
} as const
const TILE_PX = 512
const CLOSEST_ZOOM = 15.5

/** Web Mercator, as the map draws it: unit square, y to the south. */
const mercator = ([lng, lat]: LngLat): [number, number] => {
  const sin = Math.sin((lat * Math.PI) / 180)
  return [lng / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)]
}

/** Where on the page a place lies, from what the map says about where it looks. Null when it is not in view. */
export async function pixelOf(page: Page, place: LngLat): Promise<{ x: number; y: number } | null> {
  const map = page.getByTestId('map')
  const said = await map.evaluate(({ dataset }) => [dataset['lng'], dataset['lat'], dataset['zoom']].map(Number))
  const box = await map.boundingBox()
  const [lng, lat, zoom] = said as [number, number, number]
  if (box === null || !said.every(Number.isFinite)) return null
  const scale = TILE_PX * 2 ** zoom
  const [x, y] = mercator(place)
  const [cx, cy] = mercator([lng, lat])
  const at = { x: box.x + box.width / 2 + (x - cx) * scale, y: box.y + box.height / 2 + (y - cy) * scale }
  const inside = at.x > box.x && at.x < box.x + box.width && at.y > box.y && at.y < box.y + box.height
  return inside ? at : null
}

/** Clicks on the map where a thing is until the inspector is about it; comes closer where others lie over it. */
export async function clickThing(
  page: Page,
  thing: { kind: string; id?: string },
  placeNow: () => Promise<LngLat>,
): Promise<void> {
  const id = thing.id === undefined ? '' : `[data-id="${thing.id}"]`
  const card = page.locator(`[data-testid="inspector"][data-kind="${thing.kind}"]${id}`)
  await expect(async () => {
    const at = await pixelOf(page, await placeNow())
    if (at === null) throw new Error('it is not in view')
    await page.mouse.click(at.x, at.y)
    const hit = await card.waitFor({ timeout: 1500 }).then(
      () => true,
      () => false,
    )
    if (hit) return
    const covered = (await page.locator(`[data-testid="inspector"][data-kind="${thing.kind}"]`).count()) > 0
    const zoom = Number(await page.getByTestId('map').getAttribute('data-zoom'))
    // Another of its kind lies over it: come closer. Too close, and what moves is gone before the click comes.
    if (covered) await page.mouse.wheel(0, -1200)
    else if (zoom > CLOSEST_ZOOM) await page.mouse.wheel(0, 400)
    throw new Error(`${thing.kind} ${thing.id ?? ''} was not under the pointer`)
  }).toPass({ timeout: 60_000, intervals: [250] })
}

/** Distance in metres, good enough for "is it there". */
export function metresBetween(a: LngLat, b: LngLat): number {
  const north = (a[1] - b[1]) * 111_320
  const east = (a[0] - b[0]) * 111_320 * Math.cos((a[1] * Math.PI) / 180)
  return Math.hypot(north, east)
}

/** Where the map looks now. */
export async function centreOf(page: Page): Promise<LngLat> {
  const { lng, lat } = await page
    .getByTestId('map')
    .evaluate(({ dataset }) => ({ lng: Number(dataset['lng']), lat: Number(dataset['lat']) }))
  return [lng, lat]
}

/** Share of the map's pixels that have exactly this colour (`#rrggbb`), looked at in a picture of the page. */
export async function shareOfColour(page: Page, colour: string): Promise<number> {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const rgba = await pixels(page, await page.getByTestId('map').screenshot())
  let hits = 0
  for (let i = 0; i < rgba.length; i += 4) if (rgba[i] === r && rgba[i + 1] === g && rgba[i + 2] === b) hits++
  return hits / (rgba.length / 4)
}

/** Brightness of the tenth brightest pixel in a part of the page, 0 to 255: a stroke, not a speck. */
export async function brightestIn(
  page: Page,
  clip: { x: number; y: number; width: number; height: number },
): Promise<number> {
  const rgba = await pixels(page, await page.screenshot({ clip }))
  const brightness: number[] = []
  for (let i = 0; i < rgba.length; i += 4) brightness.push((rgba[i]! + rgba[i + 1]! + rgba[i + 2]!) / 3)
  return brightness.sort((a, b) => b - a)[9] ?? 0
}

/** Pixels of a PNG, RGBA in rows; the page's own browser decodes it. */
async function pixels(page: Page, png: Buffer): Promise<Buffer> {
  const base64 = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const context = canvas.getContext('2d')!
    context.drawImage(picture, 0, 0)
    const { data: rgba } = context.getImageData(0, 0, picture.width, picture.height)
    let text = ''
    for (let i = 0; i < rgba.length; i += 8192) text += String.fromCharCode(...rgba.subarray(i, i + 8192))
    return btoa(text)
  }, png.toString('base64'))
  return Buffer.from(base64, 'base64')
}
