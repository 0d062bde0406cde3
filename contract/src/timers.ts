/** Lone-worker timer: a unit that works alone says so again within `everyMin`, or someone is asked to find out. One per unit. */
export interface LoneTimer {
  unitId: string
  everyMin: number
  dueAtMs: number
  startedBy: string
  /** Last sign of life, or the start. */
  saidAtMs: number
}
