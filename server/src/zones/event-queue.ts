/** A binary heap: the smallest first. Ties must be told apart by `before`, so that the order never depends on arrival. */
export interface Heap<T> {
  push(item: T): void
  peek(): T | undefined
  pop(): T | undefined
  readonly size: number
}

export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = []
  return {
    push(item) {
      let at = items.length
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!before(item, items[parent]!)) break
        items[at] = items[parent]!
        at = parent
      }
      items[at] = item
    },
    peek: () => items[0],
    pop() {
      const top = items[0]
      const last = items.pop()
      if (top === undefined || last === undefined || items.length === 0) return top
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= items.length) break
        if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child++
        if (!before(items[child]!, last)) break
        items[at] = items[child]!
        at = child
      }
      items[at] = last
      return top
    },
    get size() {
      return items.length
    },
  }
}
