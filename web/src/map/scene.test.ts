import type { Layer, PickingInfo } from '@deck.gl/core'
import { expect, it } from 'vitest'
import { createScene, type DrawContext } from './scene.ts'

const context: DrawContext = { theme: 'night', lang: 'zh', nowMs: 0, stale: false, zoom: 9 }
const layer = (id: string): Layer => ({ id }) as Layer

it('draws in order and builds only what is invalid', () => {
  const scene = createScene()
  const built: string[] = []
  const add = (id: string, order: number) => scene.add({ id, order, build: () => (built.push(id), [layer(id)]) })
  add('top', 80)
  add('ground', 10)
  expect(scene.draw(context).map((l) => l.id)).toEqual(['ground', 'top'])
  scene.draw({ ...context, nowMs: 5 })
  expect(built).toEqual(['ground', 'top'])
  scene.invalidate('top')
  scene.draw(context)
  expect(built).toEqual(['ground', 'top', 'top'])
})
it('builds everything again when the feed is lost, so that nothing keeps its colour', () => {
  const scene = createScene()
  let stale = false
  scene.add({ id: 'a', order: 1, build: (c) => ((stale = c.stale), []) })
  scene.draw(context)
  scene.draw({ ...context, stale: true })
  expect(stale).toBe(true)
})
it('finds the thing by the layer that was picked, also by a part of it', () => {
  const scene = createScene()
  scene.add({ id: 'units', order: 1, build: () => [], toThing: () => ({ kind: 'unit', id: 'u1' }) })
  const at = (id: string): PickingInfo => ({ layer: layer(id), index: 0 }) as unknown as PickingInfo
  expect(scene.thingAt(at('units-plate'))).toEqual({ kind: 'unit', id: 'u1' })
  expect(scene.thingAt(at('units2'))).toBeNull()
})
it('takes a layer out when it is removed, but not the one that has taken its place', () => {
  const scene = createScene()
  const first = scene.add({ id: 'a', order: 1, build: () => [layer('first')] })
  scene.add({ id: 'a', order: 1, build: () => [layer('second')] })
  first()
  expect(scene.draw(context).map((l) => l.id)).toEqual(['second'])
})
