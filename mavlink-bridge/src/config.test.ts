import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from './config.ts'
import { udpOnly } from './links/links-config.ts'

const good = { SKERRY_SERVER_URL: 'http://127.0.0.1:8080/', SKERRY_BRIDGE_TOKEN: 'a-token-of-16-chars' }

it('fills in what is not set', () => {
  expect(readSettings(good)).toEqual({
    serverUrl: 'http://127.0.0.1:8080',
    token: 'a-token-of-16-chars',
    bridgeId: 'main',
    links: udpOnly({ host: '0.0.0.0', port: 14_550 }),
    linksFolder: process.cwd(),
    dataFolder: null,
    deadmanMs: 15_000,
    holderGoneMs: 600_000,
    setsWhileArmed: false,
    terrainFile: null,
  })
})

it.each([
  ['SKERRY_SERVER_URL', { SKERRY_SERVER_URL: undefined }],
  ['SKERRY_SERVER_URL', { SKERRY_SERVER_URL: 'ftp://x' }],
  ['SKERRY_BRIDGE_TOKEN', { SKERRY_BRIDGE_TOKEN: undefined }],
  ['SKERRY_BRIDGE_TOKEN', { SKERRY_BRIDGE_TOKEN: 'short' }],
  ['SKERRY_BRIDGE_ID', { SKERRY_BRIDGE_ID: 'Main Bridge' }],
  ['SKERRY_MAVLINK_UDP', { SKERRY_MAVLINK_UDP: '14550' }],
  ['SKERRY_DEADMAN_MS', { SKERRY_DEADMAN_MS: 'soon' }],
  ['SKERRY_DEADMAN_MS', { SKERRY_DEADMAN_MS: '100' }],
  ['SKERRY_PARAMS_WHILE_ARMED', { SKERRY_PARAMS_WHILE_ARMED: 'true' }],
])('names %s in one line when it is wrong: %o', (name, wrong) => {
  expect(() => readSettings({ ...good, ...wrong })).toThrow(new RegExp(`^${name}: [^\\n]+$`))
})

it('lets parameters be set in the air only where that is said', () => {
  expect(readSettings({ ...good, SKERRY_PARAMS_WHILE_ARMED: 'allow' }).setsWhileArmed).toBe(true)
  expect(readSettings({ ...good, SKERRY_PARAMS_WHILE_ARMED: 'refuse' }).setsWhileArmed).toBe(false)
})

it('reads the links from a file, and names the field of the file that is wrong', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'skerry-links-'))
  const file = path.join(folder, 'links.json')
  const env = { ...good, SKERRY_MAVLINK_LINKS: file }
  expect(() => readSettings(env)).toThrow(`SKERRY_MAVLINK_LINKS: ${file} cannot be read: ENOENT`)
  writeFileSync(file, JSON.stringify({ links: [{ name: 'radio', kind: 'serial', device: '/dev/ttyUSB0' }] }))
  expect(readSettings(env)).toMatchObject({ links: { links: [{ name: 'radio', baud: 57_600 }] }, linksFolder: folder })
  writeFileSync(
    file,
    JSON.stringify({ links: [{ name: 'radio', kind: 'serial', device: '/dev/ttyUSB0', baud: '57600' }] }),
  )
  expect(() => readSettings(env)).toThrow(/^[^\n]*links\.json: links\[0\]\.baud: [^\n]+$/)
  rmSync(folder, { recursive: true })
})

it('never repeats a secret', () => {
  expect(() => readSettings({ ...good, SKERRY_BRIDGE_TOKEN: 'hush' })).toThrow(/^(?!.*hush)/)
})
