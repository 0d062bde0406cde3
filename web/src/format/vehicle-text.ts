import type { DroneStatus } from '@skerry/contract'
import type { Translate } from '../i18n/words.ts'
import { zh } from '../i18n/zh/index.ts'

const isKind = (words: string): words is keyof typeof zh.fly.kind => Object.hasOwn(zh.fly.kind, words)

/** Kind of aircraft and its autopilot, in the language of the screen; a kind without words of ours stays as the bridge said it. */
export function vehicleText({ vehicle, autopilot }: Pick<DroneStatus, 'vehicle' | 'autopilot'>, t: Translate): string {
  return `${isKind(vehicle) ? t(`fly.kind.${vehicle}`) : vehicle} · ${t(`fly.autopilot.${autopilot}`)}`
}
