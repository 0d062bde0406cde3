import { readFile } from 'node:fs/promises'
import { CROSSINGS_FILE } from '@skerry/basemap/node'
import { readCrossings, type Crossings } from '@skerry/contract'

/** Lines and timetable of a file, or of the embedded area. Rejects with one line when it cannot be read. */
export async function loadTimetable(file: string | null): Promise<Crossings> {
  return readCrossings(await readFile(file ?? CROSSINGS_FILE, 'utf8'), file ?? 'the embedded timetable')
}
