import { ConsignmentDraft, LoadLine, UnitId, looksPersonal, type HazardClass } from '@skerry/contract'
import { nothingDrawn, type Rings } from '../draw/rings.ts'
import { fromFieldTime, toFieldTime } from '../workplaces/dispatch/report-draft.ts'

/** One line of the load sheet as its fields hold it. */
export interface LoadFields {
  unNumber: string
  substance: string
  hazardClass: HazardClass
  packingGroup: 'I' | 'II' | 'III' | ''
  quantity: number | ''
  unit: 'kg' | 'L'
  packing: string
}
/** A consignment as its form holds it. Spans in minutes, speeds in km/h, times on a China clock. */
export interface ConsignmentForm {
  callSign: string
  terminalId: string
  from: string
  to: string
  rings: Rings
  halfWidthM: number | ''
  limitKmh: number | ''
  stopMin: number | ''
  desk: string
  contact: string
  loads: LoadFields[]
}
export type ConsignmentFault =
  | { part: 'vehicle' | 'terminal' | 'window' | 'corridor' | 'limits' | 'desk' }
  | { part: 'load'; n: number }

const KMH_PER_MPS = 3.6
const WINDOW_MS = 4 * 3_600_000
const HALF_WIDTH_M = 200

export const emptyLoad = (): LoadFields => ({
  unNumber: '',
  substance: '',
  hazardClass: '3',
  packingGroup: '',
  quantity: '',
  unit: 'L',
  packing: '',
})

export const emptyConsignment = (nowMs: number): ConsignmentForm => ({
  callSign: '',
  terminalId: '',
  from: toFieldTime(nowMs),
  to: toFieldTime(nowMs + WINDOW_MS),
  rings: nothingDrawn(),
  halfWidthM: HALF_WIDTH_M,
  limitKmh: '',
  stopMin: '',
  desk: '',
  contact: '',
  loads: [emptyLoad()],
})

/** What a form declares, or the first part of it that is missing or does not fit. */
export function toConsignment(
  form: ConsignmentForm,
  nowMs: number,
): { ok: true; draft: ConsignmentDraft } | { ok: false; fault: ConsignmentFault } {
  const fault = (part: Exclude<ConsignmentFault['part'], 'load'>) => ({ ok: false, fault: { part } }) as const
  const terminalId = form.terminalId.trim()
  if (form.callSign.trim() === '' || looksPersonal(form.callSign)) return fault('vehicle')
  if (terminalId !== '' && !UnitId.safeParse(terminalId).success) return fault('terminal')
  const loads: LoadLine[] = []
  for (const [i, line] of form.loads.entries()) {
    const read = LoadLine.safeParse({ ...line, packingGroup: line.packingGroup === '' ? null : line.packingGroup })
    if (!read.success) return { ok: false, fault: { part: 'load', n: i + 1 } }
    loads.push(read.data)
  }
  const read = ConsignmentDraft.safeParse({
    vehicle: { callSign: form.callSign, terminalId: terminalId === '' ? null : terminalId },
    loads,
    corridor: { line: form.rings[0], halfWidthM: form.halfWidthM },
    speedLimitMps: form.limitKmh === '' ? null : form.limitKmh / KMH_PER_MPS,
    longestStopS: form.stopMin === '' ? null : Math.round(form.stopMin * 60),
    window: { fromMs: wholeTime(form.from, nowMs) ?? -1, toMs: wholeTime(form.to, nowMs) ?? -1 },
    dutyDesk: { desk: form.desk, contact: form.contact },
  })
  if (!read.success) return fault(PARTS[String(read.error.issues[0]!.path[0])] ?? 'vehicle')
  return read.data.window.toMs <= nowMs ? fault('window') : { ok: true, draft: read.data }
}

const PARTS: Readonly<Record<string, Exclude<ConsignmentFault['part'], 'load'>>> = {
  vehicle: 'vehicle',
  corridor: 'corridor',
  speedLimitMps: 'limits',
  longestStopS: 'limits',
  window: 'window',
  dutyDesk: 'desk',
}

/** A clock alone could mean yesterday or tomorrow: a window has dates. */
const wholeTime = (text: string, nowMs: number): number | null =>
  /^\d{4}-/.test(text.trim()) ? fromFieldTime(text, nowMs) : null
