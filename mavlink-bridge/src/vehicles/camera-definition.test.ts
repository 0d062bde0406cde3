import { describe, expect, it } from 'vitest'
import { definitionPath, readCameraDefinition } from './camera-definition.ts'

const file = (parameters: string, more = ''): string =>
  `<mavlinkcamera><definition version="1"/><parameters>${parameters}</parameters>${more}</mavlinkcamera>`
const parameter = (name: string, description: string, options: string, type = 'uint32'): string =>
  `<parameter name="${name}" type="${type}"><description>${description}</description><options>${options}</options></parameter>`
const TWO = '<option name="White &amp; hot" value="0"/><option name="Lava" value="5"/>'

describe('a camera definition', () => {
  it('tells the palette by the name of its parameter before any description that mentions one', () => {
    const both = parameter('CAM_A', 'Menu palette size', TWO) + parameter('CAM_PALETTE', 'Look', TWO)
    expect(readCameraDefinition(file(both))).toEqual([
      {
        id: 'palette',
        param: 'CAM_PALETTE',
        type: 5,
        options: [
          { value: 0, text: 'White & hot', textZh: null },
          { value: 5, text: 'Lava', textZh: null },
        ],
      },
    ])
  })
  it('has no setting where there is nothing to choose, nothing known, or nothing that may be written', () => {
    const one = parameter('CAM_PALETTE', '', '<option name="Only" value="1"/>')
    const other = parameter('CAM_ISO', 'Sensitivity', TWO)
    const readonly = parameter('CAM_PALETTE', '', TWO).replace('<parameter ', '<parameter readonly="1" ')
    const custom = parameter('CAM_PALETTE', '', TWO, 'custom')
    for (const none of [one, other, readonly, custom]) expect(readCameraDefinition(file(none))).toEqual([])
  })
  it('leaves out options whose value is no number', () => {
    const options = `${TWO}<option name="Odd" value="x"/><option name="Empty" value=" "/>`
    const read = readCameraDefinition(file(parameter('P_COLORMAP', '', options)))
    expect(read).toMatchObject([{ options: [{ value: 0 }, { value: 5 }] }])
  })
  it.each([
    ['uint8', '300'],
    ['uint8', '-1'],
    ['int8', '128'],
    ['uint16', '1.5'],
    ['float', '1e39'],
  ])('leaves out options that a parameter of type %s cannot hold: %s', (type, value) => {
    const options = `${TWO}<option name="Odd" value="${value}"/>`
    const read = readCameraDefinition(file(parameter('P_COLORMAP', '', options, type)))
    expect(read).toMatchObject([{ options: [{ value: 0 }, { value: 5 }] }])
  })
  it('passes over parameters whose name no message can carry', () => {
    const long = parameter('THERMAL_PALETTE_MODE', 'Palette', TWO)
    const wide = parameter('P_COLORMAP伪彩色盘', '', TWO)
    const empty = parameter('', 'Palette', TWO)
    expect(readCameraDefinition(file(long + wide + empty))).toEqual([])
    const usable = parameter('SIXTEEN_BYTES_PA', 'Palette', TWO)
    expect(readCameraDefinition(file(long + usable))).toMatchObject([{ param: 'SIXTEEN_BYTES_PA' }])
  })
  it('speaks Chinese where it has words of its own for it', () => {
    const zh = '<localization><locale name="zh_CN"><strings original="Lava" translated="熔岩"/></locale></localization>'
    const read = readCameraDefinition(file(parameter('CAM_PALETTE', '', TWO), zh))
    expect(read).toMatchObject([{ options: [{ textZh: null }, { textZh: '熔岩' }] }])
  })
  it.each([
    ['no XML', 'hello'],
    ['an open tag', '<mavlinkcamera><parameters>'],
    ['another document', '<html><body/></html>'],
    ['nothing', ''],
  ])('that is %s is a fault, and no settings', (_, xml) => {
    expect(readCameraDefinition(xml)).toHaveProperty('fault')
  })
  it('expands no entities of its own', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    const options = '<option name="&b;" value="0"/><option name="x" value="1"/>'
    const read = readCameraDefinition(bomb + file(parameter('CAM_PALETTE', '', options)))
    if ('fault' in read) return
    expect(read[0]?.options[0]?.text).toBe('&b;')
  })
})

describe('the place of a definition', () => {
  it.each([
    ['mftp:///cam.xml', { path: 'cam.xml', comp: 100 }],
    ['mftp://[;comp=154]/etc/cam.xml', { path: 'etc/cam.xml', comp: 154 }],
    ['mavlinkftp://cam.xml', { path: 'cam.xml', comp: 100 }],
  ])('%s is on the vehicle', (uri, place) => {
    expect(definitionPath(uri, 100)).toEqual(place)
  })
  it.each([
    'http://192.0.2.1/cam.xml',
    'https://example.com/cam.xml',
    'ftp://example.com/cam.xml',
    'mftp://cam.xml.xz',
    'mftp://[;comp=999]/cam.xml',
    'mftp://[;comp=256]/cam.xml',
    'mftp://[;comp=0]/cam.xml',
    '',
  ])('%s is not fetched', (uri) => {
    expect(definitionPath(uri, 100)).toBeNull()
  })
})
