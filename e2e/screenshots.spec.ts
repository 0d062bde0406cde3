import { test } from '@playwright/test'
import { takeScreenshots } from './support/screenshots.ts'
import { startSkerry } from './support/skerry.ts'

test('pictures of every workplace for the documentation', async ({ browser }) => {
  const skerry = await startSkerry({ seed: 8, speed: 3 })
  try {
    await takeScreenshots(browser, skerry)
  } finally {
    await skerry.dispose()
  }
})
