import { checkpointName, secondsSince, type Inspection, type Known } from './facts.ts'

/** What is known about one checkpoint: counts only, and how old they are. */
export function inspectCheckpoint(id: string, { picture, nowMs, lang, t }: Known): Inspection | null {
  const checkpoint = picture.checkpoint.get(id)
  if (checkpoint === undefined) return null
  const { flow, latest } = checkpoint
  const perMinute = (n: number | null | undefined): string | null =>
    n === null || n === undefined ? null : t('inspect.perMinute', { n: n.toFixed(1) })
  const count = (n: number | null | undefined): string | null => (n === null || n === undefined ? null : String(n))
  return {
    thing: { kind: 'checkpoint', id },
    title: checkpointName(checkpoint, lang),
    subtitle: t(`domain.checkpointKind.${checkpoint.kind}`),
    position: checkpoint.position,
    facts: [
      { label: 'inspect.flowIn', value: perMinute(flow?.inPersonsPerMin) },
      { label: 'inspect.flowOut', value: perMinute(flow?.outPersonsPerMin) },
      { label: 'inspect.vehiclesIn', value: perMinute(latest?.inVehicles) },
      { label: 'inspect.vehiclesOut', value: perMinute(latest?.outVehicles) },
      { label: 'inspect.queuePersons', value: count(latest?.queuePersons) },
      { label: 'inspect.queueVehicles', value: count(latest?.queueVehicles) },
    ],
    ages: [
      { label: 'inspect.age.counted', seconds: secondsSince(latest?.minuteMs, nowMs) },
      { label: 'inspect.age.received', seconds: secondsSince(checkpoint.receivedAtMs, nowMs) },
    ],
  }
}
