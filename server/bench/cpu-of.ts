import { readFile } from 'node:fs/promises'

/** Milliseconds of a clock tick of `/proc`; 100 a second on every Linux that Node runs on (proc(5), `_SC_CLK_TCK`). */
const TICK_MS = 10

/** CPU that a process has used so far, user and system, milliseconds; NaN where the machine has no `/proc`. */
export async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may hold blanks; what follows it is fixed: utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}
