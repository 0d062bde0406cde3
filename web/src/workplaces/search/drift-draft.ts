import { type DriftCurrent, type DriftStory, windsRise } from '@skerry/contract'

/** Period of the principal lunar tide (M2), hours: proposed, and to be corrected where the tide is a daily one. */
const M2_H = 12.42
const MINUTE_MS = 60_000

/** The wind at a later moment; null where it is not stated yet. */
export interface LaterWindDraft {
  /** Minutes from now; before now it is negative. */
  inMin: number | null
  fromDeg: number | null
  mps: number | null
}

/** What a person fills in about a drift; figures that nobody has stated yet are null, and never taken for zero. */
export interface DriftDraft {
  objectId: string
  enteredMinAgo: number
  entryErrorM: number
  windFromDeg: number | null
  windMps: number | null
  /** In any order. */
  laterWinds: LaterWindDraft[]
  kind: DriftCurrent['kind']
  towardDeg: number | null
  speedMps: number | null
  ebbTowardDeg: number | null
  ebbMps: number | null
  floodTowardDeg: number | null
  floodMps: number | null
  /** What is known of its time: a slack, or a high water with how long after it the stream turns. */
  tideBy: 'slack' | 'high-water'
  /** Slack water, minutes from now; before now it is negative. */
  slackInMin: number | null
  afterSlack: 'ebb' | 'flood'
  /** High water, minutes from now; before now it is negative. */
  highWaterInMin: number | null
  /** From high water to the slack before the ebb, minutes: streams seldom turn just then, so nothing is proposed. */
  turnsAfterMin: number | null
  periodH: number | null
  /** Runs beside the tide all the time; none where both are empty. */
  residualTowardDeg: number | null
  residualMps: number | null
}

/** A draft about somebody last known `missingMin` ago, in the wind that a drone reports. */
export const newDriftDraft = (missingMin: number, wind: { fromDeg: number; speedMps: number } | null): DriftDraft => ({
  objectId: 'PIW-1',
  enteredMinAgo: Math.max(0, Math.round(missingMin)),
  entryErrorM: 100,
  windFromDeg: wind && Math.round(wind.fromDeg),
  windMps: wind && Math.round(wind.speedMps * 10) / 10,
  laterWinds: [],
  kind: 'steady',
  towardDeg: null,
  speedMps: null,
  ebbTowardDeg: null,
  ebbMps: null,
  floodTowardDeg: null,
  floodMps: null,
  tideBy: 'slack',
  slackInMin: null,
  afterSlack: 'ebb',
  highWaterInMin: null,
  turnsAfterMin: null,
  periodH: M2_H,
  residualTowardDeg: null,
  residualMps: null,
})

type Blowing = Pick<DriftDraft, 'enteredMinAgo' | 'laterWinds'>

/** Whether two winds are stated for one moment, or one for a moment before the entry: no such wind can be drifted in. */
export function windsClash({ enteredMinAgo, laterWinds }: Blowing): boolean {
  const times = laterWinds.flatMap(({ inMin }) => (isNumber(inMin) ? [{ atMs: inMin * MINUTE_MS }] : []))
  return !windsRise(
    -enteredMinAgo * MINUTE_MS,
    times.toSorted((a, b) => a.atMs - b.atMs),
  )
}

/** What a draft leaves open. */
export interface DriftPlace extends Pick<DriftStory, 'name' | 'planningPoint' | 'fromShore'> {
  nowMs: number
}

/** The story of a draft; null while a figure that it needs is missing. Along a shore nobody knows an error of the place. */
export function driftStoryOf(draft: DriftDraft, place: DriftPlace): DriftStory | null {
  const { name, planningPoint, fromShore, nowMs } = place
  const current = currentOf(draft, nowMs)
  const { windFromDeg, windMps, entryErrorM, objectId, enteredMinAgo } = draft
  const laterWinds = laterWindsOf(draft, nowMs)
  if (current === null || laterWinds === null) return null
  if (!isNumber(windFromDeg) || !isNumber(windMps) || !isNumber(enteredMinAgo)) return null
  return {
    name,
    kind: 'drift',
    planningPoint,
    ...(fromShore ? { fromShore } : {}),
    entryErrorM: fromShore ? 0 : entryErrorM,
    enteredAtMs: Math.max(0, Math.round(nowMs - enteredMinAgo * MINUTE_MS)),
    objectId,
    wind: { fromDeg: windFromDeg, speedMps: windMps },
    ...(laterWinds.length > 0 ? { laterWinds } : {}),
    current,
  }
}

/** In the order of their time; null while a figure is missing or two of them clash. */
function laterWindsOf(draft: Blowing, nowMs: number): NonNullable<DriftStory['laterWinds']> | null {
  const winds = draft.laterWinds.flatMap(({ inMin, fromDeg, mps }) =>
    isNumber(inMin) && isNumber(fromDeg) && isNumber(mps)
      ? [{ atMs: Math.round(nowMs + inMin * MINUTE_MS), fromDeg, speedMps: mps }]
      : [],
  )
  if (winds.length < draft.laterWinds.length || windsClash(draft)) return null
  return winds.toSorted((a, b) => a.atMs - b.atMs)
}

function currentOf(draft: DriftDraft, nowMs: number): DriftCurrent | null {
  if (draft.kind === 'steady') {
    const { towardDeg, speedMps } = draft
    return isNumber(towardDeg) && isNumber(speedMps) ? { kind: 'steady', towardDeg, speedMps } : null
  }
  const { ebbTowardDeg, ebbMps, floodTowardDeg, floodMps, periodH, residualTowardDeg, residualMps } = draft
  if (!isNumber(ebbTowardDeg) || !isNumber(ebbMps) || !isNumber(floodTowardDeg) || !isNumber(floodMps)) return null
  const slack = slackOf(draft)
  // Half of a current is no current: it is asked for, and not left out.
  if (slack === null || !isNumber(periodH) || isNumber(residualTowardDeg) !== isNumber(residualMps)) return null
  return {
    kind: 'tide',
    ebb: { towardDeg: ebbTowardDeg, speedMps: ebbMps },
    flood: { towardDeg: floodTowardDeg, speedMps: floodMps },
    slackAtMs: Math.round(nowMs + slack.inMin * MINUTE_MS),
    afterSlack: slack.after,
    periodH,
    ...(isNumber(residualTowardDeg) && isNumber(residualMps)
      ? { residual: { towardDeg: residualTowardDeg, speedMps: residualMps } }
      : {}),
  }
}

/** When the stream turns, minutes from now, and to what; null while it is not known. */
export function slackOf(
  draft: Pick<DriftDraft, 'tideBy' | 'slackInMin' | 'afterSlack' | 'highWaterInMin' | 'turnsAfterMin'>,
): { inMin: number; after: 'ebb' | 'flood' } | null {
  const { tideBy, slackInMin, afterSlack, highWaterInMin, turnsAfterMin } = draft
  if (tideBy === 'slack') return isNumber(slackInMin) ? { inMin: slackInMin, after: afterSlack } : null
  if (!isNumber(highWaterInMin) || !isNumber(turnsAfterMin)) return null
  return { inMin: highWaterInMin + turnsAfterMin, after: 'ebb' }
}

/** A number field that was cleared holds an empty text. */
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
