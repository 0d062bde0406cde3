import type { DroneStatus } from '@skerry/contract'
import { agoText } from '../../format/time.ts'
import type { Translate } from '../../i18n/words.ts'

type Range = NonNullable<NonNullable<DroneStatus['camera']>['thermalRange']>
/** The camera tells ten times a second; older than this it is not what it sees now. */
const OLD_MS = 3000

/** Temperatures in the picture with their age; null where the camera has told none. `old`: they are not of now. */
export function thermalText(
  { minC, maxC, atMs }: Range,
  nowMs: number,
  t: Translate,
): { text: string; old: boolean } | null {
  if (atMs === null || (minC === null && maxC === null)) return null
  const part = (value: number | null): string => (value === null ? t('common.unknown') : value.toFixed(1))
  const ageMs = Math.max(0, nowMs - atMs)
  const words = { min: part(minC), max: part(maxC), age: agoText(ageMs / 1000, t) }
  return { text: t('fly.camera.temperatures', words), old: ageMs > OLD_MS }
}
