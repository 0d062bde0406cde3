import { describe, expect, it } from 'vitest'
import { missionOfFile, planFileOf, readPlanFile } from './plan-file.ts'

const item = (command: number, frame: number, params: (number | null)[]) => ({
  type: 'SimpleItem',
  command,
  frame,
  params,
  autoContinue: true,
})
const qgc = (items: unknown[], more: object = {}): string =>
  JSON.stringify({
    fileType: 'Plan',
    version: 1,
    mission: { version: 2, plannedHomePosition: [30, 122.1, 12], items },
    ...more,
  })
const ITEMS = [
  item(22, 3, [0, 0, 0, null, 30, 122.1, 50]),
  item(16, 3, [0, 0, 0, null, 30.002, 122.1234567, 50]),
  item(178, 2, [1, 8, -1, 0, 0, 0, 0]),
]
const fileOf = (text: string) => {
  const file = readPlanFile(text)
  if (file.kind !== 'items') throw new Error('not a file of items')
  return file
}

describe('a plan of QGroundControl', () => {
  it('becomes items with home before them on ArduPilot, and unset parameters 0', () => {
    const mission = missionOfFile(fileOf(qgc(ITEMS)), 'ardupilot')
    expect(mission.map(({ seq, command, frame, x, y, z, current }) => [seq, command, frame, x, y, z, current])).toEqual(
      [
        [0, 16, 0, 300_000_000, 1_221_000_000, 12, 0],
        [1, 22, 6, 300_000_000, 1_221_000_000, 50, 0],
        [2, 16, 6, 300_020_000, 1_221_234_567, 50, 0],
        [3, 178, 2, 0, 0, 0, 0],
      ],
    )
    expect(mission[1]?.param4).toBe(0)
  })

  it('begins with its own first item on PX4, and unset parameters stay unset', () => {
    const mission = missionOfFile(fileOf(qgc(ITEMS)), 'px4')
    expect(mission.map(({ command, current }) => [command, current])).toEqual([
      [22, 1],
      [16, 0],
      [178, 0],
    ])
    expect(mission[0]?.param4).toBeNaN()
  })

  it.each(['ardupilot', 'px4'] as const)('comes out of a %s as it went in', (dialect) => {
    const mission = missionOfFile(fileOf(qgc(ITEMS)), dialect)
    const again = fileOf(JSON.stringify(planFileOf(mission, dialect, 2)))
    expect(missionOfFile(again, dialect).slice(1)).toEqual(mission.slice(1))
  })

  it('jumps to the item that it names, wherever a survey before it has moved that, and comes back as it was', () => {
    const named = (doJumpId: number, one: object): object => ({ ...one, doJumpId })
    const survey = {
      type: 'ComplexItem',
      complexItemType: 'survey',
      TransectStyleComplexItem: { Items: [named(2, ITEMS[1]!), named(3, ITEMS[1]!)] },
    }
    const jump = (to: number): object => item(177, 2, [to, 2, 0, 0, 0, 0, 0])
    const text = qgc([named(1, ITEMS[0]!), survey, named(4, ITEMS[1]!), named(5, jump(4))])
    expect(missionOfFile(fileOf(text), 'ardupilot').at(-1)?.param1).toBe(4)
    expect(missionOfFile(fileOf(text), 'px4').at(-1)?.param1).toBe(3)
    for (const dialect of ['ardupilot', 'px4'] as const) {
      const read = missionOfFile(fileOf(text), dialect)
      expect(missionOfFile(fileOf(JSON.stringify(planFileOf(read, dialect, 2))), dialect)).toEqual(read)
    }
    expect(() => missionOfFile(fileOf(qgc([ITEMS[0], jump(9)])), 'px4')).toThrow(/must jump to the doJumpId/)
  })

  it('stops at an item on PX4, and is refused on ArduPilot, which would fly on', () => {
    const stop = (at: number): string => qgc(ITEMS.map((one, i) => (i === at ? { ...one, autoContinue: false } : one)))
    const stops = (mission: readonly { autocontinue: number }[]) => mission.map(({ autocontinue }) => autocontinue)
    expect(stops(missionOfFile(fileOf(stop(1)), 'px4'))).toEqual([1, 0, 1])
    expect(() => missionOfFile(fileOf(stop(1)), 'ardupilot')).toThrow(
      /^mission\.items\.1\.autoContinue: must be true: ArduPilot does not stop/,
    )
  })

  it('may stop at its last item everywhere: ArduPilot keeps no stop, and nothing comes behind that', () => {
    const text = qgc(ITEMS.map((one, i) => ({ ...one, autoContinue: i < ITEMS.length - 1 })))
    expect(missionOfFile(fileOf(text), 'ardupilot').map(({ autocontinue }) => autocontinue)).toEqual([1, 1, 1, 1])
    expect(missionOfFile(fileOf(text), 'px4').map(({ autocontinue }) => autocontinue)).toEqual([1, 1, 0])
  })

  it('carries the items of a survey', () => {
    const survey = {
      type: 'ComplexItem',
      complexItemType: 'survey',
      TransectStyleComplexItem: { Items: ITEMS.slice(1, 2) },
    }
    expect(fileOf(qgc([ITEMS[0], survey])).items).toHaveLength(2)
  })

  const refusal = (text: string, dialect: 'ardupilot' | 'px4'): string => {
    try {
      missionOfFile(fileOf(text), dialect)
      return 'taken'
    } catch (error) {
      return String(error)
    }
  }
  const PLACE = /^BadInput: mission\.items\.1\.params: command \d+ must have latitude and longitude/
  const HEIGHT = /^BadInput: mission\.items\.1\.params: command \d+ must have a height/
  it.each([
    ['a waypoint', 16, PLACE, PLACE],
    ['a spline', 82, PLACE, PLACE],
    ['a command that is not known here', 99, PLACE, PLACE],
    ['a region of interest', 195, PLACE, PLACE],
    ['a take-off', 22, HEIGHT, PLACE],
    ['a climb to a height', 31, HEIGHT, PLACE],
    ['a change of height', 30, HEIGHT, HEIGHT],
    ['a landing', 21, /^taken$/, PLACE],
    ['a loiter', 17, /^taken$/, PLACE],
    ['the way home', 20, /^taken$/, /^taken$/],
    ['the start of a landing', 189, /^taken$/, /^taken$/],
  ])(
    'with neither place nor height in %s is sent as zeros only where those have a meaning',
    (_, command, ours, px4) => {
      const text = qgc([ITEMS[0], item(command, 3, [0, 0, 0, 0, null, null, null])])
      expect(refusal(text, 'ardupilot')).toMatch(ours)
      expect(refusal(text, 'px4')).toMatch(px4)
    },
  )
  it('with half a place is refused everywhere', () => {
    for (const dialect of ['ardupilot', 'px4'] as const) {
      const half = (lat: number | null, lng: number | null) => item(21, 3, [0, 0, 0, 0, lat, lng, 0])
      expect(refusal(qgc([ITEMS[0], half(30, null)]), dialect)).toMatch(PLACE)
      expect(refusal(qgc([ITEMS[0], half(null, 122)]), dialect)).toMatch(PLACE)
    }
  })
  it('with a home without a height, or off the earth, is refused where home is sent', () => {
    const home = (...plannedHomePosition: unknown[]): string =>
      qgc(ITEMS, { mission: { version: 2, plannedHomePosition, items: ITEMS } })
    expect(refusal(home(30, 122, null), 'ardupilot')).toMatch(/mission\.plannedHomePosition: must have a height/)
    expect(refusal(home(300, 122, 5), 'ardupilot')).toMatch(/mission\.plannedHomePosition: must hold latitude/)
    expect(refusal(home(30, 122, 1e39), 'ardupilot')).toMatch(/mission\.plannedHomePosition: no message can carry it/)
    expect(refusal(home(30, 122, null), 'px4')).toBe('taken')
  })
  it('with a number that no message can carry is refused before anything is sent', () => {
    const text = qgc([ITEMS[0], item(16, 3, [0, 0, 0, 0, 30, 122, 1e39])])
    for (const dialect of ['ardupilot', 'px4'] as const)
      expect(refusal(text, dialect)).toMatch(
        /^BadInput: mission\.items\.1: no message can carry it: .*\.z: must be a finite/,
      )
  })

  it.each([
    ['no JSON', '{', /^PLAN: must be JSON/],
    ['another file', '{"fileType":"Other"}', /^fileType: must be "Plan"/],
    ['six parameters', qgc([item(16, 3, [0, 0, 0, 0, 0, 0])]), /^mission.items.0.params: must be 7/],
    ['a latitude of 91', qgc([item(16, 3, [0, 0, 0, 0, 91, 0, 5])]), /latitude and longitude/],
    ['a fence', qgc(ITEMS, { geoFence: { polygons: [{}], circles: [] } }), /^geoFence: must be empty/],
    ['rally points', qgc(ITEMS, { rallyPoints: { points: [[1, 2, 3]] } }), /^rallyPoints: must be empty/],
    ['a structure scan', qgc([{ type: 'ComplexItem', complexItemType: 'StructureScan' }]), /not StructureScan/],
    ['an unknown step', '{"steps":[{"do":"loop"}]}', /^steps.0.do/],
  ])('with %s is refused by the name of the field', (_what, text, words) => {
    expect(() => {
      const file = readPlanFile(text)
      if (file.kind === 'items') missionOfFile(file, 'ardupilot')
    }).toThrow(words)
  })
})
