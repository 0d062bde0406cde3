import type { ScenarioFigures, Search } from '@skerry/contract'

/** What one scenario says of the search so far and of the hour to come; null is unknown, and never zero. */
export interface WorthRow {
  id: string
  /** Share of the scenario, 0..1. */
  share: number
  /** POS so far if it is true, 0..1. */
  pos: number
  /** POS that the next hour adds, 0..1; null without tasks. */
  gain: number | null
  /** POS of a find within the hour that comes while the person lives, 0..1; null where nothing tells of that. */
  alive: number | null
  /** Mean time to the find, minutes of 60; null without tasks. */
  meanMin: number | null
}

export const worthRows = ({ scenarioFigures }: Pick<Search, 'scenarioFigures'>): WorthRow[] =>
  scenarioFigures.map(({ id, share, pos, nextHourPos, nextHourAlive, nextHourMeanMin }) => ({
    id,
    share,
    pos,
    gain: nextHourPos,
    alive: nextHourAlive ?? null,
    meanMin: nextHourMeanMin ?? null,
  }))

/**
 * What can be said of being found alive within the hour, over all scenarios.
 * `partly`: the figure is a ceiling, for scenarios of which nothing is known count in full. Null without tasks.
 */
export type AliveLine = { of: 'unknown' } | { of: 'known' | 'partly'; alive: number } | null

export function aliveLine({
  nextHourPos,
  nextHourAlive,
  scenarioFigures,
}: Pick<Search, 'nextHourPos' | 'nextHourAlive' | 'scenarioFigures'>): AliveLine {
  if (nextHourPos === null) return null
  if (nextHourAlive === null) return { of: 'unknown' }
  const counts = ({ share }: ScenarioFigures): boolean => share > 0
  const partly = scenarioFigures.filter(counts).some((one) => (one.nextHourAlive ?? null) === null)
  return { of: partly ? 'partly' : 'known', alive: nextHourAlive }
}
