import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CountArchive } from '@skerry/contract'
import { hourFlow } from '../src/flow/hour-book.ts'

const MOCKS = fileURLToPath(new URL('../../mocks/src/cli.ts', import.meta.url))

/** Hours of one stream of a gate, as an archive tells them. */
export interface ArchivedStream {
  /** Of its lanes: the line, or the direction. */
  name: string
  checkpointId: string
  line: string | null
  counts: 'persons' | 'vehicles'
  /** Whether the queue is seen, so that arrivals are known. */
  seen: boolean
  /** Who waited at the end of each hour. */
  queue: (number | null)[]
  perDay: number
  fromMs: number
  hours: (number | null)[]
}

/** What the simulator of the ferries writes about some days, one body for the intake a line. */
export async function simulatedArchive(seed: number, days: number, until: string): Promise<CountArchive[]> {
  const child = spawn(
    process.execPath,
    [MOCKS, 'archive', '--seed', String(seed), '--days', String(days), '--until', until],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const bodies: CountArchive[] = []
  for await (const line of createInterface({ input: child.stdout })) bodies.push(CountArchive.parse(JSON.parse(line)))
  if (bodies.length === 0) throw new Error('the simulator wrote no archive')
  return bodies
}

/** Streams of an archive: what boards each line, and what comes ashore or crosses a bridge. */
export function streamsOf(bodies: readonly CountArchive[]): ArchivedStream[] {
  return bodies.flatMap(({ lanes, queues }) => {
    // Lanes of one stream are called by their line, with -a and -b where there are two, -cars for vehicles; ashore by in-.
    const groups = Map.groupBy(lanes, ({ lane }) => lane.replace(/-[ab12]$/, ''))
    return [...groups].map(([name, group]): ArchivedStream => {
      const { checkpointId, fromMs } = group[0]!
      const counts = name.endsWith('cars') || checkpointId.startsWith('bridge') ? 'vehicles' : 'persons'
      const line = name.replace(/-cars$/, '')
      const queue = queues.find((each) => each.counts === counts && (each.line ?? each.direction) === line)
      const hours = group[0]!.valid.map((_, i) => {
        const parts = group.map(({ valid, manual }) => {
          const [v, m] = [valid[i], manual === undefined ? 0 : manual[i]]
          return v == null || m == null ? null : { passed: v + m, arrived: null, minutes: 60 }
        })
        const flow = hourFlow(parts, { before: queue?.waiting[i - 1] ?? null, after: queue?.waiting[i] ?? null })
        return flow.arrived ?? flow.passed
      })
      const sum = hours.reduce<number>((total, value) => total + (value ?? 0), 0)
      const perDay = (sum / hours.length) * 24
      const boards = line !== 'in' && line !== 'out'
      return {
        name,
        checkpointId,
        line: boards ? line : null,
        counts,
        seen: queue !== undefined,
        queue: queue?.waiting ?? [],
        perDay,
        fromMs,
        hours,
      }
    })
  })
}
