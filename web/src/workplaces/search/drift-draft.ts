import type { DriftCurrent, DriftStory } from '@skerry/contract'

/** What a person fills in about a drift; figures that nobody has stated yet are null, and never taken for zero. */
export interface DriftDraft {
  objectId: string
  enteredMinAgo: number
  entryErrorM: number
  windFromDeg: number | null
  windMps: number | null
  kind: DriftCurrent['kind']
  towardDeg: number | null
  speedMps: number | null
  ebbTowardDeg: number | null
  ebbMps: number | null
  floodTowardDeg: number | null
  floodMps: number | null
  /** Slack water, minutes from now; before now it is negative. */
  slackInMin: number | null
  afterSlack: 'ebb' | 'flood'
}

/** A draft about somebody last known `missingMin` ago, in the wind that a drone reports. */
export const newDriftDraft = (missingMin: number, wind: { fromDeg: number; speedMps: number } | null): DriftDraft => ({
  objectId: 'PIW-1',
  enteredMinAgo: Math.max(0, Math.round(missingMin)),
  entryErrorM: 100,
  windFromDeg: wind && Math.round(wind.fromDeg),
  windMps: wind && Math.round(wind.speedMps * 10) / 10,
  kind: 'steady',
  towardDeg: null,
  speedMps: null,
  ebbTowardDeg: null,
  ebbMps: null,
  floodTowardDeg: null,
  floodMps: null,
  slackInMin: null,
  afterSlack: 'ebb',
})

/** What a draft leaves open. */
export interface DriftPlace extends Pick<DriftStory, 'name' | 'planningPoint' | 'fromShore'> {
  nowMs: number
}

/** The story of a draft; null while a figure that it needs is missing. Along a shore nobody knows an error of the place. */
export function driftStoryOf(draft: DriftDraft, place: DriftPlace): DriftStory | null {
  const { name, planningPoint, fromShore, nowMs } = place
  const current = currentOf(draft, nowMs)
  const { windFromDeg, windMps, entryErrorM, objectId, enteredMinAgo } = draft
  if (current === null || !isNumber(windFromDeg) || !isNumber(windMps) || !isNumber(enteredMinAgo)) return null
  return {
    name,
    kind: 'drift',
    planningPoint,
    ...(fromShore ? { fromShore } : {}),
    entryErrorM: fromShore ? 0 : entryErrorM,
    enteredAtMs: Math.max(0, Math.round(nowMs - enteredMinAgo * 60_000)),
    objectId,
    wind: { fromDeg: windFromDeg, speedMps: windMps },
    current,
  }
}

function currentOf(draft: DriftDraft, nowMs: number): DriftCurrent | null {
  if (draft.kind === 'steady') {
    const { towardDeg, speedMps } = draft
    return isNumber(towardDeg) && isNumber(speedMps) ? { kind: 'steady', towardDeg, speedMps } : null
  }
  const { ebbTowardDeg, ebbMps, floodTowardDeg, floodMps, slackInMin, afterSlack } = draft
  if (!isNumber(ebbTowardDeg) || !isNumber(ebbMps) || !isNumber(floodTowardDeg) || !isNumber(floodMps)) return null
  if (!isNumber(slackInMin)) return null
  return {
    kind: 'tide',
    ebb: { towardDeg: ebbTowardDeg, speedMps: ebbMps },
    flood: { towardDeg: floodTowardDeg, speedMps: floodMps },
    slackAtMs: Math.round(nowMs + slackInMin * 60_000),
    afterSlack,
  }
}

/** A number field that was cleared holds an empty text. */
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
