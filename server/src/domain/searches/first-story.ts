import type { LandStory, SearchSetup } from '@skerry/contract'

/** The story that a search is opened with is its setup. */
export const firstStory = ({ planningPoint, category, terrain }: SearchSetup): LandStory => ({
  name: '-',
  kind: 'radial',
  planningPoint,
  category,
  terrain,
})
