import { parseArgs } from 'node:util'
import type { Writable } from 'node:stream'
import type { z } from 'zod'
import { BadInput } from './bad-input.ts'
import { checked } from './checked.ts'
import type { CliPorts } from './cli-ports.ts'
import { readJson } from './read-json.ts'

/** One command of the tool. */
export interface Verb {
  readonly help: string
  run(args: readonly string[], ports: CliPorts): Promise<void>
}

/** What a command may use while it computes. */
export interface VerbContext {
  /** Switches that were given, without their dashes. */
  readonly flags: ReadonlySet<string>
  /** What the files given by options hold, by the option's name; checked by the command. */
  readonly files: ReadonlyMap<string, unknown>
  /** One line to standard error: something the caller should know that is no fault. */
  note(line: string): void
}

/**
 * A command that reads one JSON object from FILE or standard input, checks it, and prints one JSON object.
 * @param options.flags switches it knows (`--name`)
 * @param options.files options it knows that take a JSON file (`--name FILE`)
 * @param options.answer when given and not null for these flags, is printed instead; no input is read
 * A RangeError of the search science that names a field is bad input too: the field comes first in its message.
 */
export function jsonVerb<T>(options: {
  readonly help: string
  readonly input: z.ZodType<T>
  readonly flags?: readonly string[]
  readonly files?: readonly string[]
  readonly answer?: (flags: ReadonlySet<string>, files: ReadonlyMap<string, unknown>) => object | null
  readonly run: (input: T, context: VerbContext) => object
}): Verb {
  const { help, input, flags: known = [], files: fileNames = [], answer, run } = options
  return {
    help,
    async run(args, ports) {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: Object.fromEntries([
          ...known.map((name) => [name, { type: 'boolean' as const }] as const),
          ...fileNames.map((name) => [name, { type: 'string' as const }] as const),
        ]),
        allowPositionals: true,
      })
      if (positionals.length > 1) throw new BadInput(`FILE: must be one file, not ${positionals.length}`)
      const flags = new Set(Object.keys(values))
      const given: Readonly<Record<string, unknown>> = values
      const files = new Map<string, unknown>()
      for (const name of fileNames) {
        const file = given[name]
        if (typeof file === 'string') files.set(name, await readJson(file, ports, `--${name}`))
      }
      const instead = computed(() => answer?.(flags, files) ?? null)
      if (instead) return writeJson(ports.stdout, instead)
      const asked = checked(input, await readJson(positionals[0], ports))
      await writeJson(
        ports.stdout,
        computed(() => run(asked, { flags, files, note: (line) => ports.stderr.write(`${line}\n`) })),
      )
    },
  }
}

/** Runs the science. What it refuses by a field's name is the caller's fault; any other error is ours. */
function computed<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof RangeError && /^[a-z]\w*(\[\d+\]|\.\w+)*: /i.test(error.message))
      throw new BadInput(error.message)
    throw error
  }
}

/** Prints one line of JSON. A number that JSON cannot say is a fault of ours, never a silent null. */
async function writeJson(stream: Writable, value: object): Promise<void> {
  const text = JSON.stringify(value, (key, each: unknown) => {
    if (typeof each === 'number' && !Number.isFinite(each)) throw new Error(`internal: ${key} is ${each}`)
    return ArrayBuffer.isView(each) ? Array.from(each as Float64Array) : each
  })
  await new Promise<void>((resolve, reject) => {
    // A reader that has gone away (as `head` does) needs nothing more.
    const onError = (error: NodeJS.ErrnoException): void => (error.code === 'EPIPE' ? resolve() : reject(error))
    stream.once('error', onError)
    stream.write(`${text}\n`, (error) => (error ? onError(error) : resolve()))
  })
}
