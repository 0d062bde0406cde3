import type { DroneStatus, LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { extendTrails } from './trails.ts'

const at = (droneId: string, lng: number, atMs: number): DroneStatus =>
  ({ droneId, position: { lngLat: [lng, 30] as LngLat, atMs } }) as DroneStatus

it('adds a point when a drone moved, at most about one a second', () => {
  let trails = extendTrails(new Map(), [at('main-1', 122, 0)])
  trails = extendTrails(trails, [at('main-1', 122.001, 200)])
  trails = extendTrails(trails, [at('main-1', 122.002, 1000)])
  expect(trails.get('main-1')!.map((p) => p.atMs)).toEqual([0, 1000])
})
it('gives the same map back when nothing moved, so that nothing is drawn again', () => {
  const trails = extendTrails(new Map(), [at('main-1', 122, 0)])
  expect(extendTrails(trails, [at('main-1', 122, 60_000)])).toBe(trails)
})
it('forgets what is older than a quarter of an hour', () => {
  let trails = extendTrails(new Map(), [at('main-1', 122, 0)])
  trails = extendTrails(trails, [at('main-1', 122.01, 901_000)])
  expect(trails.get('main-1')!.map((p) => p.atMs)).toEqual([901_000])
})
