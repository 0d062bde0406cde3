import { expect, it } from 'vitest'
import { createFaultLog } from './fault-log.ts'

it('says a fault the first time and then more and more seldom, with how often it came', () => {
  const lines: string[] = []
  const note = createFaultLog((line, { times }) => lines.push(`${line} (${times})`))
  for (let i = 0; i < 120; i++) note('main-1', new TypeError('PARAM_SET.param_id: too long'))
  note('main-2', 'no error object')
  expect(lines).toEqual([
    'main-1: PARAM_SET.param_id: too long (1)',
    'main-1: PARAM_SET.param_id: too long (10)',
    'main-1: PARAM_SET.param_id: too long (100)',
    'main-2: no error object (1)',
  ])
})

it('keeps no memory of faults that are all different, and goes on counting them', () => {
  const told: number[] = []
  const note = createFaultLog((_line, { times }) => told.push(times))
  for (let i = 0; i < 1100; i++) note('odd', `no. ${i}`)
  expect(told.filter((times) => times > 1)).toEqual([10, 100, 1000])
})
