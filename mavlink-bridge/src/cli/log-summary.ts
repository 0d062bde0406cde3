import { definitionById } from '../wire/definitions/definitions.ts'
import type { RecordedFrame } from './frame-source.ts'

interface Sender {
  readonly counts: Map<number, number>
  total: number
}

/** Collects what a reader wants to know first about a log: when, who, what, how often. */
export interface LogSummary {
  add(record: RecordedFrame): void
  lines(): string[]
}

export function createLogSummary(): LogSummary {
  const senders = new Map<string, Sender>()
  let firstUs: bigint | undefined
  let lastUs: bigint | undefined

  function times(): { lines: string[]; seconds: number | undefined } {
    if (firstUs === undefined || lastUs === undefined) return { lines: [], seconds: undefined }
    const seconds = Number(lastUs - firstUs) / 1e6
    const utc = (us: bigint): string => {
      const date = new Date(Number(us / 1000n))
      return Number.isNaN(date.getTime()) ? `${us} us` : date.toISOString()
    }
    return { lines: [`from ${utc(firstUs)}`, `to   ${utc(lastUs)}  (${seconds.toFixed(1)} s)`], seconds }
  }

  return {
    add({ atUs, frame }) {
      if (atUs !== null) {
        if (firstUs === undefined || atUs < firstUs) firstUs = atUs
        if (lastUs === undefined || atUs > lastUs) lastUs = atUs
      }
      const key = `system ${frame.sys}, component ${frame.comp}`
      let sender = senders.get(key)
      if (sender === undefined) senders.set(key, (sender = { counts: new Map(), total: 0 }))
      sender.total++
      sender.counts.set(frame.id, (sender.counts.get(frame.id) ?? 0) + 1)
    },
    lines() {
      const { lines, seconds } = times()
      const rate = (count: number): string =>
        seconds !== undefined && seconds > 0 ? `${(count / seconds).toFixed(2).padStart(9)} /s` : ''
      for (const [key, sender] of senders) {
        lines.push('', `${key}: ${sender.total} messages`)
        for (const [id, count] of [...sender.counts].sort((a, b) => b[1] - a[1])) {
          const name = definitionById(id)?.name ?? String(id)
          lines.push(`  ${name.padEnd(36)} ${String(count).padStart(8)} ${rate(count)}`)
        }
      }
      return lines
    },
  }
}
