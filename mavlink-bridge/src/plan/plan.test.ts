import type { Plan } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { compareMissions, HOME_MOVED } from './compare.ts'
import type { MissionItem } from './mission-item.ts'
import { planId } from './plan-id.ts'
import { toMission } from './to-mission.ts'

const HOME = { lngLat: [122.3, 29.9] as [number, number], altAmslM: 31.5 }
const plan: Plan = {
  steps: [
    { do: 'takeoff', heightM: 60 },
    { do: 'speed', groundSpeedMps: 8.3 },
    { do: 'gimbal', pitchDeg: -90 },
    { do: 'fly-to', position: [122.3456789, 29.9876543], heightM: 62.37 },
    { do: 'return' },
  ],
}
function mission(autopilot: 'ardupilot' | 'px4', of: Plan = plan): readonly MissionItem[] {
  const made = toMission(of, autopilot, HOME)
  if (!made.ok) throw new Error(made.error.kind)
  return made.value
}
/** As ArduPilot gives it back: older frames, centimetres, zeroes for what it does not keep, home moved. */
const asStored = (items: readonly MissionItem[]): MissionItem[] =>
  items.map((item) => ({
    ...item,
    frame: item.frame === 6 ? 3 : 0,
    z: item.command === 205 ? 0 : Math.fround(Math.round(item.z * 100) / 100),
    param2: Math.fround(item.param2),
    ...(item.seq === 0 ? { x: 1, y: 2, z: 3 } : {}),
  }))

describe('a plan for ArduPilot', () => {
  it('begins with home as item 0, and counts on from there', () => {
    const items = mission('ardupilot')
    expect(items.map(({ seq, command }) => [seq, command])).toEqual([
      [0, 16],
      [1, 22],
      [2, 178],
      [3, 205],
      [4, 16],
      [5, 20],
    ])
    expect(items[0]).toMatchObject({ frame: 0, x: 299_000_000, y: 1_223_000_000, z: 31.5 })
    expect(items[1]).toMatchObject({ frame: 6, x: 0, y: 0, z: 60 })
    expect(items[2]).toMatchObject({ param1: 1, param2: 8.3, param3: -1 })
    expect(items[3]).toMatchObject({ param1: -90, z: 2 })
    expect(items[4]).toMatchObject({ frame: 6, x: 299_876_543, y: 1_223_456_789, z: 62.37, param4: 0 })
  })
  it('marks no item as "go there now"', () => {
    for (const autopilot of ['ardupilot', 'px4'] as const)
      expect(mission(autopilot).filter(({ current }) => current > 1)).toEqual([])
  })
  it('is the same plan as what its storage makes of it', () => {
    const items = mission('ardupilot')
    expect(compareMissions(items, asStored(items), 'ardupilot')).toEqual([])
    expect(planId(asStored(items), 'ardupilot')).toBe(planId(items, 'ardupilot'))
  })
})

describe('a plan for PX4', () => {
  it('begins with the take-off at home, and leaves yaw as it is', () => {
    const items = mission('px4')
    expect(items.map(({ command }) => command)).toEqual([22, 178, 205, 16, 20])
    expect(items[0]).toMatchObject({ seq: 0, current: 1, x: 299_000_000, y: 1_223_000_000, z: 60, param4: NaN })
  })
  it('cannot be written while home is not known', () => {
    expect(toMission(plan, 'px4', null)).toMatchObject({ ok: false, error: { kind: 'home-unknown' } })
    expect(toMission(plan, 'ardupilot', null).ok).toBe(true)
  })
})

describe('comparing what was sent with what was read', () => {
  const items = mission('ardupilot')
  const changed = (seq: number, change: Partial<MissionItem>): MissionItem[] =>
    asStored(items).map((item) => (item.seq === seq ? { ...item, ...change } : item))

  it.each([
    ['a place half a metre away', 4, { x: 299_876_543 + 50 }],
    ['another height', 4, { z: 62.4 }],
    ['a height above the sea instead of take-off', 4, { frame: 0 }],
    ['another speed', 2, { param2: 5 }],
    ['another gimbal angle', 3, { param1: -45 }],
    ['another command', 5, { command: 21 }],
    ['a way of staying at a point', 4, { param1: 30 }],
    ['another radius at which a point counts as reached', 4, { param2: 50 }],
    ['a heading at a point', 4, { param4: 90 }],
    ['a pitch at take-off', 1, { param1: 15 }],
    ['a throttle with the speed', 2, { param3: 0 }],
    ['a parameter of the return', 5, { param1: 1 }],
    ['a place in a command that has none', 5, { x: 5 }],
    ['another mode of the mount', 3, { z: 3 }],
    ['a stop at a point', 4, { autocontinue: 0 }],
  ])('finds %s', (_what, seq, change) => {
    expect(compareMissions(items, changed(seq, change), 'ardupilot').map((found) => found.seq)).toEqual([seq])
  })
  it('tells north from "as it is" on PX4, where 0 is north', () => {
    const sent = mission('px4')
    const north = sent.map((item) => (item.command === 16 ? { ...item, param4: 0 } : item))
    expect(compareMissions(sent, north, 'px4')).toEqual([{ seq: 3, what: 'param4 NaN → 0' }])
    expect(planId(north, 'px4')).not.toBe(planId(sent, 'px4'))
  })
  it('takes what an autopilot does not keep for the same when it reads as zero, and only then', () => {
    const sent = changed(4, { param2: 4, param3: NaN })
    expect(compareMissions(sent, changed(4, { param2: 0, param3: 0 }), 'ardupilot')).toEqual([])
    expect(compareMissions(sent, changed(4, { param2: 3, param3: 0 }), 'ardupilot')).toHaveLength(1)
  })
  it('lets the take-off place differ only where home may have been moved since', () => {
    const sent = mission('px4')
    const moved = sent.map((item) => (item.command === 22 ? { ...item, x: item.x + 1000 } : item))
    expect(compareMissions(sent, moved, 'px4')).toHaveLength(1)
    expect(compareMissions(sent, moved, 'px4', HOME_MOVED)).toEqual([])
    const away = sent.map((item) => (item.command === 22 ? { ...item, x: item.x + 10_000 } : item))
    expect(compareMissions(sent, away, 'px4', HOME_MOVED)).toHaveLength(1)
  })
  it('finds an item too many or too few', () => {
    expect(compareMissions(items, asStored(items).slice(0, -1), 'ardupilot')).toHaveLength(1)
    expect(compareMissions(items, [...asStored(items), ...asStored(items).slice(-1)], 'ardupilot')).toHaveLength(1)
  })
})

describe('the name of a plan', () => {
  it('is stable: a change of it would make every running search doubt its plans', () => {
    expect(planId(mission('ardupilot'), 'ardupilot')).toMatchInlineSnapshot(`"ab4c82aa9ca28e8a"`)
  })
  it('does not depend on where home is', () => {
    const elsewhere = toMission(plan, 'px4', { lngLat: [122.4, 29.8], altAmslM: 2 })
    expect(elsewhere.ok && planId(elsewhere.value, 'px4')).toBe(planId(mission('px4'), 'px4'))
  })
  it('changes with whatever else an item says, and with nothing that only storage adds', () => {
    const items = mission('ardupilot')
    const id = planId(items, 'ardupilot')
    const with4 = (change: Partial<MissionItem>): string =>
      planId(
        items.map((item) => (item.seq === 4 ? { ...item, ...change } : item)),
        'ardupilot',
      )
    for (const change of [{ param2: 50 }, { param4: 90 }, { autocontinue: 0 }]) expect(with4(change)).not.toBe(id)
    expect(with4({ param2: NaN })).toBe(id)
  })
  it('changes with any step', () => {
    const ids = plan.steps.map((_, i) =>
      planId(mission('ardupilot', { steps: plan.steps.toSpliced(i, 1) }), 'ardupilot'),
    )
    expect(new Set([...ids, planId(mission('ardupilot'), 'ardupilot')]).size).toBe(6)
  })
})
