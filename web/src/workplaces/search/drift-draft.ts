import { DRIFT_AHEAD_MS, type DriftCurrent, type DriftStory, LONGEST_DRIFT_MS, windsRise } from '@skerry/contract'
import { type CutFlow, cutFlow, type WholeFlow } from '@skerry/exchange'

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

/** A wind or current out of a file, whole: what a drift needs of it depends on where and when it begins. */
export interface Forecast {
  source: string
  flow: WholeFlow
}

/** What a person fills in about a drift; figures that nobody has stated yet are null, and never taken for zero. */
export interface DriftDraft {
  objectId: string
  enteredMinAgo: number
  entryErrorM: number
  windFromDeg: number | null
  windMps: number | null
  /** Instead of the stated wind and its later changes. */
  windForecast: Forecast | null
  /** In any order. */
  laterWinds: LaterWindDraft[]
  kind: DriftCurrent['kind']
  /** With `kind` field. */
  currentForecast: Forecast | null
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
  windForecast: null,
  laterWinds: [],
  kind: 'steady',
  currentForecast: null,
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
  const { entryErrorM, objectId, enteredMinAgo } = draft
  const current = currentOf(draft, place)
  const winds = windsOf(draft, place)
  if (current === null || winds === null || !isNumber(enteredMinAgo)) return null
  return {
    name,
    kind: 'drift',
    planningPoint,
    ...(fromShore ? { fromShore } : {}),
    entryErrorM: fromShore ? 0 : entryErrorM,
    enteredAtMs: enteredAtMs(enteredMinAgo, nowMs),
    objectId,
    ...winds,
    current,
  }
}

const enteredAtMs = (minAgo: number, nowMs: number): number => Math.max(0, Math.round(nowMs - minAgo * MINUTE_MS))

/** For how long from now a forecast is kept, so that the map can be moved on; then a newer forecast is there. */
const KEPT_MS = DRIFT_AHEAD_MS + 18 * 3_600_000

/** What a drift would keep of a forecast; null while nobody has said when or where it began. */
export function cutForecast(
  { source, flow }: Forecast,
  { enteredMinAgo }: Pick<DriftDraft, 'enteredMinAgo'>,
  { planningPoint, nowMs, fromShore }: Omit<DriftPlace, 'name' | 'fromShore'> & { fromShore?: unknown },
): CutFlow | null {
  if (!isNumber(enteredMinAgo)) return null
  const fromMs = enteredAtMs(enteredMinAgo, nowMs)
  const toMs = Math.min(fromMs + LONGEST_DRIFT_MS, nowMs + KEPT_MS)
  return cutFlow(flow, { entry: planningPoint, onLand: Boolean(fromShore), fromMs, toMs, source })
}

function windsOf(draft: DriftDraft, place: DriftPlace): Pick<DriftStory, 'wind' | 'laterWinds'> | null {
  const { windForecast, windFromDeg, windMps } = draft
  if (windForecast !== null) {
    const cut = cutForecast(windForecast, draft, place)
    return cut?.ok ? { wind: { field: cut.field } } : null
  }
  const laterWinds = laterWindsOf(draft, place.nowMs)
  if (laterWinds === null || !isNumber(windFromDeg) || !isNumber(windMps)) return null
  return { wind: { fromDeg: windFromDeg, speedMps: windMps }, ...(laterWinds.length > 0 ? { laterWinds } : {}) }
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

function currentOf(draft: DriftDraft, place: DriftPlace): DriftCurrent | null {
  const { nowMs } = place
  if (draft.kind === 'field') {
    const cut = draft.currentForecast && cutForecast(draft.currentForecast, draft, place)
    return cut?.ok ? { kind: 'field', field: cut.field } : null
  }
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
