import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { BadInput } from './bad-input.ts'

/** What opening a file needs from the process. */
export interface InputPorts {
  readonly stdin: AsyncIterable<Uint8Array>
  /** Directories that a relative path may be meant from, best first (npm changes to the package's own). */
  readonly directories: readonly string[]
}

/** Opens FILE as a stream of chunks; `-` is standard input. BadInput when it is no readable file. */
export function openInput(file: string, { stdin, directories }: InputPorts): AsyncIterable<Uint8Array> {
  if (file === '-') return stdin
  const candidates = directories.map((directory) => path.resolve(directory, file))
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined) throw new BadInput(`FILE: must be an existing file, not ${file}`)
  if (statSync(found).isDirectory()) throw new BadInput(`FILE: must be a file, not the directory ${file}`)
  return createReadStream(found, { highWaterMark: 256 * 1024 })
}
