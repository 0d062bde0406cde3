import type { Command, CommandDone, Seat } from '@skerry/contract'
import type { DronesPort, MapsPort, Planned, PlannerPort } from '../domain/context.ts'
import { planNeeded } from '../domain/plan-needed.ts'
import { assumedOf } from '../domain/planned.ts'
import type { Decision } from '../domain/result.ts'
import type { Picture } from '../picture/picture.ts'

/** How often a plan is made anew when the picture has moved away from it. */
const MOST_PLANS = 3

export type Prepared = Decision<Planned | null>
type Outcome = Decision<CommandDone>

/**
 * Plans what a command needs before it takes its turn, so that no other command waits while something is computed. The
 * turn itself judges whether the plan still holds; where it does not, another one is made. A command that needs no plan
 * takes its turn at once, in the order in which commands came.
 */
export function createPreparation(options: {
  picture: Picture
  maps: MapsPort
  drones: DronesPort
  planner: PlannerPort
  /** Outcome that is known without planning. */
  settled: (command: Command, seat: Seat) => Outcome | null
}): (command: Command, seat: Seat, turn: (prepared: Prepared) => Promise<Outcome>) => Promise<Outcome> {
  const { picture, maps, drones, planner, settled } = options
  /** A command that comes again while it is planned has one plan and one outcome. */
  const running = new Map<string, { seatId: string; outcome: Promise<Outcome> }>()

  async function plan(command: Command, seat: Seat): Promise<Prepared> {
    const needed = settled(command, seat) ? null : planNeeded(picture, command, { maps, drones })
    if (!needed) return { ok: true, value: null }
    if (!needed.ok) return needed
    const request = needed.value
    const assumed = assumedOf(picture.search.get(request.searchId)!)
    const cuts = await planner.cut(request)
    return cuts.ok ? { ok: true, value: { request, assumed, cuts: cuts.value } } : cuts
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
    if (command.type !== 'search.cut-tasks') return turn({ ok: true, value: null })
    const known = running.get(command.id)
    if (known?.seatId === seat.id) return known.outcome
    const outcome = planAndTurn(command, seat, turn).finally(() => running.delete(command.id))
    running.set(command.id, { seatId: seat.id, outcome })
    return outcome
  }
}
