import type { Task } from '@skerry/contract'
import { expect, it } from 'vitest'
import type { DroneTab } from './drone-tabs.ts'
import { tabToShow } from './drone-tabs.ts'
import { askOf, workOf } from './drone-work.ts'
import { holdsPlanOf, nextCorner } from './flight-leg.ts'

const task = (number: number, state: Task['state'], more: Partial<Task> = {}): Task =>
  ({
    id: `t${number}`,
    number,
    droneId: 'main-1',
    searchId: 's',
    state,
    offeredAtMs: number,
    endedAtMs: null,
    pilot: null,
    upload: null,
    ...more,
  }) as Task
const pilot = { seatId: 'p1', name: '王' }
const open = (): boolean => true

it('shows what is flown and what comes next side by side', () => {
  const work = workOf(
    'main-1',
    [task(1, 'flying'), task(2, 'offered'), task(3, 'offered', { droneId: 'main-2' })],
    open,
  )
  expect([work.flight?.number, work.next?.number]).toEqual([1, 2])
})
it('keeps a prepared task before a newer offer', () => {
  expect(workOf('main-1', [task(1, 'ready', { pilot }), task(2, 'offered')], open).next?.number).toBe(1)
})
it('asks for another upload only while nothing newer came and the search runs', () => {
  const failed = task(1, 'failed', { pilot })
  expect(workOf('main-1', [failed], open).next?.number).toBe(1)
  expect(workOf('main-1', [failed], () => false).next).toBeNull()
  expect(workOf('main-1', [failed, task(2, 'done', { endedAtMs: 5 })], open).next).toBeNull()
  expect(workOf('main-1', [failed, task(2, 'drafted', { offeredAtMs: null })], open).next?.number).toBe(1)
})
it('lets nobody start a plan that was not read back', () => {
  const upload = { done: 9, total: 9, verified: false, planId: null }
  expect(askOf(task(1, 'ready', { pilot, upload }), true)).toBe('wait-upload')
  expect(askOf(task(1, 'ready', { pilot, upload: { ...upload, verified: true } }), true)).toBe('start')
})
it('says that a task is taken to everyone but who took it', () => {
  expect(askOf(task(1, 'seen'), false)).toBe('answer')
  expect(askOf(task(1, 'uploading', { pilot }), false)).toBe('taken')
  expect(askOf(task(1, 'failed', { pilot }), true)).toBe('retry-upload')
})

const tab = (id: string, more: Partial<DroneTab> = {}): DroneTab => ({
  id,
  place: 'ground',
  linkLost: false,
  atRest: false,
  offer: null,
  busy: false,
  holder: null,
  mine: false,
  ...more,
})
it('never leaves a drone that its pilot flies, whatever is offered elsewhere', () => {
  const tabs = [tab('a', { mine: true, place: 'air' }), tab('b', { offer: task(1, 'offered') })]
  expect(tabToShow(tabs, 'a')?.id).toBe('a')
  expect(tabToShow([{ ...tabs[0]!, place: 'unknown' }, tabs[1]!], 'a')?.id).toBe('a')
})
it('goes from a drone at rest to one that is offered a task, and stays where the pilot answers', () => {
  const tabs = [tab('a'), tab('b', { offer: task(1, 'offered') }), tab('c', { offer: task(2, 'offered') })]
  expect(tabToShow(tabs, 'a')?.id).toBe('b')
  expect(tabToShow(tabs, 'c')?.id).toBe('c')
  expect(tabToShow([tab('a'), tab('b')], 'b')?.id).toBe('b')
})
it('stays with a drone whose task was just accepted, before the lease is there', () => {
  const tabs = [tab('a', { busy: true }), tab('b', { offer: task(1, 'offered') })]
  expect(tabToShow(tabs, 'a')?.id).toBe('a')
})
it('opens with the drone that this seat flies', () => {
  expect(tabToShow([tab('a', { offer: task(1, 'offered') }), tab('b', { mine: true, place: 'air' })], null)?.id).toBe(
    'b',
  )
  expect(tabToShow([], null)).toBeNull()
})

it('leads to the corner that the aircraft flies to, and to none of another plan', () => {
  const flown = task(1, 'flying', {
    path: [
      [122, 30],
      [122.1, 30],
    ],
    upload: { done: 6, total: 6, verified: true, planId: 'p' },
  })
  const mission = { current: 4, reached: 3, total: 6, plan: 'verified', planId: 'p' } as const
  expect(nextCorner(flown, mission)).toEqual([122.1, 30])
  expect(nextCorner(flown, { ...mission, current: 0 })).toBeNull()
  expect(nextCorner(flown, { ...mission, current: 5 })).toBeNull()
  expect(nextCorner(flown, { ...mission, planId: 'other' })).toBeNull()
  expect(nextCorner({ ...flown, state: 'returning' }, mission)).toBeNull()
})
it('leads to the corners of the rest of a path, and past the step that slows it down', () => {
  const path: Task['path'] = [
    [122, 30],
    [122.1, 30],
    [122.2, 30],
  ]
  const on = (current: number) => ({ current, reached: null, total: 8, plan: 'verified', planId: 'p' }) as const
  const upload = (total: number) => ({ done: total, total, verified: true, planId: 'p' })
  const rest = task(1, 'flying', { path, resumeFrom: 1, upload: upload(6) })
  expect([3, 4, 5].map((current) => nextCorner(rest, on(current)))).toEqual([path[1], path[2], null])
  const slow = task(1, 'flying', { path, upload: upload(9) })
  expect([2, 3, 4, 5, 6, 7].map((current) => nextCorner(slow, on(current)))).toEqual([
    null,
    path[0],
    path[1],
    path[1],
    path[2],
    null,
  ])
})
it('knows when another plan was loaded over the one that is flown', () => {
  const upload = { done: 6, total: 6, verified: true, planId: 'p' }
  const aboard = (planId: string | null) =>
    ({ mission: { current: 0, reached: null, total: 6, plan: 'verified', planId } }) as const
  expect(holdsPlanOf(task(1, 'flying', { upload }), aboard('p'))).toBe(true)
  expect(holdsPlanOf(task(1, 'flying', { upload }), aboard('q'))).toBe(false)
  expect(holdsPlanOf(task(1, 'flying', { upload }), aboard(null))).toBe(true)
})
