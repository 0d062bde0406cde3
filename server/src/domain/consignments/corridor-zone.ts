import type { Consignment, DomainEvent, Zone, ZoneRule } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'

/** A vehicle stands within this radius, metres: a yard, a queue at a pier. */
const STOP_RADIUS_M = 60
/** Silent for so long on its way, seconds, is told. */
export const SILENT_S = 600

/**
 * The zone that watches a consignment: its corridor, with rules for its vehicle alone. Null where nobody sends its
 * positions: there is nothing to judge then.
 */
export function corridorZone(
  { id, number, vehicle, corridor, speedLimitMps, longestStopS }: Consignment,
  ctx: { nowMs: number; newId: () => string; seat: { name: string } },
): Zone | null {
  if (vehicle.terminalId === null) return null
  const common = { priority: 'warning', movers: ['consignment'], only: [vehicle.terminalId] } satisfies Omit<
    Extract<ZoneRule, { kind: 'corridor' }>,
    'kind'
  >
  const rules: ZoneRule[] = [
    { kind: 'corridor', ...common },
    { kind: 'gap', ...common, forS: SILENT_S },
    ...(speedLimitMps === null ? [] : [{ kind: 'overspeed' as const, ...common, limitMps: speedLimitMps }]),
    ...(longestStopS === null
      ? []
      : [{ kind: 'loiter' as const, ...common, forS: longestStopS, radiusM: STOP_RADIUS_M }]),
  ]
  return {
    id: ctx.newId(),
    name: `DG-${number} ${vehicle.callSign}`,
    shape: { kind: 'corridor', ...corridor },
    rules,
    evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
    revision: 1,
    changedAtMs: ctx.nowMs,
    changedBy: ctx.seat.name,
    consignmentId: id,
  }
}

/** The corridor is no longer watched; alarms of it have no cause any more. */
export function watchOver(picture: Picture, { zoneId }: Pick<Consignment, 'zoneId'>, reason: string): DomainEvent[] {
  if (zoneId === null || !picture.zone.has(zoneId)) return []
  return [
    { type: 'zone.removed', zoneId, reason },
    ...[...picture.alarm.values()]
      .filter((alarm) => alarm.zoneId === zoneId && alarm.clearedAtMs === null)
      .map(({ id }): DomainEvent => ({ type: 'alarm.cleared', alarmId: id })),
  ]
}
