import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { KnownParams } from '../exchanges/hashed-params.ts'

const Known = z.object({
  hash: z.number().int(),
  params: z.array(z.object({ name: z.string(), value: z.number(), type: z.number().int() })),
})
const fileOf = (folder: string, systemId: number, comp: number): string =>
  path.join(folder, `params-${systemId}-${comp}.json`)

/** The list kept of a vehicle; null where there is none, or none that can be read: it is read from the vehicle then. */
export function keptParams(folder: string, systemId: number, comp: number): KnownParams | null {
  try {
    return Known.parse(JSON.parse(readFileSync(fileOf(folder, systemId, comp), 'utf8')))
  } catch {
    return null
  }
}

export function keepParams(folder: string, systemId: number, comp: number, known: KnownParams): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(folder, systemId, comp), JSON.stringify(known))
}
