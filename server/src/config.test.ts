import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const good = { SKERRY_BRIDGE_TOKEN: 'a-secret-of-enough-length', SKERRY_DATA: '/var/skerry' }

describe('settings', () => {
  it('are few, and keep the store in the data folder by default', () => {
    expect(readConfig(good)).toEqual({
      host: '127.0.0.1',
      port: 8080,
      storeUrl: 'sqlite:/var/skerry/skerry.db',
      bridgeToken: 'a-secret-of-enough-length',
      webDir: null,
      crossingsFile: null,
      roadRouterUrl: null,
      demo: null,
      feeds: null,
    })
    expect(readConfig({ ...good, DATABASE_URL: 'postgres://h/db' }).storeUrl).toBe('postgres://h/db')
    expect(Object.isFrozen(readConfig(good))).toBe(true)
  })
  it.each([
    ['no bridge secret', { SKERRY_BRIDGE_TOKEN: undefined }, 'SKERRY_BRIDGE_TOKEN'],
    ['a short one', { SKERRY_BRIDGE_TOKEN: 'short-secret' }, 'SKERRY_BRIDGE_TOKEN'],
    ['a bad port', { SKERRY_PORT: '80a' }, 'SKERRY_PORT'],
    ['a port that does not exist', { SKERRY_PORT: '70000' }, 'SKERRY_PORT'],
    ['another database', { DATABASE_URL: 'mysql://secret-host' }, 'DATABASE_URL'],
    ['a demo that is no JSON', { SKERRY_DEMO: '{secret-demo' }, 'SKERRY_DEMO'],
    ['a demo with an unknown role', { SKERRY_DEMO: '{"accounts":[{"role":"secret-king"}],"feeds":[]}' }, 'SKERRY_DEMO'],
  ])('stop the start with one line on %s, without the value', (_, change, name) => {
    const attempt = () => readConfig({ ...good, ...change })
    expect(attempt).toThrow(ConfigError)
    expect(attempt).toThrow(new RegExp(`^${name}[^\\n]+$`))
    expect(attempt).not.toThrow(/secret-/)
  })
})
