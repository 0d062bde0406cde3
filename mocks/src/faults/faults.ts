import { COMP, type Heard, MISSION_RESULT, type Saying } from '../vehicle/mavlink.ts'
import { itemFields, type PlanItem } from '../vehicle/plans/plan-item.ts'
import { missionAck } from '../vehicle/plans/transfer.ts'
import type { FaultName } from './fault-names.ts'

/** What a fault has done so far. */
export interface Bent {
  readonly lists: number
  readonly counts: number
  /** Requests of the vehicle that were bent or swallowed. */
  readonly requests: number
  /** Requests of item 1 that came in. */
  readonly asksOfOne: number
  readonly acksLost: number
  readonly blueAtMs: number
}
export const notBent: Bent = { lists: 0, counts: 0, requests: 0, asksOfOne: 0, acksLost: 0, blueAtMs: 0 }

/** An item that no plan of a test holds. */
const STRAY: PlanItem = { command: 16, frame: 3, params: [0, 0, 0, 0], x: 10_000_000, y: 10_000_000, z: 999 }
const FAR = 600
const BLUE_EVERY_MS = 1000

/**
 * A message on its way to the autopilot: whether it gets there, and what the fault answers in its place. Faults stand
 * between autopilot and link, so both personalities have them.
 */
export function bendHeard(fault: FaultName | null, b: Bent, h: Heard): readonly [Bent, passes: boolean, Saying[]] {
  const m = h.message
  const error = (type: number): Saying[] => [missionAck(h, type, MISSION_RESULT.error)]
  if (m.name === 'MISSION_REQUEST_LIST') {
    const lists = b.lists + 1
    const lost = fault === 'list-never-answered' || (fault === 'first-list-unanswered' && lists === 1)
    return [{ ...b, lists }, !lost, []]
  }
  if (m.name === 'MISSION_COUNT') {
    const counts = b.counts + 1
    if (fault === 'error-for-request-0') return [{ ...b, counts }, false, error(m.fields.mission_type)]
    const lost = fault === 'count-never-answered' || (fault === 'first-count-unanswered' && counts === 1)
    return [{ ...b, counts }, !lost, []]
  }
  if (m.name === 'MISSION_REQUEST_INT' || m.name === 'MISSION_REQUEST') {
    const { seq, mission_type: type } = m.fields
    if (fault === 'error-for-item-0' && seq === 0) return [b, false, error(type)]
    if (fault === 'error-for-item-1' && seq === 1) return [b, false, error(type)]
    if (fault === 'item-0-never-sent' && seq === 0) return [b, false, []]
    if (fault === 'item-1-never-sent' && seq === 1) return [b, false, []]
    if (fault === 'item-1-at-second-request' && seq === 1)
      return [{ ...b, asksOfOne: b.asksOfOne + 1 }, b.asksOfOne > 0, []]
  }
  return [b, true, []]
}

/** What the autopilot wants to say, as the fault lets it out. */
export function bendSaid(fault: FaultName | null, b: Bent, says: readonly Saying[]): readonly [Bent, Saying[]] {
  let state = b
  const out: Saying[] = []
  for (const said of says) {
    const [next, bent] = bendOne(fault, state, said)
    state = next
    out.push(...bent)
  }
  return [state, out]
}

function bendOne(fault: FaultName | null, b: Bent, said: Saying): readonly [Bent, Saying[]] {
  if (said.name === 'MISSION_ITEM_INT') {
    const wrong =
      (fault === 'item-0-wrong-sequence' && said.fields.seq === 0) ||
      (fault === 'item-1-wrong-sequence' && said.fields.seq === 1)
    return [b, [wrong ? { ...said, fields: { ...said.fields, seq: said.fields.seq + FAR } } : said]]
  }
  if (said.name === 'MISSION_REQUEST' || said.name === 'MISSION_REQUEST_INT') return bendRequest(fault, b, said)
  if (said.name !== 'MISSION_ACK' || said.fields.type !== MISSION_RESULT.accepted) return [b, [said]]
  if (fault === 'final-ack-never') return [b, []]
  if (fault === 'final-ack-lost-once') return [{ ...b, acksLost: b.acksLost + 1 }, b.acksLost === 0 ? [] : [said]]
  if (fault === 'final-ack-error') return [b, [{ ...said, fields: { ...said.fields, type: MISSION_RESULT.error } }]]
  return [b, [said]]
}

type Request = Extract<Saying, { name: 'MISSION_REQUEST' | 'MISSION_REQUEST_INT' }>

function bendRequest(fault: FaultName | null, b: Bent, said: Request): readonly [Bent, Saying[]] {
  const { seq, mission_type: type = 0 } = said.fields
  const to = { sys: said.fields.target_system, comp: said.fields.target_component }
  const far = { ...said, fields: { ...said.fields, seq: seq + FAR } } as Saying
  const once = b.requests === 0
  const counted = { ...b, requests: b.requests + 1 }
  switch (fault) {
    case 'item-1-never-requested':
      return seq === 1 ? [counted, []] : [b, [said]]
    case 'first-request-wrong-sequence':
      return seq === 0 && once ? [counted, [far]] : [b, [said]]
    case 'second-request-wrong-sequence':
      return seq === 1 && once ? [counted, [far]] : [b, [said]]
    case 'error-for-request-1':
      return seq === 1 ? [counted, [missionAck(to, type, MISSION_RESULT.error)]] : [b, [said]]
    case 'final-ack-early':
      return seq === 1 ? [counted, [missionAck(to, type, MISSION_RESULT.accepted), said]] : [b, [said]]
    default:
      return [b, [said]]
  }
}

/** What comes while nobody exchanges anything; once a second, to station 255. */
export function outOfTheBlue(fault: FaultName | null, b: Bent, wallMs: number): readonly [Bent, Saying[]] {
  if (wallMs < b.blueAtMs + BLUE_EVERY_MS) return [b, []]
  const to = { sys: 255, comp: 190 }
  const next = { ...b, blueAtMs: wallMs }
  switch (fault) {
    case 'ack-while-idle':
      return [next, [missionAck(to, 0, MISSION_RESULT.accepted)]]
    case 'item-while-idle':
      return [next, [{ comp: COMP.autopilot, name: 'MISSION_ITEM_INT', fields: itemFields(STRAY, 1, 0, to) }]]
    case 'request-while-idle': {
      const fields = { target_system: to.sys, target_component: to.comp, seq: 1, mission_type: 0 }
      return [next, [{ comp: COMP.autopilot, name: 'MISSION_REQUEST', fields }]]
    }
    default:
      return [b, []]
  }
}
