import type { CameraEntry } from '@skerry/contract'
import { expect, it } from 'vitest'
import { declareCameras } from './cameras.ts'
import { world } from './test-kit.ts'

const camera = (id: string, north = 30): CameraEntry => ({
  id,
  label: { zh: id, en: id },
  position: [122.2, north],
  shows: 'picture',
  url: `http://${id}.example/`,
})

it('records cameras when they change, and not because the file names them in another order', () => {
  const { picture, apply } = world()
  const declare = (...entries: CameraEntry[]): number => {
    const events = declareCameras(picture, entries)
    apply(events)
    return events.length
  }
  expect(declare(camera('pier'), camera('gate'))).toBe(1)
  expect(declare(camera('pier'), camera('bridge'), camera('gate'))).toBe(1)
  expect(declare(camera('pier'), camera('bridge'), camera('gate'))).toBe(0)
  expect(declare(camera('gate'), camera('bridge'), camera('pier'))).toBe(0)
  expect(declare(camera('gate'), camera('bridge'), camera('pier', 31))).toBe(1)
  expect(declare(camera('gate'))).toBe(1)
  expect([...picture.camera.keys()]).toEqual(['gate'])
})
