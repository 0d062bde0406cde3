import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'

/** Longest input taken, bytes: a map of four million cells with room to spare, and still one string for the runtime. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Reads one JSON value from a file, or from standard input without a file or with `-`. BadInput when there is none.
 * @param as what the file is called when it is at fault
 */
export async function readJson(file: string | undefined, ports: CliPorts, as = 'FILE'): Promise<unknown> {
  const name = file === undefined || file === '-' ? 'standard input' : as
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of name === as ? open(file!, ports.directories, as) : ports.stdin) {
    bytes += part.length
    if (bytes > MAX_BYTES) throw new BadInput(`${name}: must be at most ${MAX_BYTES} bytes`)
    parts.push(part)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    throw new BadInput(`${name}: must be UTF-8 text`)
  }
  if (text.trim() === '') throw new BadInput(`${name}: empty, must be one JSON object`)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new BadInput(`${name}: must be JSON (${(error as Error).message.split('\n')[0]})`)
  }
}

function open(file: string, directories: readonly string[], as: string): AsyncIterable<Uint8Array> {
  const found = directories.map((directory) => path.resolve(directory, file)).find((full) => existsSync(full))
  if (found === undefined) throw new BadInput(`${as}: must be an existing file, not ${file}`)
  if (statSync(found).isDirectory()) throw new BadInput(`${as}: must be a file, not the directory ${file}`)
  return createReadStream(found, { highWaterMark: 256 * 1024 })
}
