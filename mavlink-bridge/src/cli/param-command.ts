import { writeFileSync } from 'node:fs'
import { systemClock } from '../clock.ts'
import type { ParamError } from '../exchanges/param-one-machine.ts'
import { allParams } from '../exchanges/all-params.ts'
import { hashedParams } from '../exchanges/hashed-params.ts'
import { type Param, type ParamPorts, readParam, setParam } from '../exchanges/params.ts'
import { encodingOf, offersPack, type Session } from '../vehicles/session.ts'
import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'
import { STATION_HELP, stationArgs, stationOptions, withVehicle } from './ground-station.ts'
import { openInput } from './open-input.ts'
import { lineOutput } from './output.ts'
import { keepParams, keptParams } from './param-cache.ts'
import { compareParams, paramFileOf, readParamFile } from './param-file.ts'
import { outputPath, textOf } from './plan-commands.ts'

export const PARAMS_HELP = `usage: mavlink params list | get NAME | set NAME VALUE | save FILE | compare FILE

  list               all parameters, one line each (--json: one object per line)
  get NAME           one parameter
  set NAME VALUE     sets it; done only when the vehicle itself tells the new value
  save FILE          all of them as a file that QGroundControl reads
  compare FILE       what differs between FILE and the vehicle; exit 1 where anything does

  --cache FOLDER      keep PX4's list there, and do not read it again while its check sum is the same
${STATION_HELP}`

const VERBS = { list: 0, get: 1, set: 2, save: 1, compare: 1 } as const
type Verb = keyof typeof VERBS
/** What PARAM_REQUEST_READ and PARAM_SET hold of a name. */
const LONGEST_NAME_BYTES = 16

/** Runs `params`. */
export async function params(args: readonly string[], ports: CliPorts): Promise<void> {
  // A value below zero must not be taken for an option.
  const at = args.indexOf('set')
  const negative = at >= 0 ? args.findIndex((arg, i) => i > at + 1 && /^-\d/.test(arg)) : -1
  const value = negative < 0 ? null : (args[negative] ?? null)
  const cacheAt = args.indexOf('--cache')
  const cache = cacheAt < 0 ? null : (args[cacheAt + 1] ?? '')
  if (cache === '' || cache?.startsWith('--') === true) throw new BadInput('--cache: must name a folder')
  const ours = (i: number): boolean => i === negative || (cacheAt >= 0 && (i === cacheAt || i === cacheAt + 1))
  const { values, positionals } = stationArgs(args.filter((_, i) => !ours(i)))
  const [verb = '', ...named] = positionals
  const rest = value === null ? named : [...named, value]
  if (!isVerb(verb)) throw new BadInput(`params: must be ${Object.keys(VERBS).join(', ')}, not "${verb}"`)
  if (rest.length !== VERBS[verb])
    throw new BadInput(`params ${verb}: must have ${VERBS[verb]} argument(s), not ${rest.length}`)
  const [what = '', to = ''] = rest
  if ((verb === 'get' || verb === 'set') && Buffer.byteLength(what) > LONGEST_NAME_BYTES)
    throw new BadInput(`NAME: must have at most ${LONGEST_NAME_BYTES} bytes, not ${what}`)
  if (verb === 'set' && (to === '' || !Number.isFinite(Number(to))))
    throw new BadInput(`VALUE: must be a number, not ${to}`)
  const file = verb === 'compare' ? readParamFile(await textOf(openInput(what, ports))) : null
  const out = lineOutput(ports.stdout)
  const write = (text: string): Promise<boolean> => out.line(text)
  const line = ({ name, value: held, type }: Param): string =>
    values.json === true ? JSON.stringify({ name, value: held, type }) : `${name.padEnd(17)}${held}`

  await withVehicle(stationOptions(values), async (session) => {
    const paramPorts = portsOf(session)
    if (verb === 'get') return write(line(held(what, await readParam(what, paramPorts))))
    if (verb === 'set') {
      const set = await setParam(what, Number(to), paramPorts).catch((error: unknown) => {
        throw error instanceof RangeError ? new BadInput(`VALUE: ${error.message}`) : error
      })
      return write(line(held(what, set)))
    }
    const all = await everyParam(paramPorts, cache)
    if (verb === 'list') for (const param of all) await write(line(param))
    else if (verb === 'save') {
      writeFileSync(outputPath(what, ports), paramFileOf(all, session.systemId, paramPorts.comp))
      ports.stderr.write(`${all.length} parameters saved\n`)
    } else if (file !== null) {
      const differences = compareParams(file, all)
      for (const { name, file: wanted, vehicle } of differences)
        await write(
          values.json === true
            ? JSON.stringify({ name, file: wanted, vehicle })
            : `${name.padEnd(17)}file ${wanted ?? '-'}  vehicle ${vehicle ?? '-'}`,
        )
      if (differences.length > 0) await out.end()
      if (differences.length > 0) throw new Error(`${differences.length} parameters differ`)
    }
    return undefined
  })
  await out.end()
}

const isVerb = (word: string): word is Verb => Object.hasOwn(VERBS, word)

type ListPorts = ParamPorts & { readonly offersPack: boolean }

const portsOf = (session: Session): ListPorts => ({
  port: session.port,
  clock: systemClock,
  comp: session.vehicle().autopilotComp,
  encoding: encodingOf(session.vehicle()),
  rttMs: session.desk.rttMs(),
  offersPack: offersPack(session.vehicle()),
})

async function everyParam(paramPorts: ListPorts, cache: string | null): Promise<readonly Param[]> {
  const read =
    cache === null || paramPorts.encoding !== 'bytewise' ? await allParams(paramPorts) : await cached(paramPorts, cache)
  if (read.ok) return read.value
  throw new Error(
    read.error.kind !== 'incomplete'
      ? 'the vehicle does not answer'
      : `${read.error.missing.length} of ${read.error.total} parameters never came (the first: number ${read.error.missing[0]})`,
  )
}

/** Only PX4 has a check sum over its list. */
async function cached(ports: ListPorts, folder: string): ReturnType<typeof allParams> {
  const { systemId } = ports.port
  const read = await hashedParams(keptParams(folder, systemId, ports.comp), ports)
  if (!read.ok) return read
  const { hash, params: all } = read.value
  if (hash !== null) keepParams(folder, systemId, ports.comp, { hash, params: all })
  return { ok: true, value: all }
}

function held(name: string, answer: { ok: true; value: Param } | { ok: false; error: ParamError }): Param {
  if (answer.ok) return answer.value
  const { error } = answer
  switch (error.kind) {
    case 'absent':
      throw new BadInput(`NAME: the vehicle has no parameter ${name}`)
    case 'refused':
      throw new Error(`the vehicle refuses ${name} (PARAM_ERROR ${error.error})`)
    case 'differs':
      throw new Error(`not set: the vehicle still holds another value of ${name}`)
    case 'cancelled':
    case 'silent':
      throw new Error(`the vehicle does not answer about ${name} (it may have none of that name)`)
  }
}
