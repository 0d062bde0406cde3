import { readFile } from 'node:fs/promises'
import { CROSSINGS_FILE } from '@skerry/basemap/node'
import { readCrossings, type Crossings } from '@skerry/contract'

let embedded: Promise<Crossings> | null = null

/** The user's own file, or the embedded one. Rejects when it cannot be read or does not fit. */
export async function loadCrossings(path: string | null): Promise<Crossings> {
  if (path !== null) return readCrossings(await readFile(path, 'utf8'), path)
  embedded ??= readFile(CROSSINGS_FILE, 'utf8').then((text) => readCrossings(text, 'crossings-zhoushan.json'))
  return embedded
}
