import {
  ZONE_RULE_KINDS,
  ZoneDraft,
  type LngLat,
  type Priority,
  type Zone,
  type ZoneMover,
  type ZoneRule,
  type ZoneRuleKind,
  type ZoneShape,
} from '@skerry/contract'
import { areaRings, isArea, nothingDrawn, withCorner, type Rings } from '../draw/rings.ts'
import type { Drawn } from '../draw/use-drawn-layer.ts'

/** One rule as its fields hold it. Spans in minutes, speeds in km/h, as people say them. */
export interface RuleFields {
  on: boolean
  priority: Priority
  movers: ZoneMover[]
  /** Ids, parted by commas or spaces. */
  only: string
  forMin: number
  limitKmh: number
  minUnits: number
  radiusM: number
  withinM: number
}
export interface ZoneForm {
  name: string
  kind: ZoneShape['kind']
  /** Rings of a polygon; of a corridor its line alone, of a circle its centre alone. */
  rings: Rings
  radiusM: number
  halfWidthM: number
  rules: Record<ZoneRuleKind, RuleFields>
  evidence: Zone['evidence']
}

/** Fields that a kind of rule has beside priority, movers and ids. */
export const RULE_FIELDS: Readonly<
  Record<ZoneRuleKind, readonly ('forMin' | 'limitKmh' | 'minUnits' | 'radiusM' | 'withinM')[]>
> = {
  enter: [],
  exit: [],
  intrusion: [],
  dwell: ['forMin'],
  overspeed: ['limitKmh'],
  corridor: [],
  coverage: ['minUnits', 'forMin'],
  loiter: ['forMin', 'radiusM'],
  gap: ['forMin'],
  meeting: ['forMin', 'withinM'],
}
const VESSEL_RULES: readonly ZoneRuleKind[] = ['loiter', 'gap', 'meeting']
const KMH_PER_MPS = 3.6
/** Two that lie alongside are slower than this, m/s. */
const MEETING_MPS = 1.5

const rule = (kind: ZoneRuleKind): RuleFields => ({
  on: false,
  priority: kind === 'intrusion' ? 'critical' : 'warning',
  movers: VESSEL_RULES.includes(kind) ? ['vessel'] : ['unit'],
  only: '',
  forMin: kind === 'coverage' ? 2 : 15,
  limitKmh: 40,
  minUnits: 1,
  radiusM: 300,
  withinM: 100,
})

export const emptyForm = (): ZoneForm => ({
  name: '',
  kind: 'polygon',
  rings: nothingDrawn(),
  radiusM: 500,
  halfWidthM: 200,
  rules: Object.fromEntries(ZONE_RULE_KINDS.map((kind) => [kind, rule(kind)])) as ZoneForm['rules'],
  evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
})

/** A form that holds a shape from a file or a zone. */
export function formOf(from: { name: string; shape: ZoneShape } & Partial<Pick<Zone, 'rules' | 'evidence'>>): ZoneForm {
  const form = emptyForm()
  const { shape, name, rules = [], evidence = form.evidence } = from
  for (const known of rules) Object.assign(form.rules[known.kind], fieldsOf(known))
  return {
    ...form,
    name,
    kind: shape.kind,
    rings: shape.kind === 'polygon' ? shape.rings : [shape.kind === 'corridor' ? shape.line : [shape.centre]],
    radiusM: shape.kind === 'circle' ? shape.radiusM : form.radiusM,
    halfWidthM: shape.kind === 'corridor' ? shape.halfWidthM : form.halfWidthM,
    evidence,
  }
}

/** The zone that a form stands for, or null while something is missing. */
export function draftOf(form: ZoneForm): ZoneDraft | null {
  const read = ZoneDraft.safeParse({
    name: form.name,
    shape: shapeOf(form),
    rules: ZONE_RULE_KINDS.filter((kind) => form.rules[kind].on).map((kind) => ruleOf(kind, form.rules[kind])),
    evidence: form.evidence,
  })
  return read.success ? read.data : null
}

/** Where a click on the map goes: the centre of a circle, or one more corner. */
export const withPoint = ({ kind, rings }: ZoneForm, at: LngLat): Rings =>
  kind === 'circle' ? [[at]] : withCorner(rings, at)

/** The shape as far as it is drawn, whether or not it is whole yet. */
export function shapeOf({ kind, rings, radiusM, halfWidthM }: ZoneForm): ZoneShape {
  if (kind === 'polygon') return { kind, rings: areaRings(rings) }
  if (kind === 'corridor') return { kind, line: rings[0]!, halfWidthM }
  return { kind, centre: rings[0]![0]!, radiusM }
}

/** The same once it is whole, as it is shown while it is drawn. */
export function drawnOf(form: ZoneForm): Drawn {
  const { kind, rings } = form
  const whole = { polygon: isArea(rings), corridor: rings[0]!.length >= 2, circle: rings[0]!.length >= 1 }[kind]
  return { corners: kind === 'polygon' ? rings.flat() : rings[0]!, shape: whole ? shapeOf(form) : null }
}

const idsOf = (text: string): string[] => text.split(/[\s,，、]+/).filter((id) => id !== '')

function ruleOf(kind: ZoneRuleKind, fields: RuleFields): object {
  const { priority, movers, forMin, limitKmh, minUnits, radiusM, withinM } = fields
  const ids = idsOf(fields.only)
  const common = { kind, priority, movers, ...(kind === 'intrusion' ? { allowed: ids } : { only: ids }) }
  const forS = Math.round(forMin * 60)
  switch (kind) {
    case 'dwell':
    case 'gap':
      return { ...common, forS }
    case 'overspeed':
      return { ...common, limitMps: limitKmh / KMH_PER_MPS }
    case 'coverage':
      return { ...common, minUnits, forS }
    case 'loiter':
      return { ...common, forS, radiusM }
    case 'meeting':
      return { ...common, forS, withinM, maxMps: MEETING_MPS }
    default:
      return common
  }
}

function fieldsOf(known: ZoneRule): Partial<RuleFields> {
  const { priority, movers, only } = known
  return {
    on: true,
    priority,
    movers: [...movers],
    only: (known.kind === 'intrusion' ? known.allowed : only).join(' '),
    ...('forS' in known ? { forMin: known.forS / 60 } : {}),
    ...('limitMps' in known ? { limitKmh: Math.round(known.limitMps * KMH_PER_MPS * 10) / 10 } : {}),
    ...('minUnits' in known ? { minUnits: known.minUnits } : {}),
    ...('radiusM' in known ? { radiusM: known.radiusM } : {}),
    ...('withinM' in known ? { withinM: known.withinM } : {}),
  }
}
