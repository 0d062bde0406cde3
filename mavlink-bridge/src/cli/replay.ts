import { parseArgs } from 'node:util'
import type { Frame } from '../wire/frame.ts'
import { type FrameCounters, newCounters } from '../wire/framer.ts'
import { isFromTelemetryRadio } from '../wire/signing/signature-verifier.ts'
import { BadInput } from './bad-input.ts'
import type { CliPorts } from './cli-ports.ts'
import { recordedFrames } from './frame-source.ts'
import { openInput } from './open-input.ts'
import { createReplaySchedule } from './replay-schedule.ts'
import { openReplaySockets, parseTarget, type ReplaySockets } from './replay-sockets.ts'
import { createVehicleFilter } from './vehicle-filter.ts'

export const REPLAY_HELP = `usage: mavlink replay FILE [--speed N] [--to HOST:PORT] [--all]

Plays a recorded flight over UDP, with its own timing, as if the vehicles were flying now.
Each vehicle (system id) sends from a port of its own. Pauses of more than a minute are shortened to a second.
FILE  a tlog; - is standard input

  --speed N       plays N times as fast (default 1)
  --to HOST:PORT  where to send (default 127.0.0.1:14550)
  --all           also what ground stations sent: without it, frames of system ids from 250 on and of
                  senders whose heartbeat says that they are a ground station are left out

The last line of standard error is {"sent","leftOut","vehicles","good","badChecksum","unknown","refusedFlags","junkBytes"}.
`

/** Time as the replay needs it: monotonic milliseconds. */
export interface ReplayClock {
  nowMs(): number
  sleep(ms: number): Promise<void>
}

export interface ReplayCount {
  sent: number
  leftOut: number
}

/** Sends each frame when it is due; returns how many went out. Late frames are sent at once, in order. */
export async function play(
  batches: AsyncIterable<readonly { atUs: bigint | null; frame: Frame }[]>,
  sockets: Pick<ReplaySockets, 'send'>,
  clock: ReplayClock,
  options: { speed: number; all: boolean },
): Promise<ReplayCount> {
  const schedule = createReplaySchedule(options.speed)
  const isVehicle = createVehicleFilter()
  const count: ReplayCount = { sent: 0, leftOut: 0 }
  const startMs = clock.nowMs()
  let lastSys = 0
  for await (const batch of batches) {
    for (const record of batch) {
      const { frame } = record
      const waitMs = startMs + schedule.dueMs(record) - clock.nowMs()
      if (!isVehicle(frame) && !options.all) {
        count.leftOut++
        continue
      }
      if (waitMs >= 1) await clock.sleep(waitMs)
      // A telemetry radio speaks on the line of its vehicle, not from an address of its own.
      if (!isFromTelemetryRadio(frame) || lastSys === 0) lastSys = frame.sys
      await sockets.send(frame.raw, lastSys)
      count.sent++
    }
  }
  return count
}

/** Runs `replay`. BadInput on wrong arguments. */
export async function replay(args: readonly string[], ports: CliPorts, clock: ReplayClock): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { speed: { type: 'string' }, to: { type: 'string' }, all: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [file, ...more] = positionals
  if (file === undefined) throw new BadInput('FILE: missing, must be a telemetry log')
  if (more.length > 0) throw new BadInput(`FILE: must be one file, not ${positionals.length}`)
  const speed = Number(values.speed ?? 1)
  if (!Number.isFinite(speed) || speed <= 0)
    throw new BadInput(`--speed: must be a number above 0, not ${values.speed}`)
  const target = parseTarget(values.to ?? '127.0.0.1:14550')
  const chunks = openInput(file, ports)
  const sockets = await openReplaySockets(target)
  let counters: Readonly<FrameCounters> = newCounters()
  try {
    const batches = recordedFrames(chunks, false, (final) => (counters = final))
    const count = await play(batches, sockets, clock, { speed, all: values.all === true })
    ports.stderr.write(`${JSON.stringify({ ...count, vehicles: sockets.count, ...counters })}\n`)
  } finally {
    await sockets.close()
  }
}
