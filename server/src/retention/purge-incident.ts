import { PURGED_TEXT, type Incident, type LngLat, type PurgeRule, type PurgedAt, type Search } from '@skerry/contract'

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

type Field = keyof Incident
type Take<K extends Field> = (value: NonNullable<Incident[K]>, how: Purging) => Incident[K] | undefined
const call: (text: string, how: Purging) => string = (text, how) => (callGoes(how) ? mark(text) : text)
/** Goes whole with the words of the call: it describes whom it is about. */
const withCall = <T>(value: T, how: Purging): T | undefined => (callGoes(how) ? undefined : value)
const by = <T extends string | null | undefined>(rule: PurgeRule, text: T, how: Purging): T | string =>
  how.rules.has(rule) ? mark(text) : text

/** What becomes of each field of an incident. One that is missing here does not compile. Undefined: it is left out. */
const FIELDS: { [K in Field]-?: 'stays' | Take<K> } = {
  id: 'stays',
  number: 'stays',
  category: 'stays',
  class: 'stays',
  priority: 'stays',
  level: 'stays',
  state: 'stays',
  occurredAtMs: 'stays',
  receivedAtMs: 'stays',
  closedAtMs: 'stays',
  closedAs: 'stays',
  unitIds: 'stays',
  searchId: 'stays',
  times: 'stays',
  sourceAtMs: 'stays',
  reclassified: 'stays',
  consignmentId: 'stays',
  purged: 'stays',
  position: (at, how) => (placeGoes(how) ? how.coarse(at) : at),
  place: call,
  text: call,
  outcome: call,
  subject: (subject, how) => (callGoes(how) ? null : subject),
  corrected: withCall,
  alert: withCall,
  warnings: withCall,
  sourceClosed: (closed, how) => ({ ...closed, outcome: call(closed.outcome, how) }),
  offers: (offers, how) => offers.map((offer) => ({ ...offer, reason: by('messages', offer.reason, how) })),
  steps: (steps, how) =>
    steps.map((step) =>
      step.withdrawn === undefined
        ? step
        : {
            ...step,
            withdrawn: {
              ...step.withdrawn,
              reason: by('messages', step.withdrawn.reason, how),
              by: by('acts', step.withdrawn.by, how),
            },
          },
    ),
  // A feed's own id for it stays, so that what the feed goes on stating makes no new incident; a desk's is a name.
  source: (source, how) => (OF_FEED.test(source) ? source : by('acts', source, how)),
  sameAs: (same, how) => ({ ...same, by: by('acts', same.by, how) }),
}

/**
 * An incident as its purge leaves it: number, times, category, units and how it ended, which figures are made of, and no
 * word, subject or exact place.
 */
export function purgedIncident(incident: Incident, how: Purging, at: PurgedAt): Incident {
  const left = Object.entries(incident).flatMap(([name, value]) => {
    const take = FIELDS[name as Field] as 'stays' | Take<Field> | undefined
    if (take === undefined) return [] // of another version: nobody has looked at what it holds
    const now = take === 'stays' || value === null || value === undefined ? value : take(value as never, how)
    return now === undefined ? [] : [[name, now]]
  })
  return { ...(Object.fromEntries(left) as unknown as Incident), purged: at }
}

/** Where and when a person was found, for figures: the moment and how they were stay. */
export const purgedFind = (found: NonNullable<Search['found']>, how: Purging): NonNullable<Search['found']> =>
  placeGoes(how) ? { ...found, position: how.coarse(found.position) } : found
