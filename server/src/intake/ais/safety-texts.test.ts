import { expect, it } from 'vitest'
import { applyChanges, createPicture } from '../../picture/picture.ts'
import { evolve } from '../../picture/evolve.ts'
import { FakeScheduler } from '../../engine/fake-scheduler.ts'
import { createSafetyDesk } from './safety-desk.ts'
import { createSafetyTexts } from './safety-texts.ts'
import type { AisMessage } from './message.ts'

function setUp() {
  const clock = new FakeScheduler()
  const picture = createPicture()
  const texts = createSafetyTexts(clock)
  const written: { event: Parameters<typeof evolve>[1]['event']; atMs: number }[] = []
  let ids = 0
  const desk = createSafetyDesk({
    engine: {
      record: async (_actor, decide) => {
        await Promise.resolve() // others may come before it is their turn
        for (const event of decide(picture)) {
          const entry = { event, atMs: clock.nowMs() }
          written.push(entry)
          applyChanges(picture, evolve(picture, entry))
          texts.follow(entry)
        }
        return 0
      },
    },
    texts,
    vessel: () => undefined,
    clock,
    newId: () => `a${++ids}`,
  })
  const say = (text: string, over: { mmsi?: string; to?: string } = {}): Promise<void> => {
    const safety = { to: over.to ?? null, text }
    const message: AisMessage = { type: 14, mmsi: over.mmsi ?? '412345678', position: null, identity: null, safety }
    return desk.take(message, { feed: 'harbour', heardAtMs: clock.nowMs() })
  }
  const alarms = () => [...picture.alarm.values()]
  return { clock, picture, texts, written, say, alarms }
}
const SHIP = '412345678'

it('becomes one entry, over as soon as it is said, that waits until a person has taken note', async () => {
  const { say, alarms, clock } = setUp()
  await say('ENGINE  FAILED ', { to: '002470052' })
  expect(alarms()).toMatchObject([
    {
      kind: 'safety-text',
      priority: 'warning',
      subject: { kind: 'vessel', id: SHIP },
      detail: '|412345678|002470052|ENGINE FAILED',
      happenedAtMs: clock.nowMs(),
      clearedAtMs: clock.nowMs(),
      acknowledged: null,
    },
  ])
})
it('is not said again while it is repeated, by whatever receiver, and is once it has been quiet for half a day', async () => {
  const { say, alarms, clock, texts, written } = setUp()
  await Promise.all([say('GALE WARNING'), say('GALE WARNING')])
  const firstAtMs = clock.nowMs()
  for (let hour = 0; hour < 20; hour++) {
    clock.advance(3_600_000)
    await say('GALE WARNING')
  }
  expect(written).toHaveLength(2) // said, and over
  expect(texts.of(SHIP)).toEqual([{ to: null, text: 'GALE WARNING', firstAtMs, lastAtMs: clock.nowMs() }])
  await say('GALE WARNING', { to: '002470052' }) // to somebody else is another text
  expect(alarms()).toHaveLength(2)
  clock.advance(13 * 3_600_000)
  expect(texts.of(SHIP)).toEqual([])
  await say('GALE WARNING')
  expect(written).toHaveLength(6)
})
it('is known after a restart by the entry of the journal, at the ship as well', async () => {
  const { say, written, clock } = setUp()
  await say('NEED TUG', { to: '002470052' })
  const later = createSafetyTexts(clock)
  written.forEach(later.follow)
  expect(later.hear(SHIP, { to: '002470052', text: 'NEED TUG' }, clock.nowMs())).toBe('repeated')
  expect(later.of(SHIP)).toMatchObject([{ to: '002470052', text: 'NEED TUG' }])
})
it('holds no telephone number, wherever it stands, and is nothing without words', async () => {
  const { say, alarms, texts, written } = setUp()
  await say('CALL 13812345678 AT ONCE')
  expect(JSON.stringify(written) + JSON.stringify(texts.of(SHIP))).not.toContain('13812345678')
  expect(alarms()[0]!.detail).toBe('|412345678||CALL ▇▇▇ AT ONCE')
  await say('   ')
  expect(alarms()).toHaveLength(1)
})
it('of a beacon is no entry: meant, it is a distress call already; under test, it is nothing', async () => {
  const { say, alarms } = setUp()
  await say('SART ACTIVE', { mmsi: '970123456' })
  await say('MOB TEST', { mmsi: '972123456' })
  expect(alarms()).toEqual([])
})
it('of one who sends ever new ones stands at the ship once people could not read them, and is told when there is room', async () => {
  const { say, alarms, texts, clock } = setUp()
  for (let i = 1; i <= 12; i++) await say(`TEXT ${i}`)
  expect(alarms()).toHaveLength(10)
  expect(texts.of(SHIP).at(-1)).toMatchObject({ text: 'TEXT 12' })
  await say('MAN OVERBOARD', { mmsi: '412345679' }) // others are heard
  expect(alarms()).toHaveLength(11)
  clock.advance(3_700_000)
  await say('TEXT 12')
  expect(alarms().at(-1)!.detail).toContain('TEXT 12')
})
