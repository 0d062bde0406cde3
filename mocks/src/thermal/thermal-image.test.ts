import { describe, expect, it } from 'vitest'
import { seeded } from '../base/rand.ts'
import { EMPTY_SCENE } from '../vehicle/bench-rig.ts'
import { personThings } from '../world/lost-person.ts'
import { groundLook, type Pose, project } from './camera-view.ts'
import { isHidden } from './canopy.ts'
import { hfovRad, OPTICS, vfovRad } from './optics.ts'
import type { Scene } from './scene.ts'
import { contrastShare, thermalFrame, type ThermalRange } from './thermal-image.ts'

const down = (eM: number, nM: number, altAmslM: number, yawRad = 0): Pose => ({
  eM,
  nM,
  altAmslM,
  yawRad,
  pitchRad: -Math.PI / 2,
  rollRad: 0,
})
const withPerson = (extra: Partial<Scene> = {}): Scene => ({
  ...EMPTY_SCENE,
  things: personThings({ eM: 0, nM: 0, distanceM: 0 }),
  ...extra,
})
const frames = (scene: Scene, pose: Pose, count: number): ThermalRange[] => {
  const rand = seeded(9)
  return Array.from({ length: count }, () => thermalFrame(scene, pose, OPTICS, 10, rand))
}
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length

describe('the lens', () => {
  it('is that of the 9.1 mm, 640x512 class: 45.8 degrees and 51 m of swath from 60 m', () => {
    expect((hfovRad(OPTICS) * 180) / Math.PI).toBeCloseTo(45.8, 1)
    expect((vfovRad(OPTICS) * 180) / Math.PI).toBeCloseTo(37.3, 1)
    const look = groundLook(down(0, 0, 60), OPTICS)
    expect(look([1, 0.5], 0)!.eM - look([0, 0.5], 0)!.eM).toBeCloseTo(50.6, 1)
  })

  it('looks down with the top of the image towards the heading', () => {
    const north = groundLook(down(10, 20, 60), OPTICS)([0.5, 0], 0)!
    expect([north.eM, north.nM]).toEqual([expect.closeTo(10, 6), expect.closeTo(20 + 60 * 0.33758, 2)])
    const east = groundLook(down(0, 0, 60, Math.PI / 2), OPTICS)([0.5, 0], 0)!
    expect([east.eM, east.nM]).toEqual([expect.closeTo(60 * 0.33758, 2), expect.closeTo(0, 6)])
  })

  it('sees the ground ahead when tilted, and none above the horizon', () => {
    const tilted = { ...down(0, 0, 100), pitchRad: -Math.PI / 4 }
    expect(groundLook(tilted, OPTICS)([0.5, 0.5], 0)!.nM).toBeCloseTo(100, 6)
    expect(groundLook({ ...tilted, pitchRad: 0 }, OPTICS)([0.5, 0.5], 0)).toBeUndefined()
  })

  it('projects a place to the image point that looks at it', () => {
    const pose = { ...down(5, -7, 80, 1.1), pitchRad: -1.2, rollRad: 0.1 }
    const spot = groundLook(pose, OPTICS)([0.3, 0.8], 0)!
    const back = project(pose, OPTICS, [spot.eM, spot.nM, 0])!
    expect(back.point).toEqual([expect.closeTo(0.3, 6), expect.closeTo(0.8, 6)])
  })
})

describe('a frame over bare, even ground', () => {
  it('has a hottest point all the same, above the mean by what the noise of many pixels gives', () => {
    const hot = frames(EMPTY_SCENE, down(0, 0, 60), 200).map((f) => f.maxC - 14)
    // The largest of 327 680 normal numbers lies 4.6 to 4.8 standard deviations out; its spread is 0.2 of them.
    const sd = Math.hypot(OPTICS.netdK, EMPTY_SCENE.textureK)
    expect(mean(hot) / sd).toBeGreaterThan(4.5)
    expect(mean(hot) / sd).toBeLessThan(4.9)
  })

  it('has it anywhere: the hottest points are spread evenly over the image', () => {
    const points = frames(EMPTY_SCENE, down(0, 0, 60), 1600).map((f) => f.maxAt)
    const counts = Array.from({ length: 16 }, () => 0)
    for (const [x, y] of points) counts[Math.floor(x * 4) * 4 + Math.floor(y * 4)]!++
    // Chi-square of 16 cells with 100 expected each: 99.9 % of even spreads lie below 37.7.
    expect(counts.reduce((sum, n) => sum + (n - 100) ** 2 / 100, 0)).toBeLessThan(37.7)
  })
})

describe('a person on the ground', () => {
  it('stands out from 60 m in every frame, where they lie', () => {
    const bare = frames(EMPTY_SCENE, down(0, 0, 60), 50).map((f) => f.maxC)
    for (const frame of frames(withPerson(), down(8, -5, 60), 50)) {
      expect(frame.maxC).toBeGreaterThan(Math.max(...bare) + 5)
      const spot = groundLook(down(8, -5, 60), OPTICS)(frame.maxAt, 0.3)!
      expect(Math.hypot(spot.eM, spot.nM)).toBeLessThan(1)
    }
  })

  it('fades with height, as their pixels mix with the ground', () => {
    const contrast = [60, 400, 1500].map((m) => mean(frames(withPerson(), down(0, 0, m), 30).map((f) => f.maxC)))
    expect(contrast[0]!).toBeGreaterThan(contrast[1]! + 1)
    expect(contrast[2]!).toBeLessThan(16)
    expect(contrastShare(6, 6, 0.7)).toBeGreaterThan(0.99)
    expect(contrastShare(0.3, 0.3, 0.7)).toBeLessThan(0.05)
  })

  it('is not in a frame that does not hold them', () => {
    expect(Math.max(...frames(withPerson(), down(60, 0, 60), 30).map((f) => f.maxC))).toBeLessThan(16)
  })
})

describe('leaves', () => {
  const person = withPerson({ canopy: () => 0.7 })
  const thing = person.things[0]!

  it('hide or show for a whole pass, not frame by frame', () => {
    const pass = Array.from({ length: 20 }, (_, i) => isHidden(person, thing, down(6, i * 2 - 20, 60, 0)))
    expect(new Set(pass).size).toBe(1)
  })

  it('hide their share of many passes and directions', () => {
    let hidden = 0
    for (let i = 0; i < 2000; i++) {
      const scene = { ...person, seed: i }
      if (isHidden(scene, thing, down((i % 5) * 12, 0, 60, ((i % 8) * Math.PI) / 4))) hidden++
    }
    expect(hidden / 2000).toBeGreaterThan(0.66)
    expect(hidden / 2000).toBeLessThan(0.74)
  })

  it('hide nothing in the open', () => {
    expect(isHidden(withPerson(), thing, down(0, 0, 60))).toBe(false)
  })
})
