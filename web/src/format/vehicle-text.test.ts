import { expect, it } from 'vitest'
import type { Translate } from '../i18n/words.ts'
import { vehicleText } from './vehicle-text.ts'

const t: Translate = (key) => key

it('names an aircraft and its autopilot in the language of the screen', () => {
  expect(vehicleText({ vehicle: 'quadrotor', autopilot: 'px4' }, t)).toBe('fly.kind.quadrotor · fly.autopilot.px4')
  expect(vehicleText({ vehicle: 'fixed-wing', autopilot: 'other' }, t)).toBe(
    'fly.kind.fixed-wing · fly.autopilot.other',
  )
})
it('leaves a kind that it has no words for as it was said', () => {
  expect(vehicleText({ vehicle: 'toString', autopilot: 'ardupilot' }, t)).toBe('toString · fly.autopilot.ardupilot')
})
