import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DEFAULT_DICTIONARY, DEFAULT_RETENTION } from '@skerry/contract'
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
      dictionary: DEFAULT_DICTIONARY,
      crossingsFile: null,
      layersFile: null,
      terrainFile: null,
      roadRouterUrl: null,
      warningSender: null,
      retention: DEFAULT_RETENTION,
      tracks: { wholeMs: 86_400_000, keptMs: 2_592_000_000, thinning: { toleranceM: 15, mostGapMs: 60_000 } },
      cameras: [],
      exposure: { configured: false, places: [] },
      flowFile: null,
      holidaysFile: null,
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
    ['tracks kept for no time', { SKERRY_TRACK_DAYS: '0' }, 'SKERRY_TRACK_DAYS'],
    ['another database', { DATABASE_URL: 'mysql://secret-host' }, 'DATABASE_URL'],
    ['a sender of warnings with a comma', { SKERRY_CAP_SENDER: 'a,secret-b' }, 'SKERRY_CAP_SENDER'],
    ['a demo that is no JSON', { SKERRY_DEMO: '{secret-demo' }, 'SKERRY_DEMO'],
    ['a demo with an unknown role', { SKERRY_DEMO: '{"accounts":[{"role":"secret-king"}],"feeds":[]}' }, 'SKERRY_DEMO'],
  ])('stop the start with one line on %s, without the value', (_, change, name) => {
    const attempt = () => readConfig({ ...good, ...change })
    expect(attempt).toThrow(ConfigError)
    expect(attempt).toThrow(new RegExp(`^${name}[^\\n]+$`))
    expect(attempt).not.toThrow(/secret-/)
  })
  it('read the dictionary, and stop on a fault of it with its file, its field and what it must be', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'skerry-dictionary-')), 'words.json')
    const read = (text: string) => {
      writeFileSync(file, text)
      return readConfig({ ...good, SKERRY_DICTIONARY: file }).dictionary
    }
    const support = [{ id: 'crane', name: { zh: '吊车', en: 'Crane' }, acceptWithinMin: 5, arriveWithinMin: 60 }]
    expect(read(JSON.stringify({ support }))).toEqual({ ...DEFAULT_DICTIONARY, support })
    const [first, ...others] = DEFAULT_DICTIONARY.levels
    const levels = [{ ...first!, shape: 'circle' }, ...others]
    expect(() => read(JSON.stringify({ levels }))).toThrow(
      `${file}: levels[2].shape: another level has it: nobody may have to see the colour`,
    )
    expect(() => read('{"lvels":[]}')).toThrow(`${file}: the file: Unrecognized key: "lvels"`)
    expect(() => read('{')).toThrow(`${file}: is not JSON`)
    expect(() => readConfig({ ...good, SKERRY_DICTIONARY: '/nowhere.json' })).toThrow('cannot be read: ENOENT')
  })
  it('read how long closed cases are kept, and stop on a fault of it with its file, its field and what it must be', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'skerry-retention-')), 'retention.json')
    const read = (text: string) => {
      writeFileSync(file, text)
      return readConfig({ ...good, SKERRY_RETENTION: file }).retention
    }
    expect(read('{"personDays":30}')).toEqual({ ...DEFAULT_RETENTION, personDays: 30 })
    for (const [text, fault] of [
      ['{"personDay":30}', 'the file: Unrecognized key: "personDay"'],
      ['{"personDays":"30"}', 'personDays: must be a number of days'],
      ['{"personDays":0}', 'personDays: must be at least 1 day'],
      ['{"tracksDays":1.5}', 'tracksDays: must be whole days'],
      ['{"actsDays":90}', 'personDays: must not be longer than actsDays (90)'],
    ] as const)
      expect(() => read(text)).toThrow(`${file}: ${fault}`)
  })
})
