import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,basemap,exchange,terrain,search,layers,mavlink-bridge,server,web,mocks,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'threads',
    // By default one processor is left idle; on a machine with two that is half of them.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A poll waits for something to happen; how long that takes on a busy machine says nothing.
    expect: { poll: { timeout: 60_000 } },
  },
})
