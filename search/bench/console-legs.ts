import { cellsInRing } from '../src/frame/cells-in-ring.ts'
import { createGrid, gridFrame } from '../src/frame/grid.ts'
import { cutFleet } from '../src/plan/cut-fleet.ts'
import { createPosField } from '../src/plan/path-pos.ts'
import type { Cells } from '../src/plan/path-score.ts'
import { legTimer } from '../src/plan/wind.ts'
import { type FlownLeg, legsBy, STUDY } from './subject-study.ts'

/** Any place will do: a plan is laid on the metres of the map. */
const SOMEWHERE: [number, number] = [122, 30]
/** As the console has them: overlap of swaths, climb with descent and landing, and what each corner costs, seconds. */
const [OVERLAP, OVERHEAD_S, TURN_S] = [0.15, 60, 3]

interface Running {
  readonly area: readonly (readonly number[])[]
  readonly endS: number
}

/**
 * The study's drones as the console sends them: one sortie each, and again when one has landed and has a fresh battery, each
 * cut on the map as the looks so far have left it, outside the areas that the others are still flying. Every leg looks.
 */
export function consoleLegs(cells: Cells): FlownLeg[] {
  const shape = createGrid({ ...cells, origin: SOMEWHERE }, cells.values)
  const frame = gridFrame(shape)
  const base = frame.toLngLat(STUDY.baseM)
  const legS = legTimer(STUDY.airspeedMps, STUDY.wind)
  const legs: FlownLeg[] = []
  const freeAtS = new Map(Array.from({ length: STUDY.drones }, (_, i) => [`d${i}`, 0]))
  let running: Running[] = []
  while (freeAtS.size > 0) {
    const nowS = Math.min(...freeAtS.values())
    if (nowS >= STUDY.horizonS) break
    running = running.filter(({ endS }) => endS > nowS)
    const ready = [...freeAtS].flatMap(([id, atS]) => (atS <= nowS ? [id] : []))
    const { tasks } = cutFleet({
      grid: createGrid(
        shape,
        leftAt(
          cells,
          legs,
          nowS,
          running.flatMap(({ area }) => cellsInRing(shape, area)),
        ),
      ),
      groups: [
        {
          sensor: { sweepWidthM: STUDY.sweepWidthM, swathM: STUDY.swathM, overlap: OVERLAP },
          drones: ready.map((id) => ({
            id,
            startLngLat: base,
            airspeedMps: STUDY.airspeedMps,
            enduranceS: STUDY.enduranceS,
            reserveS: STUDY.reserveS,
          })),
        },
      ],
      wind: STUDY.wind,
      overheadS: OVERHEAD_S,
      turnS: TURN_S,
    })
    for (const id of ready) {
      const task = tasks.find(({ droneId }) => droneId === id)
      // Nothing left that is worth a flight: it stays on the ground.
      if (!task) {
        freeAtS.delete(id)
        continue
      }
      const points = [STUDY.baseM, ...task.waypoints.map((point) => frame.toLocal(point)), STUDY.baseM]
      let clockS = nowS + OVERHEAD_S / 2
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1]!, points[i]!]
        const way = i === 1 || i === points.length - 1
        const endS = clockS + legS(a, b)
        // Between the ways lie lanes and turns by turns.
        legs.push({ a, b, startS: clockS, endS, kind: way ? 'way' : i % 2 === 0 ? 'lane' : 'turn' })
        clockS = endS + (i < points.length - 1 ? TURN_S : 0)
      }
      const landedS = nowS + task.timeS
      running.push({ area: task.area[0] ?? [], endS: landedS })
      freeAtS.set(id, landedS + STUDY.swapS)
    }
  }
  return legs
}

/** The map as what was flown by a time leaves it, without the cells that others are about to see. */
function leftAt(cells: Cells, legs: readonly FlownLeg[], atS: number, taken: readonly number[]): Float64Array {
  const field = createPosField(cells, STUDY)
  for (const { a, b } of legsBy(legs, atS)) field.fly(a, b)
  const left = Float64Array.from(field.left())
  for (const cell of taken) left[cell] = 0
  return left
}
