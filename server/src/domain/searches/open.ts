import { somebodyLost, type Command, type DomainEvent, type Incident, type SubjectDescription } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { currentTable } from '../distance-tables/decide.ts'
import { knownIn } from '../distance-tables/distances.ts'
import { hasLayers, usedOf } from '../ground-layers.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Open = Extract<Command, { type: 'search.open' }>

/** Cells per side of a map: beyond this a console cannot follow once a second. */
const MOST_CELLS_PER_SIDE = 500

/** The incident that a search can be opened for, as far as no map is needed to know it. */
export function openable(picture: Picture, command: Open): Decision<Incident> {
  const { setup } = command
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  if (!somebodyLost(incident))
    return refuse(409, 'not-a-search', `incident ${incident.number} is not about a missing person`)
  if (incident.searchId !== null) return refuse(409, 'search-exists', `incident ${incident.number} has a search`)
  if (setup.ground !== undefined && !hasLayers(picture))
    return refuse(422, 'no-ground-layers', 'ground: this server has no layers of the ground')
  const table = setup.tableId === undefined ? ok(undefined) : currentTable(picture, setup.tableId)
  if (!table.ok) return table
  if (!knownIn(table.value, setup.category))
    return refuse(422, 'unknown-category', `no lost-person category ${setup.category}`)
  if ((2 * setup.halfSizeM) / setup.cellM > MOST_CELLS_PER_SIDE)
    return refuse(422, 'grid-too-fine', `at most ${MOST_CELLS_PER_SIDE} cells a side: larger cells or a smaller area`)
  return ok(incident)
}

/** Opens the one search of an incident. The map is computed from the setup alone, so that a replay draws the same one. */
export function decideOpen(picture: Picture, command: Open, ctx: DecideContext): Decision<DomainEvent[]> {
  const found = openable(picture, command)
  if (!found.ok) return found
  const [incident, { setup }] = [found.value, command]
  const { ground } = ctx
  const prior = ctx.maps.prior(setup, ground)
  if (!prior) return refuse(422, 'no-map', 'no probability map can be made around this planning point')
  const subject: SubjectDescription = incident.subject ?? {
    category: setup.category,
    lastKnownAtMs: incident.occurredAtMs,
    lastKnownPosition: setup.planningPoint,
    description: incident.text,
  }
  return ok([
    {
      type: 'search.opened',
      search: {
        id: ctx.newId(),
        incidentId: incident.id,
        state: 'open',
        openedAtMs: ctx.nowMs,
        endedAtMs: null,
        subject,
        setup,
        grid: prior.shape,
        restOfWorld: prior.restOfWorld,
        pos: 0,
        nextHourPos: null,
        mapRevision: 1,
        highestGroundAmslM: null,
        found: null,
        ...(prior.coastKnown ? { waterOpen: true as const, waterCover: true as const } : {}),
        ...(ground ? { groundUsed: usedOf(ground) } : {}),
      },
      ...(ground ? { ground } : {}),
    },
  ])
}
