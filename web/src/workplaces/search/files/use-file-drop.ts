import { onScopeDispose, ref, type Ref } from 'vue'

/** Takes a file that is dropped anywhere on the page; true while one is held over it. */
export function useFileDrop(on: () => boolean, take: (file: File) => void): Ref<boolean> {
  const over = ref(false)
  let depth = 0
  const holdsFiles = (event: DragEvent): boolean => on() && event.dataTransfer?.types.includes('Files') === true
  const handlers = {
    dragenter(event: DragEvent): void {
      if (!holdsFiles(event)) return
      depth++
      over.value = true
    },
    dragover(event: DragEvent): void {
      if (holdsFiles(event)) event.preventDefault() // else the browser opens the file in place of the console
    },
    dragleave(event: DragEvent): void {
      if (!holdsFiles(event)) return
      depth = Math.max(0, depth - 1)
      over.value = depth > 0
    },
    drop(event: DragEvent): void {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth = 0
      over.value = false
      const file = event.dataTransfer?.files[0]
      if (file !== undefined) take(file)
    },
  }
  for (const [name, handler] of Object.entries(handlers)) document.addEventListener(name, handler as EventListener)
  onScopeDispose(() => {
    for (const [name, handler] of Object.entries(handlers)) document.removeEventListener(name, handler as EventListener)
  })
  return over
}
