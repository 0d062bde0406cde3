import type { Command, CommandDone, Seat } from '@skerry/contract'
import type { DecideContext, DronesPort, MapsPort, PastPort, PlannerPort, TracksPort } from '../domain/context.ts'
import { mayNeedPlan, planNeeded } from '../domain/plan-needed.ts'
import { assumedOf } from '../domain/planned.ts'
import { refuse, type Decision } from '../domain/result.ts'
import { importedTrack } from '../domain/searches/segments.ts'
import { storiesAhead } from '../domain/searches/stories-ahead.ts'
import type { Picture } from '../picture/picture.ts'
import type { Scheduler } from './scheduler.ts'

/** How often a plan is made anew when the picture has moved away from it. */
const MOST_PLANS = 3

/** What was fetched, drawn or computed for a command before its turn. */
export type Ready = Pick<DecideContext, 'planned' | 'ground' | 'drawnForMs' | 'track' | 'pastIncident'>
export type Prepared = Decision<Ready>
type Outcome = Decision<CommandDone>

const EMPTY: Ready = { planned: null, ground: null, drawnForMs: null, track: null, pastIncident: null }
const NOTHING: Prepared = { ok: true, value: EMPTY }

/** Commands that ask for the map of a story. */
const DRAWS: readonly Command['type'][] = ['search.open', 'search.add-scenario', 'search.move-scenario']

/**
 * Plans and draws what a command needs before it takes its turn, so that no other command waits while something is
 * computed. The turn itself judges whether a plan still holds; where it does not, another one is made. A command that
 * needs neither takes its turn at once, in the order in which commands came.
 */
export function createPreparation(options: {
  picture: Picture
  maps: MapsPort
  drones: DronesPort
  planner: PlannerPort
  tracks: TracksPort
  past: PastPort
  clock: Pick<Scheduler, 'nowMs'>
  /** Outcome that is known without planning. */
  settled: (command: Command, seat: Seat) => Outcome | null
}): (command: Command, seat: Seat, turn: (prepared: Prepared) => Promise<Outcome>) => Promise<Outcome> {
  const { picture, maps, drones, planner, tracks, past, clock, settled } = options
  /** A command that comes again while it is planned has one plan and one outcome. */
  const running = new Map<string, { seatId: string; outcome: Promise<Outcome> }>()

  async function plan(command: Command, seat: Seat): Promise<Prepared> {
    if (settled(command, seat)) return NOTHING
    if (command.type === 'search.confirm-searched') return fetchTrack(command)
    const needed = planNeeded(picture, command, { maps, drones, nowMs: clock.nowMs() })
    if (!needed) return NOTHING
    if (!needed.ok) return needed
    const request = needed.value
    const assumed = assumedOf(picture.search.get(request.searchId)!)
    const cuts = await ('area' in request ? planner.area(request) : planner.cut(request))
    return cuts.ok ? { ok: true, value: { ...EMPTY, planned: { request, assumed, cuts: cuts.value } } } : cuts
  }

  async function draw(command: Command, seat: Seat): Promise<Prepared> {
    const nowMs = clock.nowMs()
    const wanted = settled(command, seat) ? null : storiesAhead(picture, command, nowMs)
    if (!wanted) return NOTHING
    const ground = command.type === 'search.open' ? await planner.ground(command.setup) : null
    await planner.ahead({ ...wanted.search, ground }, wanted.stories)
    return { ok: true, value: { ...EMPTY, ground, drawnForMs: nowMs } }
  }

  async function fetchTrack({
    searchId,
    unitId,
    track,
  }: Extract<Command, { type: 'search.confirm-searched' }>): Promise<Prepared> {
    if (track.kind === 'file') return NOTHING
    const span = track.kind === 'reported' ? track : importedTrack(picture.search.get(searchId), track.trackId)
    if (span === undefined) return NOTHING // refused in its turn
    try {
      return { ok: true, value: { ...EMPTY, track: await tracks.ofUnit(unitId, span.fromMs, span.toMs) } }
    } catch {
      return refuse(503, 'store-unavailable', 'the positions of the unit could not be read')
    }
  }

  async function fetchPast(incidentId: string): Promise<Prepared> {
    try {
      return { ok: true, value: { ...EMPTY, pastIncident: await past.incident(incidentId) } }
    } catch {
      return refuse(503, 'store-unavailable', 'the history could not be read')
    }
  }

  async function planAndTurn(
    command: Command,
    seat: Seat,
    turn: (prepared: Prepared) => Promise<Outcome>,
  ): Promise<Outcome> {
    for (let made = 1; ; made++) {
      const outcome = await turn(await plan(command, seat))
      if (outcome.ok || outcome.error.code !== 'plan-stale' || made === MOST_PLANS) return outcome
    }
  }

  return (command, seat, turn) => {
    if (command.type === 'case.hold' && !picture.incident.has(command.incidentId))
      return fetchPast(command.incidentId).then(turn)
    const plans = mayNeedPlan(command) || command.type === 'search.confirm-searched'
    if (!plans && !DRAWS.includes(command.type)) return turn(NOTHING)
    const known = running.get(command.id)
    if (known?.seatId === seat.id) return known.outcome
    const made = plans ? planAndTurn(command, seat, turn) : draw(command, seat).then(turn)
    const outcome = made.finally(() => running.delete(command.id))
    running.set(command.id, { seatId: seat.id, outcome })
    return outcome
  }
}
