import { FLOOD, type Alarm, type Priority } from '@skerry/contract'
import { compareAlarms, isShown, isWaiting } from './alarm-order.ts'

export const ALARM_VIEWS = ['open', 'waiting', 'shelved', 'suppressed'] as const
export type AlarmView = (typeof ALARM_VIEWS)[number]

export interface AlarmFilter {
  view: AlarmView
  /** Priorities that are left out. */
  hidden: ReadonlySet<Priority>
  /** True for an alarm whose words hold what is looked for. */
  matches: (alarm: Alarm) => boolean
}
export const EVERYTHING: AlarmFilter = { view: 'open', hidden: new Set(), matches: () => true }

/** One line of the list: an alarm, or in a flood many of one kind. */
export interface AlarmLine {
  key: string
  /** The first in order; the words of a line are its. */
  alarm: Alarm
  /** All of it, in order; one where it is no group. */
  alarms: readonly Alarm[]
  /** Belongs to the unfolded group above it. */
  within: boolean
  /** How many others it explains. */
  explains: number
}

/** From this many of one kind a flood is told as a group. */
const GROUPED_FROM = 3

/** How many came in the last ten minutes, of those that people are asked about. */
export const recentCount = (alarms: Iterable<Alarm>, nowMs: number): number =>
  [...alarms].filter(
    (alarm) => alarm.suppressedBy == null && alarm.shelved == null && nowMs - alarm.raisedAtMs <= FLOOD.withinMs,
  ).length

/**
 * The list as it is shown. More than ten in ten minutes are a flood: what is of one kind, priority and zone becomes one
 * line with its count, so that the one that is different can be seen.
 * @param unfolded keys of groups whose alarms are shown below them
 */
export function listAlarms(
  alarms: Iterable<Alarm>,
  filter: AlarmFilter,
  nowMs: number,
  unfolded: ReadonlySet<string> = new Set(),
): { lines: AlarmLine[]; flood: number | null; all: number } {
  const every = [...alarms]
  const recent = recentCount(every, nowMs)
  const flood = recent > FLOOD.alarms ? recent : null
  const explained = new Map<string, number>()
  for (const { suppressedBy } of every)
    if (suppressedBy != null) explained.set(suppressedBy, (explained.get(suppressedBy) ?? 0) + 1)
  const inView = every.filter(VIEWS[filter.view])
  const shown = inView
    .filter((alarm) => !filter.hidden.has(alarm.priority) && filter.matches(alarm))
    .sort(compareAlarms)
  const groups = new Map<string, Alarm[]>()
  for (const alarm of shown) {
    const key = flood === null ? alarm.id : groupKey(alarm)
    groups.set(key, [...(groups.get(key) ?? []), alarm])
  }
  const single = (alarm: Alarm, within: boolean): AlarmLine => ({
    key: alarm.id,
    alarm,
    alarms: [alarm],
    within,
    explains: explained.get(alarm.id) ?? 0,
  })
  const lines: AlarmLine[] = []
  for (const [key, members] of groups) {
    if (members.length < GROUPED_FROM) {
      lines.push(...members.map((alarm) => single(alarm, false)))
      continue
    }
    const explains = members.reduce((sum, { id }) => sum + (explained.get(id) ?? 0), 0)
    lines.push({ key, alarm: members[0]!, alarms: members, within: false, explains })
    if (unfolded.has(key)) lines.push(...members.map((alarm) => single(alarm, true)))
  }
  return { lines, flood, all: inView.length }
}

/** Where the mark goes from a line that is being answered: the next that waits below it, else the first that waits. */
export function nextWaiting(lines: readonly AlarmLine[], at: number): AlarmLine | null {
  const waits = (line: AlarmLine): boolean => line.alarms.some(isWaiting)
  const group = lines[at]?.alarms.map(({ id }) => id) ?? []
  const others = (from: readonly AlarmLine[]): AlarmLine | undefined =>
    from.find((line) => waits(line) && !line.alarms.every(({ id }) => group.includes(id)))
  return others(lines.slice(at + 1)) ?? others(lines.slice(0, Math.max(0, at))) ?? null
}

const VIEWS: Record<AlarmView, (alarm: Alarm) => boolean> = {
  open: isShown,
  waiting: (alarm) => isShown(alarm) && isWaiting(alarm),
  shelved: (alarm) => alarm.shelved != null,
  suppressed: (alarm) => alarm.suppressedBy != null,
}

/** Answered and unanswered ones are apart: a group that was acknowledged moves down as a whole. */
const groupKey = (alarm: Alarm): string =>
  [isWaiting(alarm) ? 'waiting' : 'answered', alarm.priority, alarm.kind, alarm.zoneId ?? alarm.incidentId ?? ''].join(
    ' ',
  )
