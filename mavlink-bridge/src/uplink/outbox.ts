/** Things to deliver, in order, kept until they are answered; bounded in number and age, the oldest go first. */
export interface Outbox<T> {
  put(item: T, atMs: number): void
  /** The next at most `count` items; they stay until `delivered`. */
  next(count: number, nowMs: number): readonly T[]
  /** The receiver has the first `count` items. */
  delivered(count: number): void
  readonly size: number
  /** Items given up because nobody took them in time. */
  readonly dropped: number
}

export function createOutbox<T>({ maxItems, maxAgeMs }: { maxItems: number; maxAgeMs: number }): Outbox<T> {
  let items: { readonly item: T; readonly atMs: number }[] = []
  /** Items before this index are delivered: cut off now and then, not one by one. */
  let head = 0
  let dropped = 0
  const compact = (): void => {
    if (head < 1024 && head < items.length) return
    items = items.slice(head)
    head = 0
  }
  return {
    put(item, atMs) {
      items.push({ item, atMs })
      if (items.length - head <= maxItems) return
      head++
      dropped++
      compact()
    },
    next(count, nowMs) {
      for (let first = items[head]; first !== undefined && nowMs - first.atMs > maxAgeMs; first = items[head]) {
        head++
        dropped++
      }
      compact()
      return items.slice(head, head + count).map(({ item }) => item)
    },
    delivered(count) {
      head = Math.min(items.length, head + count)
      compact()
    },
    get size() {
      return items.length - head
    },
    get dropped() {
      return dropped
    },
  }
}
