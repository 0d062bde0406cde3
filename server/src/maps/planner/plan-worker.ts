// Runs in a thread of its own: what takes long must not hold up the thread that takes orders.
import { openTerrain, type Terrain } from '@skerry/terrain'
import { move, transferableSymbol, valueSymbol } from 'piscina'
import { drawGround, type GroundJob } from '../../ground/draw-ground.ts'
import { drawJob, type DrawJob, type DrawnStory } from '../stories.ts'
import { areaJob, planJob } from './plan-job.ts'

export { planJob as run, areaJob as area }

export const draw = (job: DrawJob): unknown => handedOver(drawJob(job))

/** Maps are handed over and not copied. */
function handedOver(drawn: DrawnStory[]): unknown {
  const arrays = drawn.flatMap(({ landFraction, map }) => [
    landFraction,
    map.grid.values,
    map.cloud?.positionsM,
    map.cloud?.startsM,
  ])
  const buffers = new Set(arrays.flatMap((array) => (array ? [array.buffer] : [])))
  const moved = { [transferableSymbol]: [...buffers], [valueSymbol]: drawn }
  return move(moved as unknown as Parameters<typeof move>[0])
}

const opened = new Map<string, Promise<Terrain>>()

export async function ground(job: GroundJob): Promise<unknown> {
  const { terrainFile } = job
  if (terrainFile === null) return drawGround(job, null)
  let terrain = opened.get(terrainFile)
  if (!terrain) opened.set(terrainFile, (terrain = openTerrain(terrainFile)))
  try {
    return await drawGround(job, await terrain)
  } catch (error) {
    opened.delete(terrainFile)
    throw error
  }
}
