import type { IncidentClass, Need, Priority } from '@skerry/contract'

const need = (
  id: string,
  zh: string,
  en: string,
  withinMin: number,
  fit: Partial<Pick<Need, 'kinds' | 'skills'>> = {},
): Need => ({
  id,
  name: { zh, en },
  kinds: fit.kinds ?? [],
  skills: fit.skills ?? [],
  withinMin,
})

const ANY: Readonly<Record<Priority, Need>> = {
  critical: need('first-unit', '首到警力', 'first unit', 10),
  warning: need('first-unit', '首到警力', 'first unit', 15),
  notice: need('first-unit', '首到警力', 'first unit', 30),
}
const BOAT = need('boat', '船艇', 'boat', 40, { kinds: ['boat'] })
const WATER = need('water-rescue', '水上救援', 'water rescue', 30, { skills: ['water-rescue'] })
const FIRST_AID = need('first-aid', '急救', 'first aid', 15, { skills: ['first-aid'] })
const SEARCH = need('search-team', '搜救队', 'search team', 60, { kinds: ['ground-team'], skills: ['search'] })
/** Something that drives: to hold traffic, to bring people away. */
const WHEELS = need('vehicle', '车辆', 'vehicle', 20, { kinds: ['car', 'motorbike'] })

const EXTRA: Readonly<Record<IncidentClass, readonly Need[]>> = {
  'missing-person': [SEARCH],
  'person-in-water': [WATER, FIRST_AID],
  traffic: [WHEELS],
  fire: [FIRST_AID],
  medical: [FIRST_AID],
  'public-order': [],
  'vessel-distress': [BOAT],
  other: [],
}

/** What an incident asks for when nobody has said otherwise: our own defaults, on the town goal of 10 minutes at worst. */
export const needsOf = (of: IncidentClass, priority: Priority): Need[] =>
  of === 'vessel-distress' ? [...EXTRA[of]] : [ANY[priority], ...EXTRA[of]]
