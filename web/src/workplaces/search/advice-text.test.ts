import { expect, it } from 'vitest'
import { createWords } from '../../i18n/i18n.ts'
import type { Translate } from '../../i18n/words.ts'
import { adviceText } from './advice-text.ts'

const english = createWords('en')
const t: Translate = (key, named) => english.global.t(key, named ?? {})
const advice = { droneId: 'main-1', optionPerMin: 0.012, runningPerMin: 0.02, atS: 600, gainPos: -0.021 }

it('says first who is found alive where survival weighs, and does not hide that less is found in all', () => {
  const text = adviceText({ ...advice, weighed: { gainWorth: 0.03, gainAlive: 0.034, partly: false } }, t)
  expect(text).toBe(
    'main-1 elsewhere, within 10 min against going on: found alive +3.4 %, found in all −2.1 %. A minute there finds 1.2 %, now 2.0 %.',
  )
})

it('speaks of no survival where nothing is known of it', () => {
  expect(adviceText({ ...advice, gainPos: 0.05 }, t)).toBe(
    'main-1 elsewhere finds 1.2 % a minute (now 2.0 %): 5.0 % more within 10 min.',
  )
})
