import { onScopeDispose } from 'vue'

/** What a key does. Keys are those of `KeyboardEvent.key`. */
export type KeyMap = Readonly<Record<string, () => void>>

/** Where a key writes something. A tick box does not: `d` right after marking a unit is meant for the units. */
function typing(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio'
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
}

/** What Enter and Space press by themselves: a button, a link, the head of a part that folds. */
const pressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(BUTTON|A|SUMMARY)$/.test(target.tagName)

/**
 * Listens to plain keys while the calling component lives; never while someone types or a dialog is open. Escape leaves
 * the field that someone types in, so that the next key is one of these again.
 */
export function useKeys(keys: KeyMap): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('[role="dialog"]') !== null) return
    if (typing(event.target)) {
      // Escape that takes back the choice of a Chinese word is not the end of typing.
      if (event.key === 'Escape' && !event.isComposing) (event.target as HTMLElement).blur()
      return
    }
    if (/^(Enter| )$/.test(event.key) && pressable(event.target)) return
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  window.addEventListener('keydown', onKey)
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
