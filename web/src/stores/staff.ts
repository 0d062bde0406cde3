import { AccountView, type NewAccount } from '@skerry/contract'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { request, type Failure } from '../api/request.ts'

const Accounts = AccountView.array()

/** Accounts of the staff, for an administrator; null until they were read. */
export const useStaff = defineStore('staff', () => {
  const accounts = shallowRef<readonly AccountView[] | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)

  async function load(): Promise<void> {
    const answer = await request('GET', '/api/accounts', undefined, Accounts)
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) accounts.value = answer.value
  }

  /** Resolves to whether the account is made; if not, `failure` says why and nothing on screen changes. */
  async function make(account: NewAccount): Promise<boolean> {
    busy.value = true
    const answer = await request('POST', '/api/accounts', account, AccountView)
    busy.value = false
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) await load()
    return answer.ok
  }

  return { accounts, failure, busy, load, make }
})
