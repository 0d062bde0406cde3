import type { Writable } from 'node:stream'
import type { InputPorts } from './open-input.ts'

/** What the commands use of the process. */
export interface CliPorts extends InputPorts {
  readonly stdout: Writable
  readonly stderr: Pick<Writable, 'write'>
  /** Aborted when the caller wants the command to end (Ctrl-C). */
  readonly signal?: AbortSignal
}
