import { expect, it } from 'vitest'
import { readCameras } from './read-cameras.ts'

const camera = {
  id: 'pier',
  label: { zh: '码头', en: 'Pier' },
  position: [122.2, 30],
  shows: 'picture',
  url: 'http://a.example/x',
}
const file = (...cameras: object[]): string => JSON.stringify({ cameras })

it('reads cameras, and says which field is at fault', () => {
  expect(readCameras(file(camera))).toEqual([camera])
  expect(() => readCameras(file(camera, camera))).toThrow(/cameras/)
  expect(() => readCameras(file({ ...camera, url: 'file:///etc/passwd' }))).toThrow(/cameras.0.*url/)
  expect(() => readCameras(file({ ...camera, url: 'rtsp://a.example/x' }))).toThrow(/cameras.0.*url/)
  expect(() => readCameras(file({ ...camera, plate: 'x' }))).toThrow(/cameras.0/)
})
