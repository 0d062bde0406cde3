import type { Writable } from 'node:stream'

/** What the commands use of the process. */
export interface CliPorts {
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: Writable
  readonly stderr: Pick<Writable, 'write'>
  /** Directories that a relative path may be meant from, best first (npm changes to the package's own). */
  readonly directories: readonly string[]
}
