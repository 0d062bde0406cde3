import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'

/**
 * Follows a source one painted frame later. The first drawing of a new kind of layer can hold the machine for a second
 * where there is no GPU; what the pilot must read has to be on the screen before that.
 */
export function useAfterPaint<T>(source: () => T): Readonly<ShallowRef<T>> {
  const shown = shallowRef(source()) as ShallowRef<T>
  let frame = 0
  let timer = 0
  watch(source, () => {
    cancelAnimationFrame(frame)
    // a timer set in a frame runs after that frame was painted
    frame = requestAnimationFrame(() => {
      clearTimeout(timer)
      timer = window.setTimeout(() => (shown.value = source()))
    })
  })
  onScopeDispose(() => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  })
  return shown
}
