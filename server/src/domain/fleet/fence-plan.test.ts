import { MOST_FENCE_CORNERS, type LngLat, type Task, type Zone } from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { at, HOME } from '../test-kit.ts'
import { FENCE_MARGIN_M, fenceHolds, fencePlanOf } from './fence-plan.ts'

const zone = (shape: Zone['shape'], id = 'z', allowed: string[] = []): Zone => ({
  id,
  name: `区 ${id}`,
  shape,
  rules: [{ kind: 'intrusion', priority: 'critical', movers: ['drone'], only: [], allowed }],
  evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
  revision: 1,
  changedAtMs: 0,
  changedBy: 'x',
})
const PATH = [at(0, 300), at(400, 300), at(400, 340), at(0, 340)]
const task: Pick<Task, 'number' | 'path' | 'droneId' | 'heightAboveTakeoffM'> = {
  number: 3,
  path: PATH,
  droneId: 'main-1',
  heightAboveTakeoffM: 62,
}
const made = (zones: Zone[] = [], over: Partial<typeof task> = {}, standsAt = HOME) =>
  fencePlanOf({ zone: new Map(zones.map((one) => [one.id, one])) }, { ...task, ...over }, HOME, standsAt)
function plan(...args: Parameters<typeof made>) {
  const done = made(...args)
  if (!done.ok) throw new Error(done.error.detail)
  return done.value
}
const refusal = (...args: Parameters<typeof made>): string => {
  const done = made(...args)
  return done.ok ? 'made' : done.error.code
}
const ring = (corners: number, centre: LngLat, radiusM: number): LngLat[] =>
  Array.from({ length: corners }, (_, i) => {
    const rad = (2 * Math.PI * i) / corners
    return localFrame(centre).toLngLat([radiusM * Math.sin(rad), radiusM * Math.cos(rad)])
  })
/** Metres inside the nearest side of a counter-clockwise convex ring. */
function depthM(edge: readonly LngLat[], place: LngLat): number {
  const frame = localFrame(HOME)
  const [px, py] = frame.toLocal(place)
  return Math.min(
    ...edge.map((corner, i) => {
      const [a, b] = [frame.toLocal(corner), frame.toLocal(edge[(i + 1) % edge.length]!)]
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      return (dx * (py - a[1]) - dy * (px - a[0])) / Math.hypot(dx, dy)
    }),
  )
}

describe('the fence of a task', () => {
  it('keeps its margin from the path, the take-off place and the place where the drone stands', () => {
    const aside = at(-60, -40)
    const { inside, outside, rally } = plan([], {}, aside)
    for (const place of [...PATH, HOME, aside]) expect(depthM(inside, place)).toBeGreaterThan(FENCE_MARGIN_M - 0.1)
    expect(outside).toEqual([])
    expect(rally).toEqual([{ at: HOME, heightM: 62 }])
  })

  it('leaves out the zones that are closed to its drone and reach into it, and no others', () => {
    const circle = { kind: 'circle', centre: at(200, 150), radiusM: 60 } as const
    expect(plan([zone(circle)]).outside).toEqual([{ centre: circle.centre, radiusM: 60 }])
    expect(plan([zone(circle, 'a', ['main-1'])]).outside).toEqual([])
    expect(plan([zone({ ...circle, centre: at(0, 5000) })]).outside).toEqual([])
    const triangle = ring(3, at(250, 180), 50)
    expect(plan([zone({ kind: 'polygon', rings: [triangle] })]).outside).toEqual([{ ring: triangle }])
    const line = [at(150, 150), at(300, 150), at(300, 200)]
    const corridor = plan([zone({ kind: 'corridor', line, halfWidthM: 20 })]).outside
    expect(corridor.map((part) => ('ring' in part ? part.ring.length : 'circle'))).toEqual([
      4,
      4,
      'circle',
      'circle',
      'circle',
    ])
  })

  it('is refused where the way leads through a zone, or the drone stands in one', () => {
    const across = { kind: 'circle', radiusM: 50 } as const
    expect(refusal([zone({ ...across, centre: at(200, 300) })])).toBe('fence-blocks-way')
    expect(refusal([zone({ ...across, centre: HOME })])).toBe('fence-blocks-way')
    expect(refusal([zone({ ...across, centre: at(-80, -80) })], {}, at(-80, -80))).toBe('fence-blocks-way')
    expect(refusal([zone({ ...across, centre: at(0, 150) })])).toBe('fence-blocks-way')
  })

  it('never has more corners than an aircraft keeps: a zone is drawn coarser, and never smaller', () => {
    const many = ring(200, at(200, 150), 60)
    const { inside, outside } = plan([zone({ kind: 'polygon', rings: [many] })])
    const [part] = outside
    if (part === undefined || !('ring' in part)) throw new Error('no ring')
    expect(inside.length + part.ring.length).toBeLessThanOrEqual(MOST_FENCE_CORNERS)
    expect(Math.min(...many.map((corner) => depthM(part.ring, corner)))).toBeGreaterThan(0)
    const towns = Array.from({ length: 12 }, (_, i) =>
      zone({ kind: 'polygon', rings: [ring(40, at(30 + 30 * i, 150), 10)] }, String(i)),
    )
    expect(refusal(towns)).toBe('fence-too-large')
  })

  it('is refused while the height is not known', () => {
    expect(refusal([], { heightAboveTakeoffM: null })).toBe('no-highest-ground')
  })

  it('holds its own way, and no way out of it or through a zone of it', () => {
    const fence = plan([zone({ kind: 'circle', centre: at(200, 150), radiusM: 60 })])
    expect(fenceHolds(fence, [HOME, ...PATH, HOME])).toBe(true)
    expect(fenceHolds(fence, [HOME, at(0, 900)])).toBe(false)
    expect(fenceHolds(fence, [at(0, 150), at(390, 150)])).toBe(false)
  })
})
