import type { Change, JournalEntry } from '@skerry/contract'
import { evolveAct } from '../domain/acts/evolve.ts'
import { evolveAlarm } from '../domain/alarms/evolve.ts'
import { evolveCameras } from '../domain/cameras.ts'
import { CURRENT_LAYERS } from '../domain/ground-layers.ts'
import { evolveDistanceTable } from '../domain/distance-tables/evolve.ts'
import { evolveCalibration } from '../domain/calibrations/evolve.ts'
import { evolveCandidate } from '../domain/candidates/evolve.ts'
import { evolveCheckpoints } from '../domain/checkpoints/evolve.ts'
import { evolveConsignment } from '../domain/consignments/evolve.ts'
import { evolveDictionary } from '../domain/dictionary/dictionary.ts'
import { evolveFence } from '../domain/fleet/fence.ts'
import { evolveUpkeep } from '../domain/fleet/upkeep.ts'
import { evolveFleet } from '../domain/fleet/evolve.ts'
import { evolveIncident } from '../domain/incidents/evolve.ts'
import { evolveHold, evolvePurge } from '../domain/retention/evolve.ts'
import { evolveRoom } from '../domain/rooms/evolve.ts'
import { evolveSearch } from '../domain/searches/evolve.ts'
import { evolveSites } from '../domain/sites/evolve.ts'
import { evolveTask } from '../domain/tasks/evolve.ts'
import { evolveTimer } from '../domain/timers/evolve.ts'
import { evolveCover } from '../domain/units/cover.ts'
import { evolveUnit } from '../domain/units/evolve.ts'
import { evolveZone } from '../domain/zones/evolve.ts'
import { changed, type Picture } from './picture.ts'

/**
 * What one journal entry changes in the picture. Pure: the same entries in the same order give the same picture,
 * live or replayed. An entry about something that is not in the picture changes nothing.
 */
export function evolve(picture: Picture, entry: Pick<JournalEntry, 'event' | 'atMs'>): Change[] {
  const { event, atMs } = entry
  switch (event.type) {
    case 'server.started':
    case 'account.created':
    case 'feed.created':
    case 'feed.removed':
    case 'kiosk.created':
    case 'kiosk.removed':
    case 'seat.signed-in':
    case 'seat.signed-out':
    case 'search.swept': // ground seen changes the maps, which follow the journal themselves
    case 'entry.purged':
    case 'drone.link-changed': // link state moves on the drone board; the entry is for the timeline
      return []
    case 'case.purged':
      return evolvePurge(picture, event)
    case 'case.held':
    case 'case.lift-asked':
    case 'case.lift-refused':
    case 'case.released':
      return evolveHold(picture, event, atMs)
    case 'roster.declared':
    case 'unit.status-changed':
    case 'unit.reported':
      return evolveUnit(picture, event, atMs)
    case 'unit.cover-ordered':
    case 'unit.cover-ended':
      return evolveCover(picture, event)
    case 'dictionary.declared':
      return evolveDictionary(event)
    case 'sites.declared':
      return evolveSites(event)
    case 'checkpoints.declared':
      return evolveCheckpoints(picture, event)
    case 'incident.reported':
    case 'incident.state-changed':
    case 'incident.assigned':
    case 'incident.released':
    case 'incident.unit-lost':
    case 'incident.noted':
    case 'incident.offered':
    case 'incident.offer-answered':
    case 'incident.offer-expired':
    case 'incident.step-withdrawn':
    case 'incident.marked-same':
    case 'incident.unmarked-same':
    case 'incident.classified':
    case 'incident.updated':
    case 'incident.corrected':
    case 'incident.source-closed':
    case 'incident.warning-sent':
    case 'incident.closed':
    case 'incident.archived':
    case 'incident.read':
    case 'incident.exported':
      return evolveIncident(picture, event, atMs)
    case 'room.opened':
    case 'room.joined':
    case 'room.guest-entered':
    case 'room.exported':
    case 'room.left':
    case 'room.said':
    case 'room.received':
    case 'room.acknowledged':
    case 'room.checked':
    case 'room.checklist-set':
    case 'room.roll-called':
    case 'room.roll-answered':
    case 'room.roll-ended':
    case 'room.support-asked':
    case 'room.support-answered':
    case 'room.closed':
    case 'room.archived':
      return evolveRoom(picture, event, atMs)
    case 'search.opened':
    case 'search.ground-set':
    case 'search.scenario-added':
    case 'search.scenario-weighed':
    case 'search.scenario-moved':
    case 'search.scenario-removed':
    case 'search.conditions-set':
    case 'search.light-set':
    case 'search.drawing-added':
    case 'search.drawing-removed':
    case 'search.track-added':
    case 'search.track-removed':
    case 'search.sighting-added':
    case 'search.sighting-withdrawn':
    case 'search.advised':
    case 'search.advice-answered':
    case 'search.tasks-cut':
    case 'search.segment-added':
    case 'search.segment-removed':
    case 'search.teams-assigned':
    case 'search.ground-searched':
    case 'search.effort-withdrawn':
    case 'search.map-changed':
    case 'search.found':
    case 'search.ended':
    case 'search.exported':
      return evolveSearch(picture, event, atMs)
    case 'task.approved':
    case 'task.offered':
    case 'task.seen':
    case 'task.accepted':
    case 'task.refused':
    case 'task.offer-expired':
    case 'task.withdrawn':
    case 'task.handed-over':
    case 'task.resumed':
    case 'task.upload-started':
    case 'task.upload-progressed':
    case 'task.uploaded':
    case 'task.upload-cancelling':
    case 'task.upload-cancel-refused':
    case 'task.upload-failed':
    case 'task.starting':
    case 'task.start-failed':
    case 'task.flying':
    case 'task.reached':
    case 'task.returning':
    case 'task.done':
    case 'task.failed':
    case 'task.unknown':
      return evolveTask(picture, event, atMs)
    case 'drone.seen':
    case 'drone.leased':
    case 'drone.lease-released':
    case 'drone.ordered':
    case 'drone.command-changed':
      return evolveFleet(picture, event)
    case 'drone.fence-asked':
    case 'drone.fence-moved':
    case 'drone.fence-cancelling':
    case 'drone.fence-cancel-refused':
    case 'drone.fence-ended':
      return evolveFence(picture, event, atMs)
    case 'drone.upkeep-asked':
    case 'drone.upkeep-moved':
    case 'drone.upkeep-cancelling':
    case 'drone.upkeep-cancel-refused':
    case 'drone.upkeep-ended':
      return evolveUpkeep(picture, event, atMs)
    case 'candidate.raised':
    case 'candidate.strengthened':
    case 'candidate.rated':
    case 'candidate.looking-again':
    case 'candidate.team-sent':
    case 'candidate.dismissed':
    case 'candidate.confirmed':
    case 'candidate.nothing-there':
      return evolveCandidate(picture, event)
    case 'alarm.raised':
    case 'alarm.cleared':
    case 'alarm.acknowledged':
    case 'alarm.shelved':
    case 'alarm.unshelved':
      return evolveAlarm(picture, event, atMs)
    case 'ground-layers.declared':
      return [changed('groundLayers', CURRENT_LAYERS, event.ground)]
    case 'distance-table.declared':
    case 'distance-table.withdrawn':
      return evolveDistanceTable(picture, event)
    case 'calibration.laid-out':
    case 'calibration.pass-recorded':
    case 'calibration.false-alarm-recorded':
    case 'calibration.pass-undone':
    case 'calibration.finished':
    case 'calibration.withdrawn':
      return evolveCalibration(picture, event, atMs)
    case 'timer.set':
    case 'timer.ended':
      return evolveTimer(event)
    case 'cameras.declared':
      return evolveCameras(picture, event)
    case 'act.asked':
    case 'act.approved':
    case 'act.ended':
    case 'act.opened':
      return evolveAct(picture, event, atMs)
    case 'consignment.declared':
    case 'consignment.checked':
    case 'consignment.started':
    case 'consignment.arrived':
    case 'consignment.ended':
    case 'consignment.accident':
    case 'consignment.accident-moved':
    case 'consignment.contact-read':
    case 'consignment.archived':
      return evolveConsignment(picture, event, atMs)
    case 'zone.declared':
    case 'zone.removed':
      return evolveZone(picture, event, atMs)
  }
}
