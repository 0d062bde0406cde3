import { expect } from '@playwright/test'
import { isRunning, type Skerry } from './skerry.ts'

/** Kills a part without a chance to clean up. Resolves with the moment, ms since 1970. */
export async function killPart(skerry: Skerry, part: string): Promise<number> {
  const pid = await skerry.pid(part)
  process.kill(pid, 'SIGKILL')
  return Date.now()
}

/** Waits until the supervisor has started the part again, under another process id. */
export async function partIsBack(skerry: Skerry, part: string, oldPid: number): Promise<number> {
  const isBack = async (): Promise<boolean> => {
    const pid = await skerry.pid(part)
    return pid > 0 && pid !== oldPid && isRunning(pid)
  }
  await expect.poll(isBack, { timeout: 60_000, intervals: [100] }).toBe(true)
  return skerry.pid(part)
}

/** Stops a part in the middle of what it does, runs something, and lets it go on whatever happens. */
export async function whileStopped<T>(skerry: Skerry, part: string, run: (atMs: number) => Promise<T>): Promise<T> {
  const pid = await skerry.pid(part)
  process.kill(pid, 'SIGSTOP')
  try {
    return await run(Date.now())
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}
