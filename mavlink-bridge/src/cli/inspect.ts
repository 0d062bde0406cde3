import { parseArgs } from 'node:util'
import { decode } from '../wire/decode.ts'
import { fieldsToJson } from '../wire/fields-to-json.ts'
import { type FrameCounters, newCounters } from '../wire/framer.ts'
import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'
import { recordedFrames, type RecordedFrame } from './frame-source.ts'
import { createLogSummary } from './log-summary.ts'
import { openInput } from './open-input.ts'
import { lineOutput } from './output.ts'

export const INSPECT_HELP = `usage: mavlink inspect FILE [--json] [--raw]

Reads a telemetry log as a stream, however large, and says what is in it.
FILE  a tlog (8-byte big-endian microseconds, then a frame, repeated); - is standard input

  --json  one line per good frame:
          {"atUs","v","sys","comp","seq","id","name","fields"}; 64-bit integers as decimal strings,
          floats as numbers or "NaN", "Infinity", "-Infinity", "-0"
  --raw   FILE holds bare frames without time stamps (atUs is null)

The last line of standard error is {"good","badChecksum","unknown","refusedFlags","junkBytes"}.
A record with a wrong length byte, checksum or flags counts once; frames of unknown messages are not printed.
`

const jsonLine = ({ atUs, frame }: RecordedFrame): string => {
  const { v, sys, comp, seq, id } = frame
  const { name, fields } = decode(frame)
  return JSON.stringify({ atUs: atUs?.toString() ?? null, v, sys, comp, seq, id, name, fields: fieldsToJson(fields) })
}

/** Runs `inspect`. BadInput on wrong arguments. */
export async function inspect(args: readonly string[], ports: CliPorts): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, raw: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [file, ...more] = positionals
  if (file === undefined) throw new BadInput('FILE: missing, must be a telemetry log')
  if (more.length > 0) throw new BadInput(`FILE: must be one file, not ${positionals.length}`)
  const chunks = openInput(file, ports)
  const out = lineOutput(ports.stdout)
  let counters: Readonly<FrameCounters> = newCounters()
  const batches = recordedFrames(chunks, values.raw === true, (final) => (counters = final))

  const summary = createLogSummary()
  let wanted = true
  for await (const batch of batches) {
    for (const record of batch) {
      if (values.json !== true) summary.add(record)
      else if (wanted) wanted = await out.line(jsonLine(record))
    }
    // The counts are those of the whole file, unless nobody is left to read the lines.
    if (!wanted) return
  }
  if (values.json !== true) for (const line of summary.lines()) await out.line(line)
  await out.end()
  if (counters.good === 0 && counters.junkBytes > 0)
    ports.stderr.write(`no record found: ${values.raw === true ? 'no MAVLink frames' : 'bare frames need --raw'}\n`)
  ports.stderr.write(`${JSON.stringify(counters)}\n`)
}
