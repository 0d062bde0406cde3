import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Mode, Report } from './udp-receiver.ts'

/** A receiver in a process of its own. */
export interface Receiver {
  readonly port: number
  watch(port: number): void
  report(): Promise<Report>
  stop(): void
}

export async function startReceiver(mode: Mode): Promise<Receiver> {
  const child: ChildProcess = fork(fileURLToPath(new URL('udp-receiver.ts', import.meta.url)), [mode], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
  })
  const answer = async (): Promise<unknown> => ((await once(child, 'message')) as unknown[])[0]
  const { port } = (await answer()) as { port: number }
  return {
    port,
    watch: (watched) => void child.send({ watch: watched }),
    report() {
      const report = answer()
      child.send({ report: true })
      return report as Promise<Report>
    },
    stop: () => void child.kill('SIGKILL'),
  }
}
