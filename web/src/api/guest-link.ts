/** Where this tab keeps the link that it was opened by. A tab with a link is a guest's, whoever else is signed in in this browser. */
const KEY = 'skerry.guest'

/** Token of the guest's link of this tab; null for a tab of the staff. */
export function guestLink(): string | null {
  try {
    return sessionStorage.getItem(KEY)
  } catch {
    return held
  }
}

/** A browser that refuses storage still has the link until the page is left. */
let held: string | null = null

export function keepGuestLink(token: string | null): void {
  held = token
  try {
    if (token === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, token)
  } catch {
    // held is enough until the page is left
  }
}
