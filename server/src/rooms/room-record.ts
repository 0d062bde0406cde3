import {
  withoutPersonal,
  type Incident,
  type JournalEntry,
  type MemberKey,
  type PurgeRule,
  type RoomVoice,
  type SupportAnswer,
} from '@skerry/contract'

/** What one member did about one message, epoch ms; null for not. */
export interface RecordedReceipt {
  member: MemberKey
  deliveredAtMs: number | null
  readAtMs: number | null
  acknowledged: { atMs: number; by: string; byRadio: boolean } | null
}
export interface RecordedMessage {
  number: number
  atMs: number
  from: RoomVoice
  text: string
  urgent: boolean
  owed: MemberKey[]
  receipts: RecordedReceipt[]
}
/** One stay of one member. */
export interface RecordedStay {
  key: MemberKey
  kind: string
  name: string
  rule: string | null
  adviser: string | null
  mayWrite: boolean
  joinedAtMs: number
  untilMs: number | null
  leftAtMs: number | null
  leftBecause: string | null
}
export interface RecordedRoll {
  number: number
  calledAtMs: number
  by: string
  dueAtMs: number
  owed: MemberKey[]
  answers: { member: MemberKey; atMs: number; by: string; byRadio: boolean }[]
}
export interface RecordedCheck {
  id: string
  name: { zh: string; en: string }
  steps: { atMs: number; as: string; by: string; reason: string | null }[]
}

/** One request for help from outside, with everything that was entered about it. */
export interface RecordedSupport {
  number: number
  name: { zh: string; en: string }
  text: string
  askedAtMs: number
  by: string
  acceptByMs: number
  arriveByMs: number
  steps: { atMs: number; as: SupportAnswer; by: string; reason: string | null }[]
}

/** Everything that was in the room of an incident, from the journal alone. */
export interface RoomRecord {
  incident: Pick<
    Incident,
    | 'id'
    | 'number'
    | 'category'
    | 'level'
    | 'priority'
    | 'place'
    | 'position'
    | 'text'
    | 'occurredAtMs'
    | 'receivedAtMs'
  > & { closedAtMs: number | null; outcome: string | null }
  openedAtMs: number | null
  closedAtMs: number | null
  stays: RecordedStay[]
  messages: RecordedMessage[]
  checklist: RecordedCheck[]
  rolls: RecordedRoll[]
  support: RecordedSupport[]
  /** What retention has taken of the case, and when: where something is missing, it is not that nothing was there. */
  purged: { atMs: number; rules: PurgeRule[] }[]
  /** Numbers of persons that were typed and are left out here. */
  removed: number
}

/**
 * Folds the entries of one incident into the record of its room. Null where the journal does not hold the incident. No
 * description of a missing person is in it, and what looks like a number of a person is taken out of every text.
 */
export function roomRecord(entries: readonly JournalEntry[]): RoomRecord | null {
  const first = entries.find(({ event }) => event.type === 'incident.reported')?.event
  if (first?.type !== 'incident.reported') return null
  let removed = 0
  const clean = (text: string): string => {
    const found = withoutPersonal(text)
    removed += found.removed
    return found.text
  }
  const { id, number, category, level, priority, place, position, text, occurredAtMs, receivedAtMs } = first.incident
  const record: RoomRecord = {
    incident: {
      id,
      number,
      category,
      ...(level === undefined ? {} : { level }),
      priority,
      place: clean(place),
      position,
      text: clean(text),
      occurredAtMs,
      receivedAtMs,
      closedAtMs: first.incident.closedAtMs,
      outcome: first.incident.outcome === null ? null : clean(first.incident.outcome),
    },
    openedAtMs: null,
    closedAtMs: null,
    stays: [],
    messages: [],
    checklist: [],
    rolls: [],
    support: [],
    purged: [],
    removed: 0,
  }
  for (const entry of entries) take(record, entry, clean)
  return { ...record, removed }
}

function take(record: RoomRecord, { event, atMs }: JournalEntry, clean: (text: string) => string): void {
  const stayOf = (key: MemberKey): RecordedStay | undefined =>
    record.stays.findLast((stay) => stay.key === key && stay.leftAtMs === null)
  switch (event.type) {
    case 'incident.classified':
      Object.assign(record.incident, { category: event.category, level: event.level, priority: event.priority })
      return
    case 'case.purged':
      record.purged.push({ atMs, rules: event.rules })
      return
    case 'incident.closed':
      Object.assign(record.incident, { closedAtMs: atMs, outcome: clean(event.outcome) })
      return
    case 'room.opened':
    case 'room.checklist-set':
      record.openedAtMs ??= atMs
      for (const { id, name } of event.checklist)
        if (!record.checklist.some((item) => item.id === id)) record.checklist.push({ id, name, steps: [] })
      return
    case 'room.joined': {
      const { key, kind, name, rule, adviser, mayWrite, untilMs } = event
      const stay = stayOf(key)
      if (stay === undefined)
        record.stays.push({
          key,
          kind,
          name: clean(name),
          rule,
          adviser,
          mayWrite,
          joinedAtMs: atMs,
          untilMs,
          leftAtMs: null,
          leftBecause: null,
        })
      else stay.untilMs = untilMs
      return
    }
    case 'room.left': {
      const stay = stayOf(event.key)
      if (stay !== undefined)
        Object.assign(stay, { leftAtMs: atMs, leftBecause: event.text === null ? event.reason : clean(event.text) })
      return
    }
    case 'room.said': {
      const { number, from, text, urgent, owed } = event
      record.messages.push({
        number,
        atMs,
        from: { key: from.key, name: clean(from.name) },
        text: clean(text),
        urgent,
        owed: [...owed],
        receipts: record.stays
          .filter((stay) => stay.leftAtMs === null && stay.key !== from.key)
          .map(({ key }) => ({ member: key, deliveredAtMs: null, readAtMs: null, acknowledged: null })),
      })
      return
    }
    case 'room.received':
      received(record, event, atMs)
      return
    case 'room.acknowledged': {
      const receipt = receiptOf(record, event.number, event.key)
      if (receipt !== null) receipt.acknowledged = { atMs, by: event.by.name, byRadio: event.byRadio }
      return
    }
    case 'room.checked': {
      const reason = event.reason === null ? null : clean(event.reason)
      record.checklist
        .find(({ id }) => id === event.itemId)
        ?.steps.push({ atMs, as: event.as, by: event.by.name, reason })
      return
    }
    case 'room.roll-called': {
      const { number, dueAtMs, by, owed } = event
      record.rolls.push({ number, calledAtMs: atMs, by: by.name, dueAtMs, owed: [...owed], answers: [] })
      return
    }
    case 'room.roll-answered':
      record.rolls.at(-1)?.answers.push({ member: event.key, atMs, by: event.by.name, byRadio: event.byRadio })
      return
    case 'room.support-asked': {
      const { number, name, text, by, acceptByMs, arriveByMs } = event
      const facts = { number, name, text: clean(text), askedAtMs: atMs, by: by.name, acceptByMs, arriveByMs }
      record.support.push({ ...facts, steps: [] })
      return
    }
    case 'room.support-answered': {
      const request = record.support.find(({ number }) => number === event.number)
      if (request === undefined) return
      request.arriveByMs = event.arriveByMs ?? request.arriveByMs
      const reason = event.reason === null ? null : clean(event.reason)
      request.steps.push({ atMs, as: event.answer, by: event.by.name, reason })
      return
    }
    case 'room.closed':
      record.closedAtMs = atMs
      for (const stay of record.stays)
        if (stay.leftAtMs === null) Object.assign(stay, { leftAtMs: atMs, leftBecause: 'room-closed' })
      return
    default:
  }
}

function received(
  record: RoomRecord,
  event: Extract<JournalEntry['event'], { type: 'room.received' }>,
  atMs: number,
): void {
  for (const message of record.messages) {
    const delivered = event.deliveredTo !== null && message.number <= event.deliveredTo
    const read = event.readTo !== null && message.number <= event.readTo
    if (!delivered && !read) continue
    const receipt = receiptOf(record, message.number, event.key)
    if (receipt === null) continue
    receipt.deliveredAtMs ??= atMs
    if (read) receipt.readAtMs ??= atMs
  }
}

/** Receipt of a member for a message; made where the member came after it was said. Null for the author and an unknown message. */
function receiptOf(record: RoomRecord, number: number, key: MemberKey): RecordedReceipt | null {
  const message = record.messages.find((one) => one.number === number)
  if (message === undefined || message.from.key === key) return null
  const known = message.receipts.find(({ member }) => member === key)
  if (known !== undefined) return known
  const made: RecordedReceipt = { member: key, deliveredAtMs: null, readAtMs: null, acknowledged: null }
  message.receipts.push(made)
  return made
}
