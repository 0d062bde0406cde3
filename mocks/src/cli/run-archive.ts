import { createArchive } from '../city/ferry/archive.ts'
import { dayOf, startOfDay } from '../city/ferry/days.ts'
import { createFerryWorld } from '../city/ferry/ferry-world.ts'
import { gatesOf } from '../city/ferry/gates.ts'
import { loadTimetable } from '../city/ferry/load-timetable.ts'
import { waysOf } from '../city/ferry/ways.ts'
import type { Options } from './options.ts'

/** Lives through some days as fast as it can and writes what the gates counted by the hour, one gate a line. */
export async function runArchive(o: Pick<Options, 'seed' | 'days' | 'until' | 'timetable'>): Promise<void> {
  const crossings = await loadTimetable(o.timetable)
  const ways = waysOf(crossings, o.seed)
  const gates = gatesOf(crossings, ways)
  const untilMs = startOfDay(o.until === null ? dayOf(Date.now()) : Date.parse(o.until) / 86_400_000)
  const fromMs = startOfDay(dayOf(untilMs) - o.days)
  const world = createFerryWorld({ seed: o.seed, ways, gates, fromMs })
  const archive = createArchive(fromMs, o.days * 24)
  while (world.minuteMs < untilMs) {
    archive.at(world.minuteMs)
    world.next(archive)
  }
  archive.at(untilMs)
  for (const body of archive.bodies()) process.stdout.write(`${JSON.stringify(body)}\n`)
  await new Promise<void>((resolve) => void process.stdout.write('', () => resolve()))
}
