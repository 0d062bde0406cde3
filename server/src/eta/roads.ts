import type { LngLat, Recommendation } from '@skerry/contract'
import type { RoadTimes } from './earliest.ts'
import { landAt, type Goal } from './goal.ts'
import type { Network } from './network.ts'
import type { RoadTable, RouterFault } from './osrm.ts'
import type { Candidate } from './ranking.ts'

/** Most places in one question: OSRM's own default limit is 100. */
const MOST_PLACES = 100

export interface Roads {
  readonly source: Recommendation['roads']['source']
  readonly fault: RouterFault | null
  readonly of: (unitId: string) => RoadTimes
}

/**
 * Asks a router for the times by road of everyone who drives: to the place and to the piers, and from the piers to the
 * place. What it does not answer stays an estimate, and the fault is told. Between islands it is believed only where
 * bridges of our own file join them: a router that takes a place off its roads to the nearest one, or knows ferries and no
 * timetable, would drive over water.
 */
export async function askRoads(
  table: RoadTable,
  network: Network,
  goal: Goal,
  candidates: readonly Candidate[],
): Promise<Roads> {
  const drivers = candidates.flatMap(({ unit, fix }) =>
    fix !== null && unit.onDuty && unit.kind !== 'boat' && unit.kind !== 'foot'
      ? [{ id: unit.id, at: fix.lngLat, land: landAt(network, fix.lngLat) }]
      : [],
  )
  const piers = network.nodes.flatMap((node, i) => (node.pier ? [i] : []))
  const byUnit = new Map<string, Map<number | 'goal', number>>()
  const toGoal = new Map<number, number>()
  let fault: RouterFault | null = null
  let answered = false

  async function ask<T>(
    from: readonly { key: T; at: LngLat }[],
    to: readonly LngLat[],
    take: (key: T, s: (number | null)[]) => void,
  ): Promise<void> {
    const answer = await table(
      from.map(({ at }) => at),
      to,
    )
    if (!answer.ok) return void (fault ??= answer.fault)
    answered = true
    from.forEach(({ key }, i) => take(key, answer.seconds[i]!))
  }

  const targets = [goal.at, ...piers.map((i) => network.nodes[i]!.at)].slice(0, MOST_PLACES - 10)
  const atOnce = MOST_PLACES - targets.length
  const questions: Promise<void>[] = []
  for (let first = 0; first < drivers.length; first += atOnce)
    questions.push(
      ask(
        drivers.slice(first, first + atOnce).map((driver) => ({ key: driver, at: driver.at })),
        targets,
        ({ id, land }, [there, ...toPiers]) => {
          const known = new Map<number | 'goal', number>()
          if (there != null && network.joined(land, goal.land)) known.set('goal', there)
          toPiers.forEach((s, i) => {
            if (s !== null && network.joined(land, network.nodes[piers[i]!]!.land)) known.set(piers[i]!, s)
          })
          byUnit.set(id, known)
        },
      ),
    )
  const around = piers.filter((i) => network.nodes[i]!.land === goal.land).slice(0, MOST_PLACES - 1)
  if (around.length > 0)
    questions.push(
      ask(
        around.map((i) => ({ key: i, at: network.nodes[i]!.at })),
        [goal.at],
        (i, [s]) => {
          if (s !== null && s !== undefined) toGoal.set(i, s)
        },
      ),
    )
  await Promise.all(questions)
  return {
    source: answered ? 'router' : 'estimate',
    fault,
    of: (unitId) => (from, to) =>
      from === 'start' ? (byUnit.get(unitId)?.get(to) ?? null) : to === 'goal' ? (toGoal.get(from) ?? null) : null,
  }
}
