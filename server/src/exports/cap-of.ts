import type { SentWarning } from '@skerry/contract'
import { writeCap, type CapInfo } from '@skerry/exchange'

/** A message of ours as CAP 1.2, the same bytes at any time. A cancel says what it ends, and why. */
export function capOf(warning: SentWarning): string {
  const { identifier, sender, sentMs, msgType, references, draft, area, expiresMs, note } = warning
  return writeCap({
    identifier,
    sender,
    sentMs,
    status: draft.status,
    msgType,
    scope: draft.restriction === null ? 'Public' : 'Restricted',
    restriction: draft.restriction,
    note,
    references,
    infos: draft.texts.map(({ language, event, headline, description, instruction, areaDesc }): CapInfo => ({
      language,
      categories: [draft.category],
      event,
      responseTypes: msgType === 'Cancel' ? ['AllClear'] : draft.responseTypes,
      urgency: msgType === 'Cancel' ? 'Past' : draft.urgency,
      severity: draft.severity,
      certainty: draft.certainty,
      eventCodes: [],
      effectiveMs: sentMs,
      onsetMs: null,
      expiresMs,
      headline,
      description: description === '' ? null : description,
      instruction: instruction === '' ? null : instruction,
      areas: [{ areaDesc, ...area, geocodes: [] }],
    })),
    signed: false,
  })
}

export const fileNameOf = ({ identifier }: Pick<SentWarning, 'identifier'>): string =>
  `${identifier.replaceAll(/[^\w.-]/g, '_')}.cap.xml`
