import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'
import { inspect, INSPECT_HELP } from './inspect.ts'
import { params, PARAMS_HELP } from './param-command.ts'
import { download, DOWNLOAD_HELP, upload, UPLOAD_HELP } from './plan-commands.ts'
import { replay, REPLAY_HELP, type ReplayClock } from './replay.ts'
import { sim, SIM_HELP, SimulatorEnded } from './sim-command.ts'
import { status, STATUS_HELP } from './status-command.ts'

const HELP = `usage: mavlink COMMAND ...

  inspect FILE [--json] [--raw]                 what a telemetry log holds
  replay FILE [--speed N] [--to HOST:PORT]      play a recorded flight over UDP
  status [--json] [--seconds S]                 a table of the vehicles on a port
  upload PLAN                                   upload a plan, read it back, compare
  download [--out FILE]                         read the plan out of a vehicle
  params list|get|set|save|compare              parameters of a vehicle
  sim [--drones N]                              fly simulated vehicles

mavlink COMMAND --help says more about each.
Exit codes: 0 done, 2 bad input, 1 anything else.
`

interface Verb {
  readonly help: string
  run(args: readonly string[], ports: CliPorts, clock: ReplayClock): Promise<void>
}
const VERBS: Readonly<Record<string, Verb>> = {
  inspect: { help: INSPECT_HELP, run: inspect },
  replay: { help: REPLAY_HELP, run: replay },
  status: { help: STATUS_HELP, run: status },
  upload: { help: UPLOAD_HELP, run: upload },
  download: { help: DOWNLOAD_HELP, run: download },
  params: { help: PARAMS_HELP, run: params },
  sim: { help: SIM_HELP, run: sim },
}

const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h')

/** Runs one command and returns the exit code; every failure becomes one line on standard error. */
export async function runCli(args: readonly string[], ports: CliPorts, clock: ReplayClock): Promise<number> {
  const [name = '', ...rest] = args
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  try {
    if (verb === undefined) {
      if (!asksForHelp(args)) throw new BadInput(`COMMAND: must be ${Object.keys(VERBS).join(' or ')}, not "${name}"`)
      ports.stdout.write(HELP)
    } else if (asksForHelp(rest)) ports.stdout.write(verb.help)
    else await verb.run(rest, ports, clock)
    return 0
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const said = isArgumentError(error) ? argumentFault(message, name) : message.split('\n')[0]
    ports.stderr.write(`${said}\n`)
    if (error instanceof SimulatorEnded) return error.exitCode
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
