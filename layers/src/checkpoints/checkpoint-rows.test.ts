import { expect, it } from 'vitest'
import { checkpoints } from '../../gallery/samples.ts'
import { figureText } from './checkpoint-layer.ts'
import { flowFigures, flowTicks, longestWait, queueTrend, TICKS } from './checkpoint-rows.ts'

const [known, , unknown] = checkpoints()

it('fills as many ticks per direction as the flow needs', () => {
  const ticks = flowTicks(known!, 10) // 46 in, 31 out
  const filled = (direction: string): number => ticks.filter((t) => t.direction === direction && t.filled).length
  expect([filled('in'), filled('out'), ticks.length]).toEqual([5, 4, 2 * TICKS])
})
it('fills the whole bar, and no more, beyond its scale', () => {
  const flow = { inPersonsPerMin: 900, outPersonsPerMin: 0, minutes: 5 }
  const ticks = flowTicks({ ...known!, flow }, 10)
  expect(ticks.filter((t) => t.filled).map((t) => t.direction)).toEqual(Array.from({ length: TICKS }, () => 'in'))
})
it('draws no bar for a flow that is not known, and says the word for it instead of 0', () => {
  expect(flowTicks(unknown!, 10)).toEqual([])
  expect(flowFigures(unknown!).map((figure) => figureText(figure, '未知'))).toEqual(['→ 未知', '← 未知', '⋮ 未知'])
  expect(figureText({ row: 'queue', value: 0, waitMin: null, trend: null }, '未知')).toBe('⋮ 0')
})
it('says who waits, for how long, and where that goes', () => {
  const [, , queue] = flowFigures(known!)
  expect(figureText(queue!, '?')).toBe('⋮ 120 · 25′ ▲')
  const [stream] = known!.streams
  expect(queueTrend([{ ...stream!, ahead: null }])).toBeNull()
  const ahead = stream!.ahead!.map((each) => ({ ...each, waiting: { p05: 0, p50: 125, p95: 200 } }))
  expect(queueTrend([{ ...stream!, ahead }])).toBe('level')
})
it('takes the longest wait of those who stand in a queue', () => {
  const queues = [
    { waiting: 0, waitMin: 600 },
    { waiting: 5, waitMin: 12 },
    { waiting: 9, waitMin: null },
  ]
  expect(longestWait(queues)).toBe(12)
  expect(longestWait([])).toBeNull()
})
it('marks a direction that surges', () => {
  const surging = { ...known!.streams[0]!, surge: { observed: 900, expected: 300, z: 12, n: 8, stands: true } }
  expect(flowFigures({ ...known!, streams: [surging] }).map(({ surge }) => surge)).toEqual([false, true, false])
})
