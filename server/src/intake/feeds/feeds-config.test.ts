import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFeedsConfig } from './feeds-config.ts'

const source = { source: 'P-101', unit: 'P-101', keySha256: 'a'.repeat(64) }
const phones = {
  name: 'phones',
  protocol: 'owntracks-http',
  kind: 'http-listen',
  at: '0.0.0.0:8083',
  sources: [source],
}
const read = (...feeds: object[]) => readFeedsConfig(JSON.stringify({ feeds }))

describe('the feeds file', () => {
  it('fills in limits, silence and datum', () => {
    expect(read(phones).feeds[0]).toMatchObject({
      at: { host: '0.0.0.0', port: 8083 },
      datum: 'wgs84',
      quietS: 600,
      limits: { messageBytes: 65_536, peerPerS: 500, feedPerS: 5000, connections: 500 },
    })
  })
  it.each([
    ['feeds[0].protocol: must be one of owntracks-http, osmand, nmea', { ...phones, protocol: 'carrier-pigeon' }],
    ['feeds[0].at: must be HOST:PORT, e.g. 0.0.0.0:5055', { ...phones, at: '8083' }],
    ['feeds[0].datum: must be one of wgs84, gcj02, bd09', { ...phones, datum: 'beijing54' }],
    ['feeds[0].sources: must name at least one source', { ...phones, sources: [] }],
    ['feeds[0].sources[0].keySha256: must be 64 hexadecimal', { ...phones, sources: [{ ...source, keySha256: 'x' }] }],
    ['feeds[0].sources[1].source: is declared twice', { ...phones, sources: [source, source] }],
    ['feeds[0].from[1]: must be an address or network', { ...phones, from: ['10.0.0.0/8', 'everybody'] }],
    ['feeds[0]: Unrecognized key: "password"', { ...phones, password: 'p' }],
  ])('is refused with one line that names the field: %s', (line, feed) => {
    expect(() => read(feed)).toThrow(line)
    expect(() => read(feed)).toThrow(/^[^\n]+$/)
  })
  it('takes each name once, and is JSON', () => {
    expect(() => read(phones, phones)).toThrow('feeds[1].name: is taken by another')
    expect(() => readFeedsConfig('{"feeds": [')).toThrow(/^is not JSON: [^\n]+$/)
    expect(() => readFeedsConfig('{"feeds": []}')).toThrow('feeds: must declare at least one feed')
  })
  it('is read as it stands in every guide', () => {
    const guides = path.resolve(import.meta.dirname, '../../../../docs/guides/feeds')
    const examples = readdirSync(guides).flatMap((file) =>
      [...readFileSync(path.join(guides, file), 'utf8').matchAll(/```json feeds\n([^]+?)```/g)].map(
        (match): [string, string] => [file, match[1]!],
      ),
    )
    expect(examples.length).toBeGreaterThan(0)
    for (const [file, text] of examples) expect(() => readFeedsConfig(text), file).not.toThrow()
  })
})
