import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,basemap,search,layers,mavlink-bridge,server,web,mocks,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'threads',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
