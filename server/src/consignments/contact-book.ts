import type { JournalEntry } from '@skerry/contract'

/** How duty desks are reached, by consignment: a reader of the journal beside the picture, which never holds it. */
export interface ContactBook {
  follow(entry: Pick<JournalEntry, 'event'>): void
  get(consignmentId: string): string | null
}

export function createContactBook(): ContactBook {
  const contacts = new Map<string, string>()
  return {
    follow({ event }) {
      if (event.type === 'consignment.declared') contacts.set(event.consignment.id, event.contact)
      if (event.type === 'consignment.archived') contacts.delete(event.consignmentId)
    },
    get: (id) => contacts.get(id) ?? null,
  }
}
