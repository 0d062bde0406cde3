/** What a computation gives, and the processor time it took, ms: other work on a shared machine does not count. */
export function cpuTimed<T>(run: () => T): { readonly value: T; readonly ms: number } {
  const before = process.cpuUsage()
  const value = run()
  const { user, system } = process.cpuUsage(before)
  return { value, ms: (user + system) / 1000 }
}
