import type { Checkpoint, LngLat } from '@skerry/contract'

/** Ticks of a full bar. A flow beyond them is still written as a figure. */
export const TICKS = 8

/** One mark of a bar beside a gate. */
export interface FlowTick {
  position: LngLat
  direction: 'in' | 'out'
  /** 0..TICKS-1, left to right. */
  index: number
  filled: boolean
}

/** One figure beside a gate, `null` where it is not known. */
export interface FlowFigure {
  position: LngLat
  row: 'in' | 'out' | 'queue'
  value: number | null
}

/**
 * The bars of a gate: per direction as many filled ticks as the flow needs, the rest open. An unknown flow has no
 * ticks at all, for an empty bar would say that nobody comes.
 * @param personsPerTick persons per minute that one tick stands for, > 0
 */
export function flowTicks(checkpoint: Pick<Checkpoint, 'position' | 'flow'>, personsPerTick: number): FlowTick[] {
  const { position, flow } = checkpoint
  return (['in', 'out'] as const).flatMap((direction) => {
    const persons = (direction === 'in' ? flow?.inPersonsPerMin : flow?.outPersonsPerMin) ?? null
    if (persons === null) return []
    const filled = Math.ceil(persons / personsPerTick)
    return Array.from({ length: TICKS }, (_, index) => ({ position, direction, index, filled: index < filled }))
  })
}

/** Persons per minute in and out, and persons in the queue. */
export function flowFigures({
  position,
  flow,
  latest,
}: Pick<Checkpoint, 'position' | 'flow' | 'latest'>): FlowFigure[] {
  return [
    { position, row: 'in', value: flow?.inPersonsPerMin ?? null },
    { position, row: 'out', value: flow?.outPersonsPerMin ?? null },
    { position, row: 'queue', value: latest?.queuePersons ?? null },
  ]
}
