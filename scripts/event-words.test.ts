import { expect, it } from 'vitest'
import { EVENT_WORDS } from '../mavlink-bridge/src/vehicles/event-words.ts'
import { autopilotText } from '../web/src/format/autopilot-text.ts'
import { en } from '../web/src/i18n/en/index.ts'
import { zh } from '../web/src/i18n/zh/index.ts'
import type { Translate } from '../web/src/i18n/words.ts'

/** Words of the autopilot's meanings alone, as the screen finds them. */
const wordsOf =
  (words: Readonly<Record<string, string>>): Translate =>
  (key, named) =>
    key === 'reason.original' ? String(named?.['words']) : (words[key.replace('autopilot.', '')] ?? '')

// Neither package may know the other: what the bridge makes of events is put into words by the screen.
it.each([
  ['Chinese', zh.autopilot],
  ['English', en.autopilot],
])('everything that the bridge says of the events of PX4 has words in %s', (_lang, words) => {
  const t = wordsOf(words)
  const without = Object.values(EVENT_WORDS).filter((text) => [text, ''].includes(autopilotText(text, t)))
  expect(without).toEqual([])
})
