import {
  PURGED_TEXT,
  type Incident,
  type LngLat,
  type PurgeRule,
  type PurgedAt,
  type Search,
  type UnitStep,
} from '@skerry/contract'

/** What a purge of one case goes by. */
export interface Purging {
  /** Everything that is gone after it, what went before too. */
  rules: ReadonlySet<PurgeRule>
  /** A missing person's case, or one with a search: its place is rough afterwards. */
  personal: boolean
  coarse: (at: LngLat) => LngLat
}

/** `FEED/EXTERNAL-ID`. */
const OF_FEED = /^[a-z0-9][a-z0-9._-]{0,39}\//

/** Whether the words of the call go: with the person, or with the messages where there is no person. */
export const callGoes = ({ rules, personal }: Pick<Purging, 'rules' | 'personal'>): boolean =>
  rules.has(personal ? 'person' : 'messages')

export const placeGoes = ({ rules, personal }: Pick<Purging, 'rules' | 'personal'>): boolean =>
  personal && rules.has('person')

/** Words that were there are marked as purged; where there were none, there were none. */
export const mark = <T extends string | null | undefined>(text: T): T | string => (text ? PURGED_TEXT : text)

/**
 * An incident as its purge leaves it: number, times, category, units and how it ended, which figures are made of, and no
 * word, subject or exact place. `alert` and `warnings` go whole: they describe whom they are about.
 */
export function purgedIncident(incident: Incident, how: Purging, at: PurgedAt): Incident {
  let left: Incident = { ...incident, purged: at }
  if (callGoes(how)) {
    const { alert: _alert, warnings: _warnings, corrected: _corrected, ...rest } = left
    left = {
      ...rest,
      text: mark(left.text),
      place: mark(left.place),
      outcome: mark(left.outcome),
      subject: null,
      ...(left.sourceClosed === undefined
        ? {}
        : { sourceClosed: { ...left.sourceClosed, outcome: mark(left.sourceClosed.outcome) } }),
    }
  }
  if (placeGoes(how)) left = { ...left, position: how.coarse(left.position) }
  if (how.rules.has('messages') && left.offers !== undefined)
    left = { ...left, offers: left.offers.map((offer) => ({ ...offer, reason: mark(offer.reason) })) }
  if (left.steps !== undefined) left = { ...left, steps: left.steps.map((step) => purgedStep(step, how)) }
  // A feed's own id for it stays, so that what the feed goes on stating makes no new incident; a desk's is a name.
  if (how.rules.has('acts') && !OF_FEED.test(left.source)) left = { ...left, source: PURGED_TEXT }
  if (how.rules.has('acts') && left.sameAs) left = { ...left, sameAs: { ...left.sameAs, by: mark(left.sameAs.by) } }
  return left
}

/** That a step was taken back stays; by whom and why goes. */
function purgedStep(step: UnitStep, { rules }: Purging): UnitStep {
  const { withdrawn } = step
  if (withdrawn === undefined) return step
  const by = rules.has('acts') ? mark(withdrawn.by) : withdrawn.by
  const reason = rules.has('messages') ? mark(withdrawn.reason) : withdrawn.reason
  return { ...step, withdrawn: { ...withdrawn, by, reason } }
}

/** Where and when a person was found, for figures: the moment and how they were stay. */
export const purgedFind = (found: NonNullable<Search['found']>, how: Purging): NonNullable<Search['found']> =>
  placeGoes(how) ? { ...found, position: how.coarse(found.position) } : found
