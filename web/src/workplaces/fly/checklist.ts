/** What a pilot confirms before a start, in the order in which it is done. */
export const CHECKS = ['areaClear', 'aircraftChecked', 'heightUnderstood'] as const
export type Ticks = Readonly<Record<(typeof CHECKS)[number], boolean>>
export const NO_TICKS: Ticks = { areaClear: false, aircraftChecked: false, heightUnderstood: false }

interface Kept {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
}
const KEY = 'skerry.fly.checklist'

/** Ticks that this tab holds for one verified plan: a reload keeps them, another plan begins with none. */
export function readTicks(planId: string, kept: Kept): Ticks {
  try {
    const saved = JSON.parse(kept.getItem(KEY) ?? 'null') as {
      planId?: unknown
      ticks?: Record<string, unknown>
    } | null
    if (saved === null || saved.planId !== planId) return NO_TICKS
    const on = (name: keyof Ticks): boolean => saved.ticks?.[name] === true
    return {
      areaClear: on('areaClear'),
      aircraftChecked: on('aircraftChecked'),
      heightUnderstood: on('heightUnderstood'),
    }
  } catch {
    return NO_TICKS
  }
}

export function writeTicks(planId: string, ticks: Ticks, kept: Kept): void {
  try {
    kept.setItem(KEY, JSON.stringify({ planId, ticks }))
  } catch {
    // A browser that refuses storage only forgets the ticks on reload.
  }
}
