import type { CheckpointDeclaration, Crossings, Lane } from '@skerry/contract'
import type { Way } from './ways.ts'

/** Terminals of the file that have gates, and whether they see who waits. */
const WITH_GATES: Readonly<Record<string, { seesQueue: boolean }>> = {
  yadanshan: { seesQueue: true },
  sanjiang: { seesQueue: true },
  banshengdong: { seesQueue: true },
  dundou: { seesQueue: true },
  wugongzhi: { seesQueue: true },
  putuoshan: { seesQueue: true },
  gaoting: { seesQueue: true },
  xiushan: { seesQueue: false },
  qushan: { seesQueue: true },
  lizhushan: { seesQueue: true },
}
/** The bridge that has a gate. Nobody but its own traffic model knows how many cars want to pass. */
const BRIDGE = 'zhujiajian'
/** Gates to the boats let through so many in a minute, and so many cars. */
export const GATE_PER_MIN = 40
export const CARS_PER_MIN = 4
/** Most cars that one of its lanes lets through in a minute. */
export const BRIDGE_LANE_PER_MIN = 14
/** From so many passengers a day on a line has two lanes. */
const TWO_LANES = 3000

/** A gate with its lanes. */
export interface Gate {
  readonly declaration: CheckpointDeclaration
  readonly seesQueue: boolean
}

/** Gates of a crossings file: those of the list that are in it. */
export function gatesOf(crossings: Crossings, ways: readonly Way[]): Gate[] {
  const ferries = crossings.terminals.flatMap(({ id, name, at }): Gate[] => {
    const how = WITH_GATES[id]
    const own = ways.filter(({ from }) => from === id)
    if (how === undefined || own.length === 0) return []
    const lanes: Lane[] = own.flatMap((way) => boardingLanes(way))
    lanes.push({ id: 'in-1', direction: 'in', counts: 'persons' }, { id: 'in-2', direction: 'in', counts: 'persons' })
    if (own.some(({ cars }) => cars > 0)) lanes.push({ id: 'in-cars', direction: 'in', counts: 'vehicles' })
    return [{ declaration: { id, name, kind: 'ferry', position: at, terminal: id, lanes }, seesQueue: how.seesQueue }]
  })
  const bridges = crossings.bridges
    .filter(({ id }) => id === BRIDGE)
    .map(({ id, name, from, to }): Gate => {
      const lane = (direction: 'in' | 'out', n: number): Lane => ({
        id: `${direction}-${n}`,
        direction,
        counts: 'vehicles',
        mostPerMin: BRIDGE_LANE_PER_MIN,
      })
      const lanes = [lane('in', 1), lane('in', 2), lane('out', 1), lane('out', 2)]
      const declaration = {
        id: `bridge-${id}`,
        name,
        kind: 'bridge' as const,
        position: to.at,
        onto: to.island,
        off: from.island,
        lanes,
      }
      return { declaration, seesQueue: true }
    })
  return [...ferries, ...bridges]
}

function boardingLanes({ line, cars, persons }: Way): Lane[] {
  const lane = (id: string, counts: Lane['counts'], mostPerMin: number): Lane => ({
    id,
    direction: 'out',
    counts,
    line,
    mostPerMin,
  })
  const aDay = persons.reduce((sum, value) => sum + value, 0)
  return [
    ...(aDay > TWO_LANES
      ? [lane(`${line}-a`, 'persons', GATE_PER_MIN / 2), lane(`${line}-b`, 'persons', GATE_PER_MIN / 2)]
      : [lane(line, 'persons', GATE_PER_MIN)]),
    ...(cars > 0 ? [lane(`${line}-cars`, 'vehicles', CARS_PER_MIN)] : []),
  ]
}
