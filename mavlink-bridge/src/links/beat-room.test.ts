import { expect, it } from 'vitest'
import { hasRoomToBeatTwice } from './beat-room.ts'

it('beats twice a second where nobody has set a limit, and on a telemetry radio of 57600 baud', () => {
  expect(hasRoomToBeatTwice(null, 500)).toBe(true)
  expect(hasRoomToBeatTwice(2800, 1)).toBe(true)
})

it('beats once a second on a link that two would take more than a twentieth of', () => {
  expect(hasRoomToBeatTwice(1360, 1)).toBe(true)
  expect(hasRoomToBeatTwice(1359, 1)).toBe(false)
})

it('counts the frames to every far end and for every key', () => {
  expect(hasRoomToBeatTwice(2800, 2)).toBe(true)
  expect(hasRoomToBeatTwice(2800, 3)).toBe(false)
})

it('takes a far end that has not spoken yet for one', () => {
  expect(hasRoomToBeatTwice(600, 0)).toBe(false)
})
