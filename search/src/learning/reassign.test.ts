import { describe, expect, it } from 'vitest'
import { seededRandom } from '../frame/seeded-random.ts'
import { aliveShare } from '../plan/survival-curve.ts'
import { bestRate, posAt, reassignments, type RunningTask } from './reassign.ts'

const running: RunningTask = {
  droneId: 'a',
  taskId: 'now',
  posCurve: [
    { atS: 300, pos: 0.01 },
    { atS: 600, pos: 0.02 },
  ],
  usableS: 900,
}
const better = {
  id: 'other',
  droneId: 'a',
  posCurve: [
    { atS: 120, pos: 0 },
    { atS: 360, pos: 0.04 },
    { atS: 600, pos: 0.05 },
  ],
  timeS: 800,
}

describe('reassignments', () => {
  it('proposes the assignment with the higher POS per minute, transit counted, and says what it buys', () => {
    const [change, ...rest] = reassignments({ running: [running], options: [better] })
    expect(rest).toEqual([])
    expect(change).toMatchObject({ droneId: 'a', taskId: 'now', optionId: 'other', atS: 360 })
    expect(change!.runningPerMin).toBeCloseTo(0.002, 12)
    expect(change!.optionPerMin).toBeCloseTo(0.04 / 6, 12)
    expect(change!.gainPos).toBeCloseTo(0.04 - 0.012, 12)
  })

  it('leaves a drone where it is when the margin is not reached, the gain is small or the time too short', () => {
    expect(reassignments({ running: [running], options: [better], marginShare: 3 })).toEqual([])
    expect(reassignments({ running: [running], options: [better], minGainPos: 0.03 })).toEqual([])
    expect(reassignments({ running: [{ ...running, usableS: 799 }], options: [better] })).toEqual([])
    expect(reassignments({ running: [running], options: [{ ...better, id: 'now' }] })).toEqual([])
    expect(reassignments({ running: [running], options: [{ ...better, droneId: 'b' }] })).toEqual([])
  })

  it('takes the long way only when it pays: a longer transit lowers the rate', () => {
    const far = { ...better, posCurve: better.posCurve.map(({ atS, pos }) => ({ atS: atS + 1200, pos })) }
    const plenty = { ...running, usableS: 5000 }
    expect(bestRate(far.posCurve).perS).toBeLessThan(bestRate(better.posCurve).perS / 3)
    expect(reassignments({ running: [plenty], options: [better] })).toHaveLength(1)
    expect(reassignments({ running: [plenty], options: [far] })).toEqual([])
  })

  it('gives each thing to one drone only, the one that gains most by it', () => {
    const b = { ...running, droneId: 'b', posCurve: [] }
    const changes = reassignments({ running: [running, b], options: [better, { ...better, droneId: 'b' }] })
    expect(changes.map(({ droneId }) => droneId)).toEqual(['b'])
  })

  it('weighs finds by survival: less in all is the better assignment where the subject still lives', () => {
    // What it flies is over the water, four hours after the fall into 5 C; what it could fly is over land, and finds less.
    const [cold, none] = [
      { survival: { waterC: 5 }, sinceS: 4 * 3600 },
      { survival: { airC: -25 }, sinceS: 3600 },
    ]
    const water: RunningTask = { ...running, byStory: [running.posCurve, []] }
    const slow = better.posCurve.map(({ atS, pos }) => ({ atS, pos: 0.3 * pos }))
    const land = { ...better, posCurve: slow, byStory: [[], slow] }
    expect(reassignments({ running: [water], options: [land] })).toEqual([])
    const [change] = reassignments({ running: [water], options: [land], stories: [cold, none] })
    expect(change).toMatchObject({ optionId: 'other', atS: 360 })
    expect(change!.gainPos).toBeCloseTo(0.012 - 0.012, 12)
    const [inWater, onLand] = [aliveShare({ waterC: 5 }, 4.05), aliveShare({ airC: -25 }, 1.06)]
    expect(change!.gainAlive! / (0.012 * (onLand - inWater))).toBeCloseTo(1, 2)
    expect(change!.gainWorth / (0.01 * change!.gainPos + 0.99 * change!.gainAlive!)).toBeCloseTo(1, 9)
    // Where both are as likely to live, it stays.
    expect(reassignments({ running: [water], options: [land], stories: [none, none] })).toEqual([])
  })

  it('counts finds over the time in which they come, and those of a story that nobody knows of in full', () => {
    const only = { ...running, byStory: [[]], posCurve: [] }
    const curve = [{ atS: 7200, pos: 0.4 }]
    const long = { ...better, posCurve: curve, byStory: [curve], timeS: 800 }
    const dying = { survival: { waterC: 2 }, sinceS: 0 }
    const [change] = reassignments({ running: [only], options: [long], stories: [dying] })
    let mean = 0
    for (let n = 0; n < 1000; n++) mean += aliveShare(dying.survival, (((n + 0.5) / 1000) * change!.atS) / 3600) / 1000
    expect(change!.gainAlive! / (posAt(curve, change!.atS) * mean)).toBeCloseTo(1, 2)
    const [unknown] = reassignments({ running: [only], options: [long], stories: [{ survival: {}, sinceS: 0 }] })
    expect(unknown).toMatchObject({ atS: 7200, gainAlive: null })
    expect(unknown!.gainWorth).toBeCloseTo(0.4, 12)
  })

  it('still proposes the better assignment where hardly anybody is expected to live', () => {
    const stories = [{ survival: { waterC: 2 }, sinceS: 48 * 3600 }]
    const storied = <T extends { posCurve: typeof running.posCurve }>(one: T) => ({ ...one, byStory: [one.posCurve] })
    const [change] = reassignments({ running: [storied(running)], options: [storied(better)], stories })
    expect(change!.gainWorth).toBeLessThan(0.001)
    expect(change!.gainPos).toBeCloseTo(0.04 - 0.012, 3)
    expect(() => reassignments({ running: [running], options: [storied(better)], stories })).toThrow(/^byStory/)
  })

  it('never proposes a loss (two hundred seeded curves)', () => {
    const random = seededRandom(4)
    const curve = (): { atS: number; pos: number }[] => {
      let [atS, pos] = [0, 0]
      return Array.from({ length: 5 }, () => ({ atS: (atS += 10 + 200 * random()), pos: (pos += 0.02 * random()) }))
    }
    for (let n = 0; n < 200; n++) {
      const task = { ...running, posCurve: curve(), usableS: 2000 }
      const option = { id: 'x', droneId: 'a', posCurve: curve(), timeS: 1000 }
      for (const { gainPos, atS, optionPerMin, runningPerMin } of reassignments({
        running: [task],
        options: [option],
      })) {
        expect(optionPerMin).toBeGreaterThan(1.25 * runningPerMin)
        expect(gainPos).toBeCloseTo(posAt(option.posCurve, atS) - posAt(task.posCurve, atS), 12)
        expect(gainPos).toBeGreaterThan(0)
      }
    }
  })

  it('refuses curves that fall, and reads between the points of others', () => {
    expect(() => reassignments({ running: [{ ...running, posCurve: [{ atS: 1, pos: -1 }] }], options: [] })).toThrow(
      /posCurve/,
    )
    expect(posAt(running.posCurve, 150)).toBeCloseTo(0.005, 12)
    expect(posAt(running.posCurve, 5000)).toBe(0.02)
    expect(bestRate([])).toEqual({ perS: 0, atS: 0 })
  })
})
