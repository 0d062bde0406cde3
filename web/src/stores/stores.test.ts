import type { Alarm, Update } from '@skerry/contract'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { usePicture } from './picture.ts'
import { useSearchMaps } from './searches.ts'

beforeEach(() => setActivePinia(createPinia()))
const alarm = (id: string): Alarm => ({ id }) as Alarm
const update = (seq: number, id: string): Update => ({
  seq,
  atMs: 0,
  type: 'alarm.raised',
  incidentId: null,
  changes: [{ kind: 'alarm', id, value: alarm(id) }],
})

it('begins a snapshot afresh: what it does not name is gone', () => {
  const picture = usePicture()
  picture.takeUpdates([update(1, 'old')])
  picture.takeSnapshot({ seq: 9, atMs: 0, changes: [{ kind: 'alarm', id: 'new', value: alarm('new') }] })
  expect([...picture.alarms.keys()]).toEqual(['new'])
  expect(picture.seq).toBe(9)
})
it('tells listeners what just happened, and stops when told to', () => {
  const picture = usePicture()
  const heard: number[] = []
  const stop = picture.onUpdates((updates) => void heard.push(...updates.map((u) => u.seq)))
  picture.takeUpdates([update(1, 'a'), update(2, 'b')])
  stop()
  picture.takeUpdates([update(3, 'c')])
  expect(heard).toEqual([1, 2])
  expect(picture.alarms.size).toBe(3)
})
it('never goes back to an older probability map', () => {
  const maps = useSearchMaps()
  const grid = (revision: number) => ({ revision }) as Parameters<typeof maps.takeGrid>[1]
  maps.takeGrid('s', grid(5))
  maps.takeGrid('s', grid(4))
  expect(maps.grids.get('s')!.revision).toBe(5)
})
it('keeps each reading once, however often it is told of', () => {
  const maps = useSearchMaps()
  const reading = (atMs: number) => ({ droneId: 'main-1', atMs }) as Parameters<typeof maps.takeReadings>[1][number]
  maps.takeReadings('s', [reading(1), reading(2)])
  maps.takeReadings('s', [reading(2), reading(3)])
  expect(maps.readings.get('s')!.map((r) => r.atMs)).toEqual([1, 2, 3])
})
