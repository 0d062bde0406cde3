import type { PastPlaces } from '@skerry/contract'
import { expect, it } from 'vitest'
import { keptPlaces } from './kept-places.ts'

const HOUR = 3_600_000
function archive() {
  const asked: number[] = []
  let changes = 0
  let broken = false
  const past = {
    changes: () => changes,
    async places(fromMs: number): Promise<PastPlaces> {
      asked.push(fromMs)
      await Promise.resolve()
      if (broken) throw new Error('disk')
      return { places: [{ id: `i${changes}`, occurredAtMs: fromMs, position: [122, 30] }], whole: true }
    },
  }
  const set = { change: () => changes++, break: (to: boolean) => (broken = to) }
  return { ask: keptPlaces(past, 9), asked, ...set }
}

it('reads once for all who ask within the hour, at the same time too, until something is archived', async () => {
  const { ask, asked, change } = archive()
  const [first, second] = await Promise.all([ask(5 * HOUR + 7), ask(6 * HOUR - 1)])
  expect([first === second, asked]).toEqual([true, [5 * HOUR]])
  expect(JSON.parse(first)).toMatchObject({ places: [{ id: 'i0' }], whole: true })
  change()
  expect(JSON.parse(await ask(5 * HOUR))).toMatchObject({ places: [{ id: 'i1' }] })
  await ask(5 * HOUR)
  expect(asked).toHaveLength(2)
})
it('keeps no failure, and only so many windows', async () => {
  const { ask, asked, ...set } = archive()
  set.break(true)
  await expect(ask(0)).rejects.toThrow('disk')
  set.break(false)
  await ask(0)
  expect(asked).toHaveLength(2)
  for (let hour = 1; hour <= 8; hour++) await ask(hour * HOUR)
  await ask(8 * HOUR)
  expect(asked).toHaveLength(10)
  await ask(0)
  expect(asked).toHaveLength(11)
})
