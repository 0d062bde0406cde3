import { hash32 } from '../base/rand.ts'
import { COMP, type Saying } from './mavlink.ts'
import type { Step, Vehicle } from './vehicle.ts'

type Text = Extract<Saying, { name: 'STATUSTEXT' }>
type Event = Extract<Saying, { name: 'EVENT' }>

const CHUNK_BYTES = 50
/** Events that PX4 keeps for stations that missed one. */
export const EVENTS_KEPT = 20
/** The events of PX4 itself carry the component id 1 in their top byte. */
const PX4_EVENTS = 1 << 24
const BROADCAST = 0

/**
 * How a personality says its texts on the wire. ArduPilot: one message, cut at 50 bytes. PX4: ending in a tab, long ones
 * in chunks of 50 bytes under one id, and an EVENT beside each, numbered without gaps.
 */
export function spoken([vehicle, ...says]: Step, wallMs: number): Step {
  let v = vehicle
  const out = says.flatMap((saying): Saying[] => {
    if (saying.name !== 'STATUSTEXT') return [saying]
    if (v.setup.autopilot === 'ardupilot') return [cut(saying)]
    const event = eventOf(v, saying, wallMs)
    v = { ...v, eventSeq: event.fields.sequence, events: [...v.events, event].slice(-EVENTS_KEPT) }
    return [...chunks(saying), event]
  })
  return [v, ...out]
}

const cut = (said: Text): Text => ({
  ...said,
  fields: { ...said.fields, text: said.fields.text.slice(0, CHUNK_BYTES) },
})

function chunks({ comp, fields: { severity, text } }: Text): Text[] {
  const whole = `${text}\t`
  if (whole.length <= CHUNK_BYTES) return [textOf(comp, severity, whole, 0, 0)]
  const id = 1 + (hash32(text) % 65_535)
  return Array.from({ length: Math.ceil(whole.length / CHUNK_BYTES) }, (_, i) =>
    textOf(comp, severity, whole.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES), id, i),
  )
}
const textOf = (comp: number, severity: number, text: string, id: number, chunk_seq: number): Text => ({
  comp,
  name: 'STATUSTEXT',
  fields: { severity, text, id, chunk_seq },
})

/** Severity goes into both halves of the level byte: what is logged inside, and what is told outside. */
function eventOf(v: Vehicle, { fields: { severity, text } }: Text, wallMs: number): Event {
  return {
    comp: COMP.autopilot,
    name: 'EVENT',
    fields: {
      destination_component: BROADCAST,
      destination_system: BROADCAST,
      id: PX4_EVENTS | (hash32(text) & 0xff_ffff),
      event_time_boot_ms: Math.max(0, Math.round(wallMs - v.bootedAtMs)),
      sequence: (v.eventSeq + 1) % 65_536,
      log_levels: (severity << 4) | severity,
      arguments: new Uint8Array(40),
    },
  }
}

/** The answer to a station that missed an event: the event again, or that it is too old. */
export function eventAgain(v: Vehicle, sequence: number, to: { sys: number; comp: number }): Saying {
  const kept = v.events.find((event) => event.fields.sequence === sequence)
  if (kept !== undefined) return kept
  const oldest = v.events[0]?.fields.sequence ?? v.eventSeq
  const fields = {
    target_system: to.sys,
    target_component: to.comp,
    sequence,
    sequence_oldest_available: oldest,
    reason: 0,
  }
  return { comp: COMP.autopilot, name: 'RESPONSE_EVENT_ERROR', fields }
}

export const eventSequence = (v: Vehicle): Saying => ({
  comp: COMP.autopilot,
  name: 'CURRENT_EVENT_SEQUENCE',
  fields: { sequence: v.eventSeq, flags: 0 },
})
