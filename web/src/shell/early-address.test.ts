import { expect, it } from 'vitest'
import { keepEarlyAddress } from './early-address.ts'

function starting() {
  const listeners = new Set<() => void>()
  const went: unknown[] = []
  let ready = (): void => {}
  const isReady = new Promise<void>((resolve) => (ready = resolve))
  const page = {
    location: { hash: '#/dispatch' },
    addEventListener: (_: string, listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => void listeners.delete(listener),
  }
  const enter = (hash: string): void => {
    page.location.hash = hash
    for (const listener of listeners) listener()
  }
  const router = {
    isReady: () => isReady,
    replace: async (to: unknown) => void went.push(to),
  }
  return { page, router: router as never, enter, ready, went, listeners }
}

it('goes to the address that was entered last while the first page was loading', async () => {
  const { page, router, enter, ready, went, listeners } = starting()
  const done = keepEarlyAddress(router, page)
  enter('#/wall')
  enter('#/review')
  ready()
  await done
  expect(went).toEqual(['/review'])
  expect(listeners.size).toBe(0)
})

it('leaves a start without such an address alone', async () => {
  const { page, router, ready, went } = starting()
  const done = keepEarlyAddress(router, page)
  ready()
  await done
  expect(went).toEqual([])
})
