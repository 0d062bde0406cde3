import { perMinText } from '../checkpoints/flow-text.ts'
import { totalOf } from '../checkpoints/order-checkpoints.ts'
import { checkpointName, secondsSince, type Inspection, type Known } from './facts.ts'

/** What is known about one checkpoint: counts only, and how old they are. The panel beside it says the rest. */
export function inspectCheckpoint(id: string, { picture, nowMs, lang, t }: Known): Inspection | null {
  const checkpoint = picture.checkpoint.get(id)
  if (checkpoint === undefined) return null
  const { flow, waiting, newestMinuteMs } = checkpoint
  const count = (n: number | null): string | null => (n === null ? null : String(n))
  const vehicles = (direction: 'in' | 'out') => {
    const stream = totalOf(checkpoint, direction, 'vehicles')
    const label = direction === 'in' ? ('inspect.vehiclesIn' as const) : ('inspect.vehiclesOut' as const)
    return stream === null ? [] : [{ label, value: perMinText(stream.passedPerMin, t) }]
  }
  const counts = (of: 'persons' | 'vehicles'): boolean => checkpoint.lanes.some((lane) => lane.counts === of)
  return {
    thing: { kind: 'checkpoint', id },
    title: checkpointName(checkpoint, lang),
    subtitle: t(`domain.checkpointKind.${checkpoint.kind}`),
    position: checkpoint.position,
    facts: [
      ...(counts('persons')
        ? ([
            { label: 'inspect.flowIn', value: perMinText(flow?.inPersonsPerMin ?? null, t) },
            { label: 'inspect.flowOut', value: perMinText(flow?.outPersonsPerMin ?? null, t) },
            { label: 'inspect.queuePersons', value: count(waiting.persons) },
          ] as const)
        : []),
      ...vehicles('in'),
      ...vehicles('out'),
      ...(counts('vehicles') ? [{ label: 'inspect.queueVehicles' as const, value: count(waiting.vehicles) }] : []),
    ],
    ages: [
      {
        label: 'inspect.age.counted',
        seconds: secondsSince(newestMinuteMs === null ? null : newestMinuteMs + 60_000, nowMs),
      },
      { label: 'inspect.age.received', seconds: secondsSince(checkpoint.receivedAtMs, nowMs) },
    ],
  }
}
