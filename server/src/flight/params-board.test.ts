import type { DroneParam, UpkeepNotice } from '@skerry/contract'
import { expect, it } from 'vitest'
import { NOW_MS, statusOf } from '../domain/test-kit.ts'
import { createParamsBoard } from './params-board.ts'

const one = (name: string, value: number): DroneParam => ({ name, value, type: 9, atMs: NOW_MS })
const common = { droneId: 'main-1', jobId: 'j1', done: 0, total: 2, params: [], outcome: null } satisfies UpkeepNotice
const LISTED = { ...common, outcome: { kind: 'listed', count: 2 } } satisfies UpkeepNotice
const shown = (paramsOf: string | null) => statusOf('main-1', { upkeep: { setsWhileArmed: false, paramsOf } })

function filled() {
  const board = createParamsBoard(() => NOW_MS)
  board.take({ ...common, params: [one('A', 1)] })
  board.take({ ...common, params: [one('B', 2)] })
  board.take(LISTED)
  return board
}

it('puts the parts of a list together, and shows them for the reading that the bridge names alone', () => {
  const board = filled()
  expect(board.of(shown('j1'))).toEqual({ readAtMs: NOW_MS, params: [one('A', 1), one('B', 2)] })
  for (const status of [shown('j0'), shown(null), statusOf('main-1')])
    expect(board.of(status)).toEqual({ readAtMs: null, params: [] })
})

it('shows nothing of a list that has not come to its end', () => {
  const board = createParamsBoard(() => NOW_MS)
  board.take({ ...common, params: [one('A', 1)] })
  expect(board.of(shown('j1')).params).toEqual([])
  board.take({ ...common, outcome: { kind: 'failed', reason: 'upkeep-cancelled', unknown: false } })
  expect(board.of(shown('j1')).params).toEqual([])
})

it('keeps a list whose end is told twice', () => {
  const board = filled()
  board.take(LISTED)
  expect(board.of(shown('j1')).params).toHaveLength(2)
})

it('shows one that was to be set as unsure until the drone tells it', () => {
  const board = filled()
  board.doubt('main-1', 'B')
  board.doubt('main-1', 'NOT_READ')
  board.doubt('main-2', 'A')
  expect(board.of(shown('j1')).params).toEqual([one('A', 1), { ...one('B', 2), unsure: true }])
  board.take({ ...common, jobId: 'j2', params: [one('B', 3)] })
  board.take({ ...common, jobId: 'j2', outcome: { kind: 'holds', value: 3 } })
  expect(board.of(shown('j1')).params).toEqual([one('A', 1), one('B', 3)])
})

it('takes over what the drone tells of one of them', () => {
  const board = filled()
  board.take({ ...common, jobId: 'j2', params: [one('B', 3)] })
  board.take({ ...common, jobId: 'j2', outcome: { kind: 'holds', value: 3 } })
  expect(board.of(shown('j1')).params).toEqual([one('A', 1), one('B', 3)])
})
