import type { VehiclePort } from '../exchanges/vehicle-port.ts'
import { type DecodedMessage, isMessage } from '../wire/decode.ts'
import { observeReport } from './arming-report.ts'
import { type AutopilotEvent, type EventHeard, NEW_EVENT_KEEPER, nextEvents } from './event-keeper.ts'
import { eventWords } from './event-words.ts'
import { observeText } from './observe.ts'
import type { Vehicle } from './vehicle.ts'

const RESET = 1
const EXTERNAL_LEVEL = 0x0f
/** A text of this age says the same as the event: PX4 sends both, the text first. */
const SAME_NEWS_MS = 1000
const WARNING = 4

/** Listens to one autopilot's events, asks for lost ones, and says what they mean. */
export interface EventDesk {
  take(vehicle: Vehicle, message: DecodedMessage, comp: number, atMs: number): Vehicle
  tick(vehicle: Vehicle, nowMs: number): Vehicle
  /** The autopilot restarted: its numbers begin anew. */
  reset(): void
}

export function createEventDesk(port: VehiclePort): EventDesk {
  let keeper = NEW_EVENT_KEEPER

  function feed(vehicle: Vehicle, heard: EventHeard, nowMs: number): Vehicle {
    const step = nextEvents(keeper, heard, nowMs)
    keeper = step.keeper
    if (step.ask !== null)
      port.send('REQUEST_EVENT', {
        first_sequence: step.ask.first,
        last_sequence: step.ask.last,
        target_system: port.systemId,
        target_component: vehicle.autopilotComp,
      })
    return step.out.reduce(observeEvent, vehicle)
  }

  return {
    reset: () => (keeper = NEW_EVENT_KEEPER),
    tick: (vehicle, nowMs) => feed(vehicle, { type: 'tick', atMs: nowMs }, nowMs),
    take(vehicle, message, comp, atMs) {
      if (comp !== vehicle.autopilotComp) return vehicle
      if (isMessage(message, 'EVENT')) {
        const { fields } = message
        if (fields.destination_system !== 0 && fields.destination_system !== port.own.sys) return vehicle
        const severity = fields.log_levels & EXTERNAL_LEVEL
        const event = { sequence: fields.sequence, id: fields.id, atMs, severity, args: fields.arguments }
        return feed(vehicle, { type: 'event', event }, atMs)
      }
      if (isMessage(message, 'CURRENT_EVENT_SEQUENCE')) {
        const { sequence, flags } = message.fields
        return feed(vehicle, { type: 'current', sequence, reset: (flags & RESET) !== 0 }, atMs)
      }
      if (!isMessage(message, 'RESPONSE_EVENT_ERROR') || message.fields.target_system !== port.own.sys) return vehicle
      return feed(vehicle, { type: 'gone', oldest: message.fields.sequence_oldest_available }, atMs)
    },
  }
}

/** What is known after one event, in order: the state of the arming checks, and what no text said already. */
export function observeEvent(vehicle: Vehicle, event: AutopilotEvent): Vehicle {
  const known = { ...vehicle, armingReport: observeReport(vehicle.armingReport, event) }
  const words = eventWords(event.id)
  if (words === null || event.severity > WARNING || known.armingReport.coming !== null) return known
  const last = known.texts.at(-1)
  if (last !== undefined && event.atMs - last.atMs < SAME_NEWS_MS) return known
  return observeText(known, event.severity, words, event.atMs)
}
