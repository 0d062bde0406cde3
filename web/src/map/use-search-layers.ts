import { CandidateLayer, TaskLayer } from '@skerry/layers'
import type { Candidate, Task } from '@skerry/contract'
import { usePicture } from '../stores/picture.ts'
import { useSceneLayer, type Scene } from './scene.ts'

const DONE = new Set<Task['state']>(['done', 'refused', 'withdrawn', 'failed'])
const GONE = new Set<Candidate['state']>(['dismissed', 'nothing-there'])

/** Running searches as the rest of the room sees them: tasks that are under way, candidates that still count. */
export function useSearchLayers(scene: Scene, on: () => boolean): void {
  const picture = usePicture()
  const selected = (kind: 'task' | 'candidate'): string | null =>
    scene.selected.value?.kind === kind ? scene.selected.value.id : null
  const running = (searchId: string): boolean => picture.searches.get(searchId)?.state === 'open'
  useSceneLayer(
    scene,
    {
      id: 'city-tasks',
      order: 40,
      build: ({ theme, stale }) => {
        if (!on()) return []
        const data = [...picture.tasks.values()].filter((task) => running(task.searchId) && !DONE.has(task.state))
        if (data.length === 0) return []
        return [new TaskLayer({ id: 'city-tasks', data, selected: selected('task'), theme, stale, pickable: true })]
      },
      toThing: ({ object }) => ({ kind: 'task', id: (object as Task).id }),
    },
    () => [picture.tasks, picture.searches, on(), selected('task')],
  )
  useSceneLayer(
    scene,
    {
      id: 'city-candidates',
      order: 72,
      build: ({ theme, stale }) => {
        if (!on()) return []
        const data = [...picture.candidates.values()].filter((c) => running(c.searchId) && !GONE.has(c.state))
        if (data.length === 0) return []
        return [
          new CandidateLayer({
            id: 'city-candidates',
            data,
            selected: selected('candidate'),
            theme,
            stale,
            pickable: true,
          }),
        ]
      },
      toThing: ({ object }) => ({ kind: 'candidate', id: (object as Candidate).id }),
    },
    () => [picture.candidates, picture.searches, on(), selected('candidate')],
  )
}
