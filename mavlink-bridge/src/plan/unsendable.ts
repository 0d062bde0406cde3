import { encode } from '../wire/encode.ts'
import type { MissionItem } from './mission-item.ts'

/** An item that no message can carry, and why, in words of the encoder. */
export interface Unsendable {
  readonly seq: number
  readonly why: string
}

/**
 * The first item that the encoder refuses, or null. Asked before a transfer begins: a vehicle that was told how many
 * items come, and then gets no more, has lost the plan before (ArduPilot), or waits.
 */
export function unsendableItem(items: readonly MissionItem[]): Unsendable | null {
  for (const item of items) {
    try {
      encode('MISSION_ITEM_INT', { ...ANYONE, ...item }, { seq: 0, sys: 255, comp: 0 })
    } catch (error) {
      return { seq: item.seq, why: error instanceof Error ? error.message : String(error) }
    }
  }
  return null
}
const ANYONE = { target_system: 0, target_component: 0, mission_type: 0 }
