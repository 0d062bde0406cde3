import { WITHDRAW_STEP_MS, type DispatchOffer, type Incident, type Unit, type UnitStep } from '@skerry/contract'

/** A unit that was asked for an incident or ordered to it, once for each time that it was asked. */
export interface AskedUnit {
  unitId: string
  /** Null where it was ordered, not asked. */
  offer: DispatchOffer | null
  /** The newest word about a unit that is on the incident now: what it says by radio is entered here. */
  current: boolean
}

/** Everyone who was asked, oldest first, and after them those who were ordered, also after an answer that ended their offer. */
export function askedUnits({ offers = [], unitIds }: Pick<Incident, 'offers' | 'unitIds'>): AskedUnit[] {
  const asked = offers.map((offer, i) => ({
    unitId: offer.unitId,
    offer,
    current:
      unitIds.includes(offer.unitId) &&
      (offer.state === 'open' || offer.state === 'accepted') &&
      !offers.slice(i + 1).some((later) => later.unitId === offer.unitId),
  }))
  const ordered = unitIds.filter((id) => !asked.some(({ unitId, current }) => current && unitId === id))
  return [...asked, ...ordered.map((unitId) => ({ unitId, offer: null, current: true }))]
}

/** Unit that the keys of the radio speak for: the one that was chosen while it is on the incident, else the first. */
export const heardUnit = (lines: readonly AskedUnit[], chosen: string | null): string | null => {
  const out = lines.filter(({ current }) => current)
  return (out.find(({ unitId }) => unitId === chosen) ?? out[0])?.unitId ?? null
}

/** Steps of a unit under the names of the lifecycle's clocks. */
export const STEP_NAME = {
  acknowledged: 'sign',
  'en-route': 'go',
  'on-scene': 'arrive',
  'feedback-given': 'feedback',
} as const satisfies Record<UnitStep['state'], string>

/** The step that can be taken back: the unit's last one since its order, where a desk entered it and not too long ago. */
export function takeableStep(
  { steps = [], state }: Pick<Incident, 'steps' | 'state'>,
  unit: Pick<Unit, 'id' | 'assignment'> | undefined,
  nowMs: number,
): UnitStep | null {
  if (unit === undefined || state === 'closed') return null
  const orderedAtMs = unit.assignment?.orderedAtMs ?? 0
  const last = steps.findLast(
    ({ unitId, withdrawn, atMs }) => unitId === unit.id && withdrawn === undefined && atMs >= orderedAtMs,
  )
  return last?.byRadio && nowMs - last.atMs <= WITHDRAW_STEP_MS ? last : null
}

/** Steps of a unit that were taken back, oldest first. */
export const withdrawnSteps = ({ steps = [] }: Pick<Incident, 'steps'>, of: string): UnitStep[] =>
  steps.filter(({ unitId, withdrawn }) => unitId === of && withdrawn !== undefined)

/** Where an order stands: `unsigned` has time left, `late` has none; `ordered`: signed for, or nobody knows since when. */
export function orderOf(
  assignment: Pick<NonNullable<Unit['assignment']>, 'orderedAtMs' | 'signByMs'> | null | undefined,
  nowMs: number,
): { state: 'ordered' | 'unsigned' | 'late'; ageMs: number | null } {
  const { orderedAtMs, signByMs } = assignment ?? {}
  const ageMs = orderedAtMs === undefined ? null : Math.max(0, nowMs - orderedAtMs)
  return { state: signByMs === undefined ? 'ordered' : nowMs > signByMs ? 'late' : 'unsigned', ageMs }
}
