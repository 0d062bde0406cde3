import type { Command, Search } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { StoriesAhead } from '../context.ts'
import { addable, driftMoment, movable } from './assumptions.ts'
import { firstStory } from './first-story.ts'
import { openable } from './open.ts'

/**
 * Stories that a command will ask maps of, for `nowMs`; null where it asks for none, or will be refused whatever the maps
 * say.
 */
export function storiesAhead(picture: Picture, command: Command, nowMs: number): StoriesAhead | null {
  switch (command.type) {
    case 'search.open': {
      const { setup } = command
      // A search that is not open yet has no chances of its own: its first story is no drift.
      return openable(picture, command).ok
        ? { search: { id: '', setup }, stories: [{ story: firstStory(setup) }] }
        : null
    }
    case 'search.add-scenario': {
      const found = addable(picture, command, nowMs)
      const { story } = command
      return found.ok ? { search: of(found.value), stories: [{ story, ...driftMoment(story, nowMs) }] } : null
    }
    case 'search.move-scenario': {
      const found = movable(picture, command, nowMs)
      if (!found.ok) return null
      const { search, story } = found.value
      return { search: of(search), stories: [{ story, mapAtMs: command.mapAtMs }] }
    }
    default:
      return null
  }
}

const of = ({ id, setup }: Search): StoriesAhead['search'] => ({ id, setup })
