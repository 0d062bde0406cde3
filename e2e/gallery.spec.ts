import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'

const ROOT = path.join(import.meta.dirname, '..')
const DOCS = path.join(ROOT, 'docs', 'layers')
const THEMES = ['night', 'day'] as const

/** Serves the gallery as `npm run gallery` does, and says where. */
async function serveGallery(): Promise<{ url: string; stop: () => Promise<void> }> {
  const layers = path.join(ROOT, 'layers')
  const vite = path.join(layers, 'node_modules', 'vite', 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, 'gallery', '--host', '127.0.0.1', '--clearScreen', 'false'], {
    cwd: layers,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (bytes: Buffer): void => {
      said += bytes.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', () => reject(new Error(`the gallery ended: ${said}`)))
  })
  return {
    url,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/** How the map looks with nothing drawn on it. */
async function emptyMap(page: Page): Promise<Buffer> {
  const style = await page.addStyleTag({ content: '#map canvas { visibility: hidden }' })
  const picture = await page.locator('#map').screenshot()
  await style.evaluate((element) => (element as HTMLElement).remove())
  return picture
}

test('the gallery draws every layer in both themes and tells its props', async ({ browser }) => {
  const gallery = await serveGallery()
  const page = await browser.newPage({ viewport: { width: 800, height: 640 } })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  try {
    await page.goto(gallery.url)
    const links = page.locator('nav a')
    await expect(links.nth(1)).toBeVisible()
    const names = (await links.allTextContents()).slice(1)
    expect(names.length).toBeGreaterThan(15)
    const map = page.locator('#map')
    const blank = new Map<string, Buffer>()
    for (const name of names) {
      for (const theme of THEMES) {
        await page.goto(`${gallery.url}#${name}/${theme}`)
        await expect(page.locator('#about h2')).toHaveText(name)
        expect(await page.locator('#about td').count()).toBeGreaterThan(3)
        // Drawn: the picture stays the same for two looks, and is not that of an empty map.
        let last: Buffer = Buffer.alloc(0)
        await expect
          .poll(
            async () => {
              const now = await map.screenshot()
              const same = now.equals(last)
              last = now
              return same
            },
            { intervals: [300] },
          )
          .toBe(true)
        blank.set(theme, blank.get(theme) ?? (await emptyMap(page)))
        expect(last.equals(blank.get(theme)!), `${name} ${theme} draws nothing`).toBe(false)
        if (process.env['SKERRY_SCREENSHOTS'] === '1') {
          mkdirSync(DOCS, { recursive: true })
          await map.screenshot({ path: path.join(DOCS, `${name}-${theme}.png`) })
        }
      }
    }
    expect(errors).toEqual([])
  } finally {
    await page.close()
    await gallery.stop()
  }
})
