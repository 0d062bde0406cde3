import {
  MOST_DRAWINGS,
  MOST_TEAM_TRACKS,
  type Change,
  type Command,
  type DomainEvent,
  type EventOf,
  type TeamTrack,
} from '@skerry/contract'
import { redactText } from '@skerry/exchange'
import { patched, type Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { openSearch } from './assumptions.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>
type DrawingEvent = EventOf<
  'search.drawing-added' | 'search.drawing-removed' | 'search.track-added' | 'search.track-removed'
>

/** A shape from elsewhere. Names and notes of other programmes may hold a telephone number: it is not taken over. */
export function decideAddDrawing(
  picture: Picture,
  { searchId, drawing }: Of<'search.add-drawing'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = openSearch(picture, searchId)
  if (!found.ok) return found
  const { drawings = [] } = found.value
  if (drawings.length >= MOST_DRAWINGS)
    return refuse(409, 'too-many-drawings', `at most ${MOST_DRAWINGS} drawings a search`)
  const number = drawings.reduce((most, one) => Math.max(most, one.number), 0) + 1
  const { name, note, shape } = drawing
  return ok([
    {
      type: 'search.drawing-added',
      searchId,
      drawing: {
        id: ctx.newId(),
        number,
        name: redactText(name).text,
        note: redactText(note).text,
        shape,
        atMs: ctx.nowMs,
        by: ctx.seat.name,
      },
    },
  ])
}

export function decideRemoveDrawing(picture: Picture, command: Of<'search.remove-drawing'>): Decision<DomainEvent[]> {
  const { searchId, drawingId, reason } = command
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (!search.drawings?.some(({ id }) => id === drawingId))
    return refuse(404, 'unknown-drawing', `no drawing ${drawingId} in this search`)
  return ok([{ type: 'search.drawing-removed', searchId, drawingId, reason }])
}

/** A track that was judged and stored already: the search remembers which positions it is. The same id again is harmless. */
export function decideAddTrack(
  picture: Picture,
  searchId: string,
  track: Omit<TeamTrack, 'number'>,
): Decision<DomainEvent[]> {
  const found = openSearch(picture, searchId)
  if (!found.ok) return found
  const { teamTracks = [] } = found.value
  if (teamTracks.some(({ id }) => id === track.id)) return ok([])
  if (teamTracks.length >= MOST_TEAM_TRACKS)
    return refuse(409, 'too-many-drawings', `at most ${MOST_TEAM_TRACKS} tracks a search`)
  const number = teamTracks.reduce((most, one) => Math.max(most, one.number), 0) + 1
  return ok([{ type: 'search.track-added', searchId, track: { ...track, number } }])
}

export function decideRemoveTrack(picture: Picture, command: Of<'search.remove-track'>): Decision<DomainEvent[]> {
  const { searchId, trackId, reason } = command
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (!search.teamTracks?.some(({ id }) => id === trackId))
    return refuse(404, 'unknown-track', `no track ${trackId} in this search`)
  return ok([{ type: 'search.track-removed', searchId, trackId, reason }])
}

export function evolveDrawings(picture: Picture, event: DrawingEvent): Change[] {
  const search = picture.search.get(event.searchId)
  if (!search) return []
  const { drawings = [], teamTracks = [] } = search
  switch (event.type) {
    case 'search.drawing-added':
      return patched(picture, 'search', search.id, { drawings: [...drawings, event.drawing] })
    case 'search.drawing-removed':
      return patched(picture, 'search', search.id, { drawings: drawings.filter(({ id }) => id !== event.drawingId) })
    case 'search.track-added':
      return patched(picture, 'search', search.id, { teamTracks: [...teamTracks, event.track] })
    case 'search.track-removed':
      return patched(picture, 'search', search.id, { teamTracks: teamTracks.filter(({ id }) => id !== event.trackId) })
  }
}
