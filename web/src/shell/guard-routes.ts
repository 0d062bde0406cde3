import { watch } from 'vue'
import type { Router } from 'vue-router'
import type { useSession } from '../stores/session.ts'

/** Nothing is open without sign-in: pages that are not marked so lead to it, and back to where one wanted to go. */
export function guardRoutes(router: Router, session: ReturnType<typeof useSession>): void {
  router.beforeEach(async (to) => {
    if (to.meta['open'] === true) return true
    if (session.state === 'unknown') await session.restore()
    if (session.state === 'in') return true
    return { name: 'sign-in', query: { to: to.fullPath } }
  })
  watch(
    () => session.state,
    (state) => {
      const here = router.currentRoute.value
      if (state === 'out' && here.meta['open'] !== true)
        void router.replace({ name: 'sign-in', query: { to: here.fullPath } })
    },
  )
}
