import type { Command, DomainEvent, GroundEffort, Search, Segment, TeamTrack, Unit } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext, EffortFigures, UnitFix } from '../context.ts'
import { assignUnit } from '../incidents/assign.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { shapeFault } from '../zones/shape-fault.ts'
import { onMap, openSearch } from './assumptions.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** More parts than this nobody keeps apart. */
const MOST_SEGMENTS = 60
/** Clocks of terminals may run this far ahead of ours, milliseconds. */
const FUTURE_SLACK_MS = 60_000

/** Which people can search, and how they look. A car passes by. */
const SEARCHES: Readonly<Partial<Record<Unit['kind'], GroundEffort['sensor']['kind']>>> = {
  'ground-team': 'ground-team',
  foot: 'ground-team',
  boat: 'boat',
}

function segmentOf(search: Search, segmentId: string): Decision<Segment> {
  const segment = search.segments?.find(({ id }) => id === segmentId)
  if (!segment) return refuse(404, 'unknown-segment', `no segment ${segmentId} in this search`)
  if (segment.removed) return refuse(409, 'segment-removed', `segment ${segment.number} has been removed`)
  return ok(segment)
}

export function decideAddSegment(
  picture: Picture,
  command: Of<'search.add-segment'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { id: searchId, segments = [] } = found.value
  const { name, area } = command
  if (segments.filter(({ removed }) => !removed).length >= MOST_SEGMENTS)
    return refuse(409, 'too-many-segments', `at most ${MOST_SEGMENTS} segments a search`)
  if (!area.every((corner) => onMap(found.value, corner)))
    return refuse(422, 'outside-map', 'a corner of the segment lies outside the map')
  const fault = shapeFault({ kind: 'polygon', rings: [area] })
  if (fault) return refuse(422, 'segment-not-possible', `area: ${fault}`)
  const segment: Segment = { id: ctx.newId(), number: segments.length + 1, name, area, removed: null, teams: [] }
  return ok([{ type: 'search.segment-added', searchId, segment }])
}

/** Takes a segment off the list. Those who were sent there stay assigned; what was searched stays counted. */
export function decideRemoveSegment(picture: Picture, command: Of<'search.remove-segment'>): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const segment = segmentOf(found.value, command.segmentId)
  if (!segment.ok) return segment
  const { searchId, segmentId, reason } = command
  return ok([{ type: 'search.segment-removed', searchId, segmentId, reason }])
}

/** Sends units into segments: each is assigned to the incident, to the middle of its segment. */
export function decideAssignTeams(picture: Picture, command: Of<'search.assign-teams'>): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { incidentId, id: searchId } = found.value
  const incident = picture.incident.get(incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${incidentId}`)
  const events: DomainEvent[] = []
  for (const { segmentId, unitId, hours } of command.assignments) {
    const segment = segmentOf(found.value, segmentId)
    if (!segment.ok) return segment
    const unit = picture.unit.get(unitId)
    if (!unit) return refuse(404, 'unknown-unit', `no unit ${unitId} on the roster`)
    if (!SEARCHES[unit.kind]) return refuse(409, 'unit-does-not-search', `${unit.callSign} is a ${unit.kind}`)
    const { name, number, area } = segment.value
    const time = hours === null ? '' : ` · ${hours} h`
    const to = { position: middleOf(area), candidateId: null, note: `#${number} ${name}${time}` }
    const assigned = assignUnit(incident, unit, to)
    if (!assigned.ok) return assigned
    // The incident moves on once, however many are sent.
    events.push(...(events.length === 0 ? assigned.value : assigned.value.slice(0, 1)))
  }
  return ok([...events, { type: 'search.teams-assigned', searchId, assignments: command.assignments }])
}

/** Middle of the corners; a segment is no ring road, and the unit knows its ground. */
function middleOf(area: Segment['area']): Segment['area'][number] {
  const sum = area.reduce(([x, y], [lng, lat]) => [x + lng, y + lat], [0, 0])
  return [sum[0] / area.length, sum[1] / area.length]
}

/**
 * A person answers for it that a unit has searched a segment: along what its terminal reported while it was sent there, or
 * along a file of its receiver. Nothing else makes a way count as searched, and no way counts twice.
 */
export function decideConfirmSearched(
  picture: Picture,
  command: Of<'search.confirm-searched'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const search = found.value
  const { segmentId, unitId, track, sensor } = command
  const segment = segmentOf(search, segmentId)
  if (!segment.ok) return segment
  const unit = picture.unit.get(unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${unitId} on the roster`)
  if (SEARCHES[unit.kind] !== sensor.kind)
    return refuse(409, 'unit-does-not-search', `sensor: a ${unit.kind} does not search as a ${sensor.kind}`)
  const fixes = fixesOf(command, search, segment.value, ctx)
  if (!fixes.ok) return fixes
  const [first, last] = [fixes.value[0]!, fixes.value.at(-1)!]
  const counted = (search.efforts ?? []).find(
    (effort) =>
      effort.segmentId === segmentId &&
      effort.unitId === unitId &&
      !effort.withdrawn &&
      effort.fromMs <= last.atMs &&
      effort.toMs >= first.atMs,
  )
  if (counted) return refuse(409, 'already-counted', `what ${unit.callSign} searched here at that time counts already`)
  const figures = figuresOf(search.id, segment.value, fixes.value, command, ctx)
  if (!figures.ok) return figures
  const { fixes: kept, ...rest } = figures.value
  return ok([
    {
      type: 'search.ground-searched',
      searchId: search.id,
      effort: {
        id: ctx.newId(),
        segmentId,
        unitId,
        source: sensor.kind === 'boat' ? 'boat' : 'team',
        from: track.kind,
        fromMs: first.atMs,
        toMs: last.atMs,
        sensor,
        ...rest,
        track: kept.map(({ position }) => position),
        confirmedAtMs: ctx.nowMs,
        withdrawn: null,
      },
      fixes: kept.map(({ atMs, position: [lng, lat] }) => [atMs, lng, lat]),
    },
  ])
}

/** A track that was imported into a search; undefined where there is none of that id, or it was taken out again. */
export const importedTrack = (search: Search | undefined, trackId: string): TeamTrack | undefined =>
  search?.teamTracks?.find(({ id }) => id === trackId)

function fixesOf(
  { track, unitId }: Of<'search.confirm-searched'>,
  search: Search,
  segment: Segment,
  ctx: DecideContext,
): Decision<UnitFix[]> {
  if (track.kind === 'file') {
    const fixes = track.fixes
      .map(([atMs, lng, lat]): UnitFix => ({ atMs, position: [lng, lat], accuracyM: null }))
      .sort((a, b) => a.atMs - b.atMs)
    return fixes.at(-1)!.atMs > ctx.nowMs + FUTURE_SLACK_MS
      ? refuse(422, 'future-time', 'track.fixes: a track cannot lie in the future')
      : ok(fixes)
  }
  if (track.kind === 'imported') {
    const known = importedTrack(search, track.trackId)
    if (!known) return refuse(404, 'unknown-track', `no track ${track.trackId} in this search`)
    // Whose track it is was said when it was imported; another unit cannot be credited with it.
    if (known.unitId !== unitId) return refuse(409, 'track-of-other', `track ${known.number} is of ${known.unitId}`)
    return within(ctx, known, unitId)
  }
  const { fromMs, toMs } = track
  if (toMs <= fromMs) return refuse(422, 'no-track', 'track.toMs: must be after fromMs')
  const sent = segment.teams.filter((team) => team.unitId === unitId)
  const there = sent.some(
    ({ sinceMs, untilMs }) => fromMs >= sinceMs && toMs <= (untilMs ?? ctx.nowMs) + FUTURE_SLACK_MS,
  )
  if (!there) return refuse(409, 'unit-not-in-segment', `${unitId} was not in segment ${segment.number} all that time`)
  return within(ctx, track, unitId)
}

/** Stored positions of a unit over a span, as they were read before the turn. */
function within(
  ctx: DecideContext,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  unitId: string,
): Decision<UnitFix[]> {
  const fixes = (ctx.track ?? []).filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  return fixes.length < 2 ? refuse(409, 'no-track', `${unitId} has reported no way in that time`) : ok(fixes)
}

function figuresOf(
  searchId: string,
  segment: Segment,
  fixes: readonly UnitFix[],
  { sensor }: Of<'search.confirm-searched'>,
  { maps }: DecideContext,
): Decision<EffortFigures> {
  try {
    const figures = maps.effort(searchId, segment.area, fixes, sensor)
    if (!figures) return refuse(422, 'no-map', 'this search has no map')
    if (!(figures.lengthM > 0))
      return refuse(409, 'track-outside-segment', `no part of the way searches segment ${segment.number}`)
    return ok(figures)
  } catch (error) {
    if (error instanceof RangeError) return refuse(422, 'sensor-not-possible', error.message)
    throw error
  }
}

export function decideWithdrawEffort(picture: Picture, command: Of<'search.withdraw-effort'>): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { searchId, effortId, reason } = command
  const effort = found.value.efforts?.find(({ id }) => id === effortId)
  if (!effort) return refuse(404, 'unknown-effort', `no effort ${effortId} in this search`)
  if (effort.withdrawn) return refuse(409, 'effort-withdrawn', 'this effort is withdrawn already')
  return ok([{ type: 'search.effort-withdrawn', searchId, effortId, reason }])
}
