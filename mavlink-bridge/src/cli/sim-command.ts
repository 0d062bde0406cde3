import { spawn } from 'node:child_process'
import path from 'node:path'
import type { CliPorts } from './cli-ports.ts'

export const SIM_HELP = `usage: mavlink sim [--drones N] [--to HOST:PORT] [--sysid N] [--at LNG,LAT] [--seed N] [--speed N] [...]

Flies simulated vehicles over UDP until it is ended (Ctrl-C). They are programs of their own that speak the real
protocol: everything that works here has to work with an aircraft.
All options of the simulator (npm run mocks -- drone --help) may be given; --to is 127.0.0.1:14550 by default.
`
const SIMULATOR = path.join(import.meta.dirname, '../../../mocks/src/cli.ts')

/** Runs `sim`: the simulator as a process of its own; its exit code is passed on as a failure with its last words. */
export function sim(args: readonly string[], ports: CliPorts): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SIMULATOR, 'drone', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    child.stdout.on('data', (chunk: Buffer) => ports.stdout.write(chunk))
    child.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString('utf8')).slice(-2000)
      ports.stderr.write(chunk)
    })
    ports.signal?.addEventListener('abort', () => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 || ports.signal?.aborted === true) return resolve()
      reject(new SimulatorEnded(words.trim().split('\n').at(-1) ?? '', code ?? 1))
    })
  })
}

/** The simulator ended by itself; its exit code is the command's. */
export class SimulatorEnded extends Error {
  override name = 'SimulatorEnded'
  readonly exitCode: number
  constructor(lastWords: string, exitCode: number) {
    super(lastWords)
    this.exitCode = exitCode
  }
}
