import { expect, it } from 'vitest'
import { Sendings } from './match-sendings.ts'

it('takes the newest sending of a place that is not later', () => {
  const sendings = new Sendings(2, 5000)
  for (const atMs of [1000, 4000]) sendings.add('anchor', atMs)
  expect(sendings.came(0, 'anchor', 1050)).toEqual({ kind: 'first', tookMs: 50 })
  expect(sendings.came(0, 'anchor', 4060)).toEqual({ kind: 'first', tookMs: 60 })
  expect(sendings.came(1, 'anchor', 4100)).toEqual({ kind: 'first', tookMs: 100 })
})
it('does not take what is told again for a position that was long on its way', () => {
  const sendings = new Sendings(2, 5000)
  sendings.add('ship', 1000)
  sendings.came(0, 'ship', 1050)
  expect(sendings.came(0, 'ship', 4854)).toEqual({ kind: 'again' })
  expect(sendings.came(0, 'ship', 60_000)).toEqual({ kind: 'again' })
  expect(sendings.came(1, 'ship', 4854)).toEqual({ kind: 'first', tookMs: 3854 })
})
it('does not know what nobody sent, nor what was sent too long ago or later', () => {
  const sendings = new Sendings(1, 5000)
  sendings.add('x', 1000)
  expect(sendings.came(0, 'elsewhere', 1000)).toEqual({ kind: 'unknown' })
  expect(sendings.came(0, 'x', 999)).toEqual({ kind: 'unknown' })
  expect(sendings.came(0, 'x', 6000)).toEqual({ kind: 'unknown' })
})
