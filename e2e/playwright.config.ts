import { defineConfig } from '@playwright/test'

// Flags for a machine without a GPU and without any network but its own.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]

/** Journeys of which no drone flies far: they mostly wait for the clock, so that `npm test` runs them beside the others. */
const PATIENT = [
  'acts',
  'administer',
  'alarms',
  'broken-off',
  'checkpoints',
  'consignments',
  'cover',
  'dispatch',
  'distance-tables',
  'forecast',
  'gallery',
  'history',
  'lifecycle',
  'wall',
  'warnings',
  'zones',
].map((name) => `${name}.spec.ts`)
/** `patient` or `busy`: those alone, or all others; all, where nothing is said. */
const group = process.env['SKERRY_BROWSER']

export default defineConfig({
  testDir: '.',
  testMatch: group === 'patient' ? PATIENT : '*.spec.ts',
  // On request: pictures for the documentation (SKERRY_SCREENSHOTS=1), a wall for some minutes (SKERRY_SOAK_MIN=5).
  testIgnore: [
    ...(group === 'busy' ? PATIENT : []),
    ...(process.env['SKERRY_SCREENSHOTS'] === '1' ? [] : ['screenshots.spec.ts']),
    ...(process.env['SKERRY_SOAK_MIN'] === undefined ? ['wall-soak.spec.ts'] : []),
  ],
  workers: 1,
  // A second try tells a race in a test from a fault of the product. One that needed it is named at the end, to be mended.
  retries: 1,
  timeout: 12 * 60_000,
  expect: { timeout: 45_000 },
  outputDir: `../test-results/${group ?? 'all'}`,
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ?? '../test-results/report.json' }],
  ],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'off',
    screenshot: 'only-on-failure',
    // What cannot be pressed is named by the step that waits for it, not by the clock of the whole test.
    actionTimeout: 120_000,
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS },
  },
})
