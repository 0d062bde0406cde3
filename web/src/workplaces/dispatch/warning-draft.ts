import {
  WarningDraft,
  classOf,
  type CapCategory,
  type Incident,
  type IncidentClass,
  type SentWarning,
  type WarningArea,
  type WarningText,
} from '@skerry/contract'

export type WarningLanguage = WarningText['language']
export const WARNING_LANGUAGES = ['zh-CN', 'en'] as const satisfies readonly WarningLanguage[]

/** What the form of a public warning holds while it is being filled in. */
export interface WarningForm extends Pick<WarningDraft, 'status' | 'category' | 'urgency' | 'severity' | 'certainty'> {
  restriction: string
  areaKind: WarningArea['kind']
  radiusM: number
  zoneId: string
  expiresInMin: number
  /** A language whose headline is blank does not go out. */
  texts: Record<WarningLanguage, Omit<WarningText, 'language'>>
}

const CATEGORY: Readonly<Record<IncidentClass, CapCategory>> = {
  'missing-person': 'Rescue',
  'person-in-water': 'Rescue',
  traffic: 'Transport',
  fire: 'Fire',
  medical: 'Health',
  'public-order': 'Security',
  'vessel-distress': 'Rescue',
  other: 'Safety',
}
const RADIUS_M = 3000
const EXPIRES_MIN = 120

/**
 * A form to begin with: what stands, where something does, else the incident's category and place in both languages.
 * What the incident's own text says is not taken over: it was not written for everybody.
 */
export function warningForm(
  incident: Incident,
  named: Record<WarningLanguage, string>,
  standing: SentWarning | null,
  demo: boolean,
): WarningForm {
  const blank = (language: WarningLanguage): Omit<WarningText, 'language'> => ({
    event: named[language],
    headline: language === 'zh-CN' ? `${incident.place}：${named[language]}` : `${named[language]}: ${incident.place}`,
    description: '',
    instruction: '',
    areaDesc: incident.place,
  })
  const texts = Object.fromEntries(
    WARNING_LANGUAGES.map((language) => {
      const known = standing?.draft.texts.find((text) => text.language === language)
      const { language: _, ...words } = known ?? { language, ...blank(language) }
      return [language, standing !== null && known === undefined ? { ...words, headline: '' } : words]
    }),
  ) as WarningForm['texts']
  const circle = standing?.area.circles[0]
  return {
    status: standing?.draft.status ?? (demo ? 'Exercise' : 'Actual'),
    category: standing?.draft.category ?? CATEGORY[classOf(incident)],
    urgency: standing?.draft.urgency ?? 'Immediate',
    severity: standing?.draft.severity ?? (incident.priority === 'critical' ? 'Severe' : 'Moderate'),
    certainty: standing?.draft.certainty ?? 'Likely',
    restriction: standing?.draft.restriction ?? '',
    areaKind: standing !== null && circle === undefined && incident.searchId !== null ? 'search' : 'circle',
    radiusM: circle?.radiusM ?? RADIUS_M,
    zoneId: '',
    expiresInMin: EXPIRES_MIN,
    texts,
  }
}

/** The warning that a form stands for, or null while something is missing. */
export function warningDraftOf(form: WarningForm): WarningDraft | null {
  const { areaKind, radiusM, zoneId, restriction, texts, status, category, urgency, severity, certainty } = form
  const read = WarningDraft.safeParse({
    status,
    category,
    urgency,
    severity,
    certainty,
    responseTypes: [],
    restriction: restriction.trim() === '' ? null : restriction,
    area:
      areaKind === 'circle'
        ? { kind: 'circle', radiusM }
        : areaKind === 'zone'
          ? { kind: 'zone', zoneId }
          : { kind: 'search' },
    expiresInMin: form.expiresInMin,
    texts: WARNING_LANGUAGES.filter((language) => texts[language].headline.trim() !== '').map((language) => ({
      language,
      ...texts[language],
    })),
  })
  return read.success ? read.data : null
}
