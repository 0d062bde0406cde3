/** One EVENT as far as it is used here. */
export interface AutopilotEvent {
  readonly sequence: number
  readonly id: number
  readonly atMs: number
  /** As STATUSTEXT severities, 0..7; 8 is for machines, 9 switched off. */
  readonly severity: number
  readonly args: Uint8Array
}

/**
 * Follows the numbered events of one autopilot (MAVLink events service): what is missing is asked for and waited for,
 * so that events come out in order and each once.
 */
export interface EventKeeper {
  /** The next number to hand out; null before anything was heard. */
  readonly next: number | null
  /** Came early: they wait for the ones before them. */
  readonly early: ReadonlyMap<number, AutopilotEvent>
  readonly askedAtMs: number | null
  readonly tries: number
}
export const NEW_EVENT_KEEPER: EventKeeper = { next: null, early: new Map(), askedAtMs: null, tries: 0 }

export type EventHeard =
  | { readonly type: 'event'; readonly event: AutopilotEvent }
  /** CURRENT_EVENT_SEQUENCE; `reset`: the autopilot began anew. */
  | { readonly type: 'current'; readonly sequence: number; readonly reset: boolean }
  /** RESPONSE_EVENT_ERROR: what was asked for is gone. */
  | { readonly type: 'gone'; readonly oldest: number }
  | { readonly type: 'tick'; readonly atMs: number }

export interface EventStep {
  readonly keeper: EventKeeper
  readonly out: readonly AutopilotEvent[]
  /** REQUEST_EVENT to send. */
  readonly ask: { readonly first: number; readonly last: number } | null
}

const ASK_AGAIN_MS = 1000
const TRIES = 5
const MAX_EARLY = 64
const wrap = (sequence: number): number => sequence & 0xffff
/** Signed distance on the 16-bit circle. */
const ahead = (sequence: number, of: number): number => ((sequence - of + 0x8000) & 0xffff) - 0x8000

/** One step. Old and doubled events are dropped; a gap that cannot be filled is passed over after five tries. */
export function nextEvents(keeper: EventKeeper, heard: EventHeard, nowMs: number): EventStep {
  switch (heard.type) {
    case 'event':
      return took(keeper, heard.event, nowMs)
    case 'current': {
      if (keeper.next === null || heard.reset) return quiet({ ...NEW_EVENT_KEEPER, next: wrap(heard.sequence + 1) })
      // Its newest is one that never came.
      return ahead(heard.sequence, keeper.next) >= 0 ? wanting(keeper, wrap(heard.sequence), nowMs) : quiet(keeper)
    }
    case 'gone': {
      if (keeper.next === null || ahead(heard.oldest, keeper.next) <= 0) return quiet(keeper)
      return release({ ...keeper, next: wrap(heard.oldest), askedAtMs: null, tries: 0 })
    }
    case 'tick': {
      if (keeper.askedAtMs === null || heard.atMs - keeper.askedAtMs < ASK_AGAIN_MS) return quiet(keeper)
      const last = [...keeper.early.keys()]
        .sort((a, b) => ahead(a, keeper.next ?? 0) - ahead(b, keeper.next ?? 0))
        .at(0)
      if (keeper.tries < TRIES && keeper.next !== null)
        return wanting({ ...keeper, askedAtMs: null }, wrap((last ?? keeper.next + 1) - 1), heard.atMs)
      return last === undefined
        ? quiet({ ...keeper, askedAtMs: null, tries: 0 })
        : release({ ...keeper, next: last, askedAtMs: null, tries: 0 })
    }
  }
}

function took(keeper: EventKeeper, event: AutopilotEvent, nowMs: number): EventStep {
  if (keeper.next === null) return { keeper: { ...keeper, next: wrap(event.sequence + 1) }, out: [event], ask: null }
  const gap = ahead(event.sequence, keeper.next)
  if (gap < 0) return quiet(keeper)
  if (keeper.early.size >= MAX_EARLY)
    return release({ ...keeper, early: new Map([[event.sequence, event]]), next: event.sequence })
  const early = new Map(keeper.early).set(event.sequence, event)
  if (gap === 0) return release({ ...keeper, early })
  return wanting({ ...keeper, early }, wrap(event.sequence - 1), nowMs)
}

/** Hands out everything that is next in line. */
function release(keeper: EventKeeper): EventStep {
  const early = new Map(keeper.early)
  const out: AutopilotEvent[] = []
  let next = keeper.next ?? 0
  for (let event = early.get(next); event !== undefined; event = early.get(next)) {
    out.push(event)
    early.delete(next)
    next = wrap(next + 1)
  }
  const waits = early.size > 0
  return {
    keeper: { next, early, askedAtMs: waits ? keeper.askedAtMs : null, tries: waits ? keeper.tries : 0 },
    out,
    ask: null,
  }
}

function wanting(keeper: EventKeeper, last: number, nowMs: number): EventStep {
  if (keeper.next === null || keeper.askedAtMs !== null) return quiet(keeper)
  return {
    keeper: { ...keeper, askedAtMs: nowMs, tries: keeper.tries + 1 },
    out: [],
    ask: { first: keeper.next, last },
  }
}

const quiet = (keeper: EventKeeper): EventStep => ({ keeper, out: [], ask: null })
