import type { LngLat, Task } from '@skerry/contract'

const CORNERS: LngLat[] = [
  [0, -80],
  [0.01, -80],
  [0.01, -79.99],
]
const DRAWN: Pick<Task, 'id' | 'number' | 'area' | 'lanes' | 'path'> = {
  id: 'nothing',
  number: 0,
  area: CORNERS,
  lanes: [CORNERS.slice(0, 2)],
  path: CORNERS,
}

/**
 * A speck that no map here ever shows, drawn while there is no task. The graphics driver prepares what a kind of layer is
 * drawn with at its first drawing, which can take seconds without a GPU: not in the moment in which a task is offered.
 */
export const WARM_TASK = DRAWN as Task
