import { expect, it } from 'vitest'
import { checkpoints } from '../../gallery/samples.ts'
import { figureText } from './checkpoint-layer.ts'
import { flowFigures, flowTicks, TICKS } from './checkpoint-rows.ts'

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
  expect(figureText({ row: 'queue', value: 0 }, '未知')).toBe('⋮ 0')
})
