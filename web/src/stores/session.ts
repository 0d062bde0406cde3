import { Seat, type Role } from '@skerry/contract'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { guestLink, keepGuestLink } from '../api/guest-link.ts'
import { request, type Result } from '../api/request.ts'

const Nothing = { parse: (): null => null }

/** Who sits here. The session itself is a cookie that scripts cannot read. */
export const useSession = defineStore('session', () => {
  const seat = shallowRef<Seat | null>(null)
  const state = ref<'unknown' | 'in' | 'out'>('unknown')

  /** Asks the server who this browser is signed in as. An unreachable server leaves the answer as it was. */
  async function restore(): Promise<void> {
    const answer = await request('GET', '/api/session', undefined, Seat)
    if (answer.ok) settle(answer.value)
    else if (answer.failure.kind === 'problem' && answer.failure.status === 401) settle(null)
  }

  async function signIn(account: string, password: string): Promise<Result<Seat>> {
    keepGuestLink(null) // whoever signs in here is no guest
    const answer = await request('POST', '/api/session', { account, password }, Seat)
    if (answer.ok) settle(answer.value)
    return answer
  }

  /** This browser becomes the wall of that link, whoever was signed in before. */
  async function openKiosk(token: string): Promise<Result<Seat>> {
    keepGuestLink(null)
    const answer = await request('POST', '/api/kiosk', { token }, Seat)
    if (answer.ok) settle(answer.value)
    return answer
  }

  async function signOut(): Promise<void> {
    if (guestLink() === null) await request('DELETE', '/api/session', undefined, Nothing)
    keepGuestLink(null)
    settle(null)
  }

  function settle(next: Seat | null): void {
    seat.value = next
    state.value = next === null ? 'out' : 'in'
  }

  const role = computed<Role | null>(() => seat.value?.role ?? null)
  return { seat, state, role, restore, signIn, openKiosk, signOut, settle }
})
