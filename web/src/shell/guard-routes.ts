import { watch } from 'vue'
import type { Router } from 'vue-router'
import { seesRoomsOnly, type Role } from '@skerry/contract'
import { guestLink } from '../api/guest-link.ts'
import type { useSession } from '../stores/session.ts'

/** Nothing is open without sign-in: pages that are not marked so lead to it, and back to where one wanted to go. */
export function guardRoutes(router: Router, session: ReturnType<typeof useSession>): void {
  router.beforeEach(async (to) => {
    if (to.meta['open'] === true) return true
    if (session.state === 'unknown') await session.restore()
    if (session.state === 'in') {
      if (session.role === 'wall') return to.name === 'wall' ? true : { name: 'wall', query: to.query }
      return roomsOnly(session.role) && to.name !== 'room' ? { name: 'room' } : true
    }
    if (guestLink() !== null) return { name: 'guest' }
    return { name: 'sign-in', query: { to: to.fullPath } }
  })
  watch(
    () => session.state,
    (state) => {
      const here = router.currentRoute.value
      if (state !== 'out' || here.meta['open'] === true) return
      void router.replace(guestLink() === null ? { name: 'sign-in', query: { to: here.fullPath } } : { name: 'guest' })
    },
  )
}

const roomsOnly = (role: Role | null): boolean => role !== null && seesRoomsOnly(role)
