import type { Router } from 'vue-router'

/** As much of a window as is needed here. */
interface Page {
  location: { hash: string }
  addEventListener: (type: 'hashchange', listener: () => void) => void
  removeEventListener: (type: 'hashchange', listener: () => void) => void
}

/**
 * An address entered while the first page is still loading is gone to once that is done: until then the router does
 * not listen, and would put its own first address back over it. Call before the router starts.
 */
export async function keepEarlyAddress(router: Pick<Router, 'isReady' | 'replace'>, page: Page): Promise<void> {
  let asked: string | null = null
  const note = (): void => {
    asked = page.location.hash.slice(1)
  }
  page.addEventListener('hashchange', note)
  try {
    await router.isReady()
  } finally {
    page.removeEventListener('hashchange', note)
  }
  if (asked !== null) await router.replace(asked)
}
