import { describe, expect, it } from 'vitest'
import { figureRun, isLie, uploadRun, type UploadRun } from './upload-run.ts'

const run = async (of: UploadRun) => {
  const result = await uploadRun(of)
  expect(isLie(result), JSON.stringify({ ...of, ...result })).toBe(false)
  return result
}

describe('an upload over a bad link, in the manner of either autopilot', () => {
  it('is confirmed or honestly failed in the first sixty runs of the figure, and never shows another plan than is there', async () => {
    let confirmed = 0
    for (let seed = 1; seed <= 60; seed++) if ((await run(figureRun(seed))).said === 'confirmed') confirmed++
    expect(confirmed).toBeGreaterThanOrEqual(58)
  })

  it.each(['ardupilot', 'px4'] as const)('of few items to %s is not fooled by what comes late', async (autopilot) => {
    // Short plans end before the copies of their first messages have arrived.
    for (let seed = 1; seed <= 150; seed++) {
      const losses = { lost: 0.25, doubled: 0.3, late: 0.3, rttMs: [60, 300, 800][seed % 3]! }
      const how = { seed, autopilot, losses, items: 4 + (seed % 4), path: 'memory' } as const
      expect(isLie(await uploadRun(how)), `seed ${seed}`).toBe(false)
    }
  })

  it.each(['ardupilot', 'px4'] as const)('to %s goes on after the link was cut for a while', async (autopilot) => {
    const losses = { lost: 0.05, doubled: 0.05, late: 0.05, rttMs: 120, cuts: [{ fromMs: 2000, toMs: 14_000 }] }
    for (let seed = 1; seed <= 10; seed++)
      expect((await run({ seed, autopilot, losses, items: 40, path: 'codec' })).said).toBe('confirmed')
  })

  it.each(['ardupilot', 'px4'] as const)('to %s works over a radio of 600 bytes a second', async (autopilot) => {
    const losses = { lost: 0.05, doubled: 0, late: 0.05, rttMs: 300, bytesPerS: 600 }
    for (let seed = 1; seed <= 5; seed++)
      expect((await run({ seed, autopilot, losses, items: 30, path: 'codec' })).said).toBe('confirmed')
  })
})
