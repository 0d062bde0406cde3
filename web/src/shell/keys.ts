import { onScopeDispose } from 'vue'

/** What a key does. Keys are those of `KeyboardEvent.key`. */
export type KeyMap = Readonly<Record<string, () => void>>

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Listens to plain keys while the calling component lives; never while someone types or a dialog is open. */
export function useKeys(keys: KeyMap): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
    if (document.querySelector('[role="dialog"]') !== null) return
    // Enter on a button belongs to the button
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  window.addEventListener('keydown', onKey)
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
