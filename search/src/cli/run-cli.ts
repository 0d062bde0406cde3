import { allocate } from './allocate.ts'
import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'
import { drift } from './drift.ts'
import type { Verb } from './json-verb.ts'
import { map } from './map.ts'
import { plan } from './plan.ts'
import { score } from './score.ts'
import { sweepWidth } from './sweep-width.ts'
import { update } from './update.ts'

/** Each command lives in its own file. */
const VERBS: Readonly<Record<string, Verb>> = { map, plan, score, update, allocate, drift, 'sweep-width': sweepWidth }

/** What the command is for: the first sentence of its help. */
const purpose = ({ help }: Verb): string => help.split('\n\n')[1]!.split('.')[0]!

const help = (): string => `usage: search COMMAND [FILE]

${Object.entries(VERBS)
  .map(([name, verb]) => `  ${name.padEnd(12)} ${purpose(verb)}`)
  .join('\n')}

JSON in from FILE or standard input, one JSON object out. search COMMAND --help says what it takes and gives.
Exit codes: 0 done, 2 bad input, 1 anything else.
`

const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h')

/** Runs one command and returns the exit code; every failure becomes one line on standard error. */
export async function runCli(args: readonly string[], ports: CliPorts): Promise<number> {
  const [name = '', ...rest] = args
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  try {
    if (verb === undefined) {
      if (!asksForHelp(args)) throw new BadInput(`COMMAND: must be ${Object.keys(VERBS).join(' or ')}, not "${name}"`)
      ports.stdout.write(help())
    } else if (asksForHelp(rest)) ports.stdout.write(verb.help)
    else await verb.run(rest, ports)
    return 0
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).split('\n')[0]!
    ports.stderr.write(`${isArgumentError(error) ? argumentFault(message, name) : message}\n`)
    return error instanceof BadInput || isArgumentError(error) ? 2 : 1
  }
}

/** Errors of parseArgs: unknown options, missing values. */
const isArgumentError = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

/** What parseArgs says of an argument, in the manner of every other bad input: the field, and what it must be. */
function argumentFault(message: string, command: string): string {
  const given = /'([^' ]+)/.exec(message)?.[1] ?? 'ARGUMENT'
  return `${given}: must be an option of ${command} in its right form (${command} --help lists them)`
}
