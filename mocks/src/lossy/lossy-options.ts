import { parseArgs } from 'node:util'
import type { Losses } from '@skerry/mavlink-bridge/testing'

export interface LossyOptions {
  readonly listen: { host: string; port: number }
  readonly to: { host: string; port: number }
  readonly losses: Losses
  readonly seed: number
}
export type ParsedLossy = { kind: 'run'; options: LossyOptions } | { kind: 'help' } | { kind: 'bad'; message: string }

export const LOSSY_HELP = `A bad radio between drones and the bridge, on real UDP sockets.

usage: npm run mocks -- lossy [options]
  then start drones with --to 127.0.0.1:14555

options:
  --listen HOST:PORT   where the drones send to              (default 127.0.0.1:14555)
  --to HOST:PORT       the bridge                            (default 127.0.0.1:14550)
  --lost SHARE         datagrams lost each way, 0 to 1       (default 0.1)
  --doubled SHARE      datagrams that come twice             (default 0.05)
  --late SHARE         datagrams overtaken by later ones     (default 0.05)
  --rtt MS             round trip                            (default 200)
  --rate BYTES         bytes a second that the radio carries each way (default: no limit)
  --cut FROM-TO        seconds after the start in which nothing passes; may be given again
  --seed N             same seed, same draws                 (default 1)
`

/** Options of the relay, without the word `lossy`. Never throws. */
export function parseLossy(argv: readonly string[]): ParsedLossy {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h' },
        listen: text,
        to: text,
        lost: text,
        doubled: text,
        late: text,
        rtt: text,
        rate: text,
        seed: text,
        cut: { type: 'string', multiple: true },
      },
      strict: true,
    })
    if (values.help === true) return { kind: 'help' }
    const share = (name: string, given: string | undefined, preset: number): number =>
      given === undefined ? preset : numberIn(name, given, 0, 1)
    const losses: Losses = {
      lost: share('--lost', values.lost, 0.1),
      doubled: share('--doubled', values.doubled, 0.05),
      late: share('--late', values.late, 0.05),
      rttMs: values.rtt === undefined ? 200 : numberIn('--rtt', values.rtt, 0, 60_000),
      cuts: (values.cut ?? []).map(cutOf),
      ...(values.rate === undefined ? {} : { bytesPerS: numberIn('--rate', values.rate, 10, 1e9) }),
    }
    const options: LossyOptions = {
      listen: hostPort('--listen', values.listen ?? '127.0.0.1:14555'),
      to: hostPort('--to', values.to ?? '127.0.0.1:14550'),
      losses,
      seed: values.seed === undefined ? 1 : numberIn('--seed', values.seed, 0, 4_294_967_295),
    }
    return { kind: 'run', options }
  } catch (error) {
    return { kind: 'bad', message: (error as Error).message.split('\n')[0] ?? 'bad option' }
  }
}

function numberIn(name: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (value >= low && value <= high) return value
  throw new RangeError(`${name} must be a number from ${low} to ${high}, not "${text}"`)
}

function cutOf(text: string): { fromMs: number; toMs: number } {
  const [, from, to] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text) ?? []
  const cut = { fromMs: Number(from) * 1000, toMs: Number(to) * 1000 }
  if (cut.fromMs < cut.toMs) return cut
  throw new RangeError(`--cut is FROM-TO in seconds, not "${text}"`)
}

function hostPort(name: string, text: string): { host: string; port: number } {
  const [, host, port] = /^([^:\s]+):(\d{1,5})$/.exec(text) ?? []
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) }
  throw new RangeError(`${name} is HOST:PORT, not "${text}"`)
}
