import type { DispatchOffer, Incident } from '@skerry/contract'

/** A unit that was asked for an incident or ordered to it, once for each time that it was asked. */
export interface AskedUnit {
  unitId: string
  /** Null where it was ordered, not asked. */
  offer: DispatchOffer | null
  /** The newest word about a unit that is on the incident now: what it says by radio is entered here. */
  current: boolean
}

/** Everyone who was asked, oldest first, and after them those who were ordered. */
export function askedUnits({ offers = [], unitIds }: Pick<Incident, 'offers' | 'unitIds'>): AskedUnit[] {
  const ordered = unitIds.filter((id) => !offers.some(({ unitId }) => unitId === id))
  return [
    ...offers.map((offer, i) => ({
      unitId: offer.unitId,
      offer,
      current: unitIds.includes(offer.unitId) && !offers.slice(i + 1).some((later) => later.unitId === offer.unitId),
    })),
    ...ordered.map((unitId) => ({ unitId, offer: null, current: true })),
  ]
}

/** Unit that the keys of the radio speak for: the one that was chosen while it is on the incident, else the first. */
export const heardUnit = (lines: readonly AskedUnit[], chosen: string | null): string | null => {
  const out = lines.filter(({ current }) => current)
  return (out.find(({ unitId }) => unitId === chosen) ?? out[0])?.unitId ?? null
}
