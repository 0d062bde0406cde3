import { expect } from 'vitest'
import { type LeewayConvention, leewayVelocity } from '../drift/leeway.ts'
import { leewayObject } from '../drift/leeway-objects.ts'
import type { LeewayVector } from '../drift/leeway-vectors.ts'
import type { VectorCase } from './vector-case.ts'

const CONVENTIONS: readonly LeewayConvention[] = ['allen', 'opendrift']

/** How each group of `leeway_vectors.json` is checked: each vector once in either sign convention. For tests only. */
export const LEEWAY_CHECKS = {
  vectors: (vectors: readonly LeewayVector[]): VectorCase[] =>
    vectors.flatMap((v, i) =>
      CONVENTIONS.map((convention) => ({
        says: `${convention} ${i}: ${v.object}, wind to ${v.wind_to_xy_ms.join(', ')} m/s, ${v.side}`,
        test: () => {
          const deviation = { downwindCmps: v.eps_dw_cms, crosswindCmps: v.eps_cw_cms }
          const [east, north] = leewayVelocity(leewayObject(v.object), v.wind_to_xy_ms, v.side, {
            deviation,
            convention,
          })
          const expected = convention === 'allen' ? v.allen_v_xy_ms : v.opendrift_v_xy_ms
          expect(east + v.current_xy_ms[0]).toBeCloseTo(expected[0], 9)
          expect(north + v.current_xy_ms[1]).toBeCloseTo(expected[1], 9)
        },
      })),
    ),
}
