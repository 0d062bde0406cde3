import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LeewaySide, VelocityMps } from './leeway.ts'

const read = <T>(name: string): T | null => {
  const file = fileURLToPath(new URL(`../../../../shared/data/search/${name}`, import.meta.url))
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null
}

interface Fit {
  slope_pct: number
  offset_cms: number
  std_cms: number
}

export interface LeewayVector {
  object: string
  wind_to_xy_ms: VelocityMps
  current_xy_ms: VelocityMps
  side: LeewaySide
  eps_dw_cms: number
  eps_cw_cms: number
  opendrift_v_xy_ms: VelocityMps
  allen_v_xy_ms: VelocityMps
}

/** The carried list of classes, to compare ours with. For tests only. */
export const carriedLeewayObjects = (): { key: string; dw: Fit; cw_right: Fit; cw_left: Fit }[] =>
  read<{ objects: { key: string; dw: Fit; cw_right: Fit; cw_left: Fit }[] }>('leeway_objects.json')?.objects ?? []

/** Why such a test was skipped. */
export const NO_LEEWAY_DATA = 'skipped: ../shared/data/search/leeway_*.json is not here'
