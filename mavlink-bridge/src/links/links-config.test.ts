import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readLinksConfig } from './links-config.ts'

const whole = {
  links: [
    { name: 'wifi', kind: 'udp-listen', at: '0.0.0.0:14550' },
    { name: 'lte', kind: 'udp-dial', to: 'drone-7.local:14555', unsigned: 'read-only' },
    { name: 'sim', kind: 'tcp-dial', to: '[::1]:5760' },
    { name: 'relay', kind: 'tcp-listen', at: '127.0.0.1:0' },
    { name: 'radio', kind: 'serial', device: '/dev/ttyUSB0', baud: 57_600, bytesPerS: 2800 },
  ],
  stations: [{ name: 'qgc', kind: 'udp-dial', to: '127.0.0.1:14551', control: true }],
  redundant: [{ vehicles: [1, 2], links: ['lte', 'radio'] }],
  signing: { keys: [{ name: 'fleet', file: 'fleet.key' }], unsigned: 'refuse' },
  recording: { fileMegabytes: 10, totalMegabytes: 100 },
}
const faultOf = (change: object): string => {
  try {
    readLinksConfig(JSON.stringify({ ...whole, ...change }))
    return 'taken'
  } catch (error) {
    return (error as Error).message
  }
}

describe('the file of links', () => {
  it('declares links of every kind, stations, redundancy, keys and recording', () => {
    const config = readLinksConfig(JSON.stringify(whole))
    expect(config.links[0]).toEqual({
      name: 'wifi',
      kind: 'udp-listen',
      at: { host: '0.0.0.0', port: 14_550 },
      bytesPerS: null,
    })
    expect(config.links[4]).toMatchObject({ device: '/dev/ttyUSB0', flowControl: false, bytesPerS: 2800 })
    expect(config.stations[0]).toMatchObject({ control: true })
  })

  it('gives a station no control, records every link and signs nothing unless it says otherwise', () => {
    const { links, stations, ...defaults } = readLinksConfig(
      JSON.stringify({ links: whole.links, stations: [{ name: 'qgc', kind: 'udp-dial', to: '127.0.0.1:14551' }] }),
    )
    expect(links).toHaveLength(5)
    expect(stations[0]?.control).toBe(false)
    expect(defaults).toEqual({ redundant: [], signing: null, recording: { fileMegabytes: 64, totalMegabytes: 1024 } })
  })

  it.each([
    [{ links: [] }, /^links: must declare at least one link$/],
    [{ links: [{ name: 'a', kind: 'bluetooth' }] }, /^links\[0\]\.kind: /],
    [{ links: [{ name: 'a', kind: 'udp-listen', at: '14550' }] }, /^links\[0\]\.at: must be HOST:PORT/],
    [{ links: [{ name: 'a', kind: 'tcp-dial', to: 'x:0' }] }, /^links\[0\]\.to: must name a port above 0$/],
    [
      { links: [{ name: 'Radio 1', kind: 'serial', device: '/dev/x' }] },
      /^links\[0\]\.name: must be 1 to 20 lower-case/,
    ],
    [{ links: [{ name: 'a', kind: 'serial', device: '/dev/x', speed: 9 }] }, /^links\[0\]: .*speed/],
    [
      { links: [{ name: 'a', kind: 'serial', device: '/dev/x', bytesPerS: 5 }] },
      /^links\[0\]\.bytesPerS: must be at least/,
    ],
    [{ stations: [{ name: 'wifi', kind: 'udp-dial', to: 'x:1' }] }, /^links: two are named wifi$/],
    [
      {
        links: [
          { name: 'a', kind: 'udp-listen', at: '0.0.0.0:14550' },
          { name: 'b', kind: 'udp-listen', at: '0.0.0.0:14550' },
        ],
        redundant: [],
        stations: [],
      },
      /^links: a and b are both on udp-listen 0\.0\.0\.0:14550$/,
    ],
    [
      {
        links: [{ name: 'a', kind: 'serial', device: '/dev/ttyUSB0' }],
        redundant: [],
        stations: [{ name: 'b', kind: 'serial', device: '/dev/ttyUSB0' }],
      },
      /^links: a and b are both on serial \/dev\/ttyUSB0$/,
    ],
    [{ redundant: [{ vehicles: [1], links: ['lte', 'gone'] }] }, /^redundant\[0\]\.links: there is no link gone$/],
    [{ redundant: [{ vehicles: [1], links: ['lte'] }] }, /^redundant\[0\]\.links: must name at least two links$/],
    [{ redundant: [{ vehicles: [1, 1], links: ['lte', 'wifi'] }] }, /^redundant\[0\]\.vehicles: vehicle 1 is declared/],
    [{ redundant: [{ vehicles: [255], links: ['lte', 'wifi'] }] }, /^redundant\[0\]\.vehicles\[0\]: /],
    [
      {
        signing: {
          keys: [
            { name: 'a', file: 'a' },
            { name: 'b', file: 'b' },
          ],
        },
      },
      /^signing\.keys\[1\]\.vehicles: a already signs/,
    ],
    [{ signing: { keys: [{ name: 'a', file: 'k', key: '00ff' }] } }, /^signing\.keys\[0\]: /],
    [{ colour: 1 }, /^the file: .*colour/],
  ])('refuses %j in one line that names the field', (change, why) => {
    expect(faultOf(change)).toMatch(why)
    expect(faultOf(change)).not.toContain('\n')
  })

  it('is as the guide shows it', () => {
    const guide = readFileSync(new URL('../../../docs/guides/connect-a-drone.md', import.meta.url), 'utf8')
    const example = /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
    expect(readLinksConfig(example).links.map(({ kind }) => kind)).toEqual(whole.links.map(({ kind }) => kind))
  })

  it('says where the JSON breaks', () => {
    expect(() => readLinksConfig('{"links": [')).toThrow(/^is not JSON: [^\n]+$/)
  })
})
