import type { Scenario, Search } from '@skerry/contract'
import type { CutRequest } from '../context.ts'
import { foundAlive, type SurvivalConditions, survivalKnown, type TimeValue } from '@skerry/search'

/** How long the subject may live if a story is true, as far as anybody has said, and since when. */
export interface StorySurvival {
  conditions: SurvivalConditions
  fromMs: number
}

/**
 * What is known of survival in a story: of somebody in the water its temperature, of somebody on land the air's and the
 * kind of person; null where nothing is known. Only what a person has stated counts.
 * @param inWater the planning point of the story lies in water
 */
export function survivalOf(
  { conditions, subject }: Pick<Search, 'conditions' | 'subject'>,
  { story }: Pick<Scenario, 'story'>,
  inWater: boolean,
): StorySurvival | null {
  const [waterC, airC] = [conditions?.waterC ?? undefined, conditions?.airC ?? undefined]
  const known: SurvivalConditions =
    story.kind === 'drift' ? { waterC } : { category: story.category, ...(inWater ? { waterC } : { airC }) }
  const fromMs = story.kind === 'drift' ? story.enteredAtMs : subject.lastKnownAtMs
  return survivalKnown(known) ? { conditions: known, fromMs } : null
}

/** Seconds that a person has been missing, or in the water, at a moment. */
export const sinceS = ({ fromMs }: StorySurvival, nowMs: number): number => Math.max(0, (nowMs - fromMs) / 1000)

/** Of each story what is known of survival at a moment, as cuts take it; nothing where nothing is known of any. */
export function survivalsOf(search: Search, nowMs: number): Pick<CutRequest, 'survivals'> {
  const survivals = search.scenarios.flatMap((scenario) => {
    const { id } = scenario
    const inWater = search.scenarioFigures.some((figures) => figures.id === id && figures.inWater)
    const survival = survivalOf(search, scenario, inWater)
    if (!survival) return []
    return [{ scenarioId: id, conditions: survival.conditions, sinceS: sinceS(survival, nowMs) }]
  })
  return survivals.length > 0 ? { survivals } : {}
}

/** Chance that the subject is alive so many seconds after a moment. */
export const aliveFrom = (survival: StorySurvival, nowMs: number): TimeValue =>
  foundAlive(survival.conditions, sinceS(survival, nowMs))
