import { describe, expect, it } from 'vitest'
import { compareMissions, notKept } from './compare.ts'
import { storedValue } from './kept.ts'
import { CMD, FRAME, type MissionItem } from './mission-item.ts'
import { planId } from './plan-id.ts'
import { type Storage, storageOf } from './storage.ts'

const PLACE = { frame: 6, x: 299_000_000, y: 1_223_000_000, z: 40 }
const NOWHERE = { frame: FRAME.mission, x: 0, y: 0, z: 0 }
const itemOf = (change: Partial<MissionItem>): MissionItem => {
  const unset = { seq: 1, current: 0, autocontinue: 1, param1: 0, param2: 0, param3: 0, param4: 0 }
  return { ...unset, command: CMD.waypoint, ...PLACE, ...change }
}
/** The one item as a mission of that autopilot: ArduPilot has its home before it. */
const mission = (item: MissionItem, storage: Storage): MissionItem[] =>
  storage === 'px4' ? [{ ...item, seq: 0 }] : [itemOf({ seq: 0, frame: 0 }), item]
function verdict(storage: Storage, sent: Partial<MissionItem>, read: Partial<MissionItem>): string[] {
  const item = itemOf(sent)
  return compareMissions(mission(item, storage), mission({ ...item, ...read }, storage), storage).map(
    ({ what }) => what,
  )
}

type Case = readonly [what: string, storage: Storage, sent: Partial<MissionItem>, read: Partial<MissionItem>]
const { land, loiterTime, loiterToAltitude, loiterTurns, loiterUnlimited, landStart, setHome, waypoint } = CMD

describe('a plan is the same', () => {
  it.each<Case>([
    ['a landing reads with a direction', 'ardupilot', { command: land }, { param4: 1 }],
    ['a landing with its yaw unset does', 'ardupilot', { command: land, param4: NaN }, { param4: 1 }],
    ['a landing that turns left does', 'ardupilot', { command: land, param4: -90 }, { param4: -1 }],
    ['a timed loiter loses its radius', 'ardupilot', { command: loiterTime, param1: 30, param3: 60 }, { param3: 1 }],
    [
      'it turns left',
      'ardupilot',
      { command: loiterTime, param1: 30, param3: -60, param2: 1 },
      { param2: 0, param3: -1 },
    ],
    [
      'a loiter to a height forgets to head',
      'ardupilot',
      { command: loiterToAltitude, param1: 1, param2: 80 },
      { param1: 0 },
    ],
    [
      'a circle is kept in tens of metres',
      'ardupilot',
      { command: loiterTurns, param1: 2, param3: -308 },
      { param3: -300 },
    ],
    ['a copter has no acceptance radius', 'ardupilot', { param2: 5 }, { param2: 0 }],
    ['a plane cuts it', 'arduplane', { param2: 2.5, param3: 300 }, { param2: 2, param3: 255 }],
    ['a plane does not stay', 'arduplane', { param1: 20 }, { param1: 0 }],
    ['the start of a landing has no frame', 'ardupilot', { command: landStart, ...NOWHERE }, { frame: 0 }],
    ['home is set where it is', 'ardupilot', { command: setHome, ...NOWHERE, param1: 1 }, { frame: 0 }],
    ['a height above terrain comes in the older frame', 'ardupilot', { frame: 11 }, { frame: 10 }],
    [
      'an older ArduPilot does not release at once',
      'ardupilot',
      { command: 206, ...NOWHERE, param1: 20, param3: 1 },
      { frame: 0, param3: 0 },
    ],
    ['a camera order keeps what is in place of a place', 'ardupilot', { command: 203, ...NOWHERE, x: 1 }, { frame: 0 }],
    ['yaw goes once around', 'px4', { param4: -90 }, { param4: 270 }],
    ['a whole turn is none', 'px4', { command: land, param4: 360 }, { param4: 0 }],
    ['yaw stays as it is', 'px4', { param4: NaN }, { param4: NaN }],
    [
      'unset is nothing where there is no field',
      'px4',
      { command: loiterUnlimited, param1: NaN, param2: NaN, param4: NaN },
      { param1: 0, param2: 0 },
    ],
    [
      'unset is off where there is only a flag',
      'px4',
      { command: loiterTime, param1: 30, param2: NaN, param4: NaN },
      { param2: 0, param4: 0 },
    ],
    ['the start of a landing keeps its frame', 'px4', { command: landStart, ...NOWHERE }, {}],
    [
      'a place in no frame is a float32',
      'px4',
      { command: landStart, ...PLACE, frame: 2 },
      { y: Math.fround(1_223_000_000) },
    ],
  ])('where %s (%s)', (_what, storage, sent, read) => {
    expect(verdict(storage, sent, read)).toEqual([])
  })
})

describe('a plan is another one', () => {
  it.each<Case>([
    ['a landing turns to the other side', 'ardupilot', { command: land, param4: -1 }, { param4: 1 }],
    ['a landing has a yaw nobody sent', 'ardupilot', { command: land }, { param4: 90 }],
    [
      'a landing has another height to go around',
      'ardupilot',
      { command: land, param1: 30 },
      { param1: 20, param4: 1 },
    ],
    ['a landing is elsewhere', 'ardupilot', { command: land }, { param4: 1, x: PLACE.x + 100 }],
    ['a landing is of another height', 'ardupilot', { command: land }, { param4: 1, z: 0 }],
    ['a landing is a loiter', 'ardupilot', { command: land }, { command: loiterTime, param4: 1 }],
    ['a loiter turns to the other side', 'ardupilot', { command: loiterTime, param3: -60 }, { param3: 1 }],
    ['a loiter takes another time', 'ardupilot', { command: loiterTime, param1: 30 }, { param1: 20, param3: 1 }],
    ['a circle is another one', 'ardupilot', { command: loiterTurns, param1: 2, param3: 308 }, { param3: 290 }],
    ['a copter does not stay', 'ardupilot', { param1: 20 }, { param1: 0 }],
    ['a plane passes by elsewhere', 'arduplane', { param2: 50 }, { param2: 0 }],
    ['a radius is cut to another one', 'arduplane', { param2: 300 }, { param2: 44 }],
    [
      'a jump leads elsewhere',
      'ardupilot',
      { command: CMD.jump, ...NOWHERE, param1: 2, param2: 3 },
      { frame: 0, param1: 3 },
    ],
    [
      'a jump is done once',
      'ardupilot',
      { command: CMD.jump, ...NOWHERE, param1: 2, param2: -1 },
      { frame: 0, param2: 1 },
    ],
    ['a jump of PX4 leads elsewhere', 'px4', { command: CMD.jump, ...NOWHERE, param1: 2, param2: 3 }, { param1: 1 }],
    ['a height in no frame is above the sea', 'ardupilot', { frame: FRAME.mission }, { frame: 0 }],
    ['the start of a landing is somewhere', 'ardupilot', { command: landStart, ...NOWHERE }, { frame: 0, x: 5000 }],
    ['the height above take-off is above terrain', 'ardupilot', {}, { frame: 10 }],
    ['a camera order is lost', 'ardupilot', { command: 203, ...NOWHERE, x: 1 }, { frame: 0, x: 0 }],
    ['a height is passed in another frame', 'ardupilot', { command: 30 }, { frame: 0 }],
    ['yaw is another one', 'px4', { param4: -90 }, { param4: 90 }],
    ['yaw is north', 'px4', { param4: NaN }, { param4: 0 }],
    ['a radius is lost', 'px4', { param2: 5 }, { param2: 0 }],
    ['a loiter has another radius', 'px4', { command: loiterTime, param3: 60 }, { param3: 1 }],
    ['a place is elsewhere', 'px4', { command: waypoint }, { y: PLACE.y + 100 }],
    [
      'a parameter of a command without a place is lost',
      'px4',
      { command: 3000, ...NOWHERE, param1: 4 },
      { param1: 0 },
    ],
    [
      'a command nobody knows loses a parameter',
      'ardupilot',
      { command: 31_010, ...NOWHERE, param2: 4 },
      { param2: 0 },
    ],
  ])('where %s (%s)', (_what, storage, sent, read) => {
    expect(verdict(storage, sent, read)).toHaveLength(1)
  })
})

describe('what did not outlast the storage', () => {
  it('is told, field by field', () => {
    const sent = mission(itemOf({ param1: 20, param2: 300, param3: 2.5 }), 'arduplane')
    const read = mission(itemOf({ param2: 255, param3: 2 }), 'arduplane')
    expect(compareMissions(sent, read, 'arduplane')).toEqual([])
    expect(notKept(sent, read, 'arduplane')).toEqual([
      { seq: 1, what: 'param1 20 → 0' },
      { seq: 1, what: 'param2 300 → 255' },
      { seq: 1, what: 'param3 2.5 → 2' },
    ])
  })
  it('is nothing where nothing was said, or the same is said otherwise', () => {
    const sent = mission(itemOf({ command: land, param4: NaN }), 'ardupilot')
    expect(notKept(sent, mission(itemOf({ command: land, param4: 1 }), 'ardupilot'), 'ardupilot')).toEqual([])
    const turned = mission(itemOf({ param4: -90 }), 'px4')
    expect(notKept(turned, mission(itemOf({ param4: 270 }), 'px4'), 'px4')).toEqual([])
  })
})

describe('storage', () => {
  it('changes nothing the second time', () => {
    const kinds = ['as-is', 'nothing', 'newer', 'whole', 'byte', 'flag', 'direction', 'circle', 'heading'] as const
    for (const kept of kinds)
      for (const sent of [-2600, -90, -0.5, 0, 0.5, 2.5, 255, 256, 308, 360, 70_000]) {
        const once = storedValue(kept, sent)
        expect([kept, sent, storedValue(kept, once)]).toEqual([kept, sent, once])
      }
  })
  it('is that of a plane only where ArduPilot flies one', () => {
    expect(storageOf({ autopilot: 'ardupilot', kind: 'plane' })).toBe('arduplane')
    expect(storageOf({ autopilot: 'ardupilot', kind: 'copter' })).toBe('ardupilot')
    expect(storageOf({ autopilot: 'px4', kind: 'plane' })).toBe('px4')
  })
})

describe('the name of a plan', () => {
  it.each<Case>([
    ['a landing', 'ardupilot', { command: land }, { param4: 1, frame: 3 }],
    [
      'a timed loiter',
      'ardupilot',
      { command: loiterTime, param1: 30, param2: 1, param3: -60 },
      { param2: 0, param3: -1, frame: 3 },
    ],
    ['the start of a landing', 'ardupilot', { command: landStart, ...NOWHERE }, { frame: 0 }],
    ['a yaw', 'px4', { param4: -90 }, { param4: 270 }],
    ['a loiter', 'px4', { command: loiterUnlimited, param1: NaN }, { param1: 0 }],
  ])('is the same after the trip of %s through %s', (_what, storage, sent, read) => {
    const item = itemOf(sent)
    const autopilot = storage === 'px4' ? storage : 'ardupilot'
    const id = planId(mission(item, storage), autopilot)
    expect(planId(mission({ ...item, ...read }, storage), autopilot)).toBe(id)
  })
  it('tells a landing to the left from one to the right', () => {
    const named = (param4: number) => planId(mission(itemOf({ command: land, param4 }), 'ardupilot'), 'ardupilot')
    expect(named(-1)).not.toBe(named(0))
    expect(named(1)).toBe(named(0))
  })
})
