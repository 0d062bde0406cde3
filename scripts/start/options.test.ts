import { describe, expect, it } from 'vitest'
import { BadOption, parseOptions } from './options.ts'

const parse = (...args: string[]) => parseOptions(args, '/here', '/root')

describe('options of npm start', () => {
  it('has a demo on the usual ports by default', () => {
    expect(parse()).toEqual({
      live: false,
      dataDir: '/root/data',
      host: '127.0.0.1',
      port: 8080,
      mavlink: { host: '0.0.0.0', port: 14550 },
      linksFile: null,
      feedsFile: null,
      terrainFile: null,
      seed: 8,
      speed: 1,
      surge: null,
      autopilot: 'ardupilot',
    })
  })
  it('keeps live data apart from demo data', () => {
    expect(parse('--live')).toMatchObject({ live: true, dataDir: '/root/data-live' })
  })
  it('takes a data folder relative to where the command was given', () => {
    expect(parse('--data', 'mine')).toMatchObject({ dataDir: '/here/mine' })
  })
  it('takes a host before the MAVLink port', () => {
    expect(parse('--mavlink-udp', '127.0.0.1:15000')).toMatchObject({ mavlink: { host: '127.0.0.1', port: 15000 } })
  })
  it('takes a file of feeds for a live city, relative to where the command was given', () => {
    expect(parse('--live', '--feeds', 'feeds.json')).toMatchObject({ feedsFile: '/here/feeds.json' })
  })
  it('takes a file of links for live drones, relative to where the command was given', () => {
    expect(parse('--live', '--links', 'links.json')).toMatchObject({ linksFile: '/here/links.json' })
  })
  it('takes a file of terrain, in the demo too, relative to where the command was given', () => {
    expect(parse('--terrain', 'terrain.json')).toMatchObject({ terrainFile: '/here/terrain.json' })
  })
  it('takes what the drones of the demo city are', () => {
    expect(parse('--autopilot', 'both')).toMatchObject({ autopilot: 'both' })
  })
  it.each([
    [['--links', 'links.json']],
    [['--feeds', 'feeds.json']],
    [['--live', '--surge', 'wugongzhi']],
    [['--live', '--links', 'links.json', '--mavlink-udp', '14550']],
    [['--port', '0']],
    [['--port', '80a']],
    [['--port', '70000']],
    [['--live', '--autopilot', 'both']],
    [['--autopilot', 'apm']],
    [['--speed', '0']],
    [['--speed', 'fast']],
    [['--seed', '-1']],
    [['--mavlink-udp', 'x']],
    [['--nonsense']],
    [['stray']],
    [['--live', '--seed', '3']],
  ])('refuses %j in one line', (args) => {
    const attempt = () => parse(...args)
    expect(attempt).toThrow(BadOption)
    expect(attempt).toThrow(/^[^\n]+$/)
  })
})
