/** More senders than any fleet; beyond it the one that was answered longest ago is forgotten. */
const MAX_SENDERS = 512

/** Whether to answer a sender now: each one at most once in `periodMs`, so that nobody makes us say more than he does. */
export function createRareAnswer<Sender>(periodMs: number): (sender: Sender, atMs: number) => boolean {
  /** In order of the last answer: the oldest first. */
  const answeredAtMs = new Map<Sender, number>()
  return (sender, atMs) => {
    const lastAtMs = answeredAtMs.get(sender)
    if (lastAtMs !== undefined && Math.abs(atMs - lastAtMs) < periodMs) return false
    answeredAtMs.delete(sender)
    const [oldest] = answeredAtMs.keys()
    if (answeredAtMs.size >= MAX_SENDERS && oldest !== undefined) answeredAtMs.delete(oldest)
    answeredAtMs.set(sender, atMs)
    return true
  }
}
