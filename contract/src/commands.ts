import { z } from 'zod'
import type { Role } from './access.ts'
import { actCommands } from './commands/act-commands.ts'
import { alarmCommands } from './commands/alarm-commands.ts'
import { calibrationCommands } from './commands/calibration-commands.ts'
import { caseCommands } from './commands/case-commands.ts'
import { consignmentCommands } from './commands/consignment-commands.ts'
import { droneCommands } from './commands/drone-commands.ts'
import { incidentCommands } from './commands/incident-commands.ts'
import { roomCommands } from './commands/room-commands.ts'
import { searchCommands } from './commands/search-commands.ts'
import { taskCommands } from './commands/task-commands.ts'

/**
 * Everything a seat can ask for. `id` is made by the client and makes a repeat harmless: the same id is
 * answered with the first outcome. A command is answered only after its events are on the disk.
 */
export const Command = z.discriminatedUnion('type', [
  ...incidentCommands,
  ...roomCommands,
  ...searchCommands,
  ...taskCommands,
  ...droneCommands,
  ...calibrationCommands,
  ...alarmCommands,
  ...actCommands,
  ...consignmentCommands,
  ...caseCommands,
])
export type Command = z.infer<typeof Command>
export type CommandType = Command['type']

/** Who may give each command. A type that is missing here does not compile. */
export const COMMAND_ROLES = {
  'act.ask': ['dispatcher', 'coordinator', 'pilot'],
  'act.approve': ['dispatcher', 'coordinator'],
  'act.refuse': ['dispatcher', 'coordinator'],
  'act.end': ['dispatcher', 'coordinator', 'pilot'],
  'case.hold': ['coordinator', 'admin'],
  'case.ask-lift': ['coordinator', 'admin'],
  'case.approve-lift': ['coordinator', 'admin'],
  'case.refuse-lift': ['coordinator', 'admin'],
  'consignment.declare': ['dispatcher', 'coordinator'],
  'consignment.check': ['dispatcher', 'coordinator'],
  'consignment.start': ['dispatcher', 'coordinator'],
  'consignment.arrive': ['dispatcher', 'coordinator'],
  'consignment.end': ['dispatcher', 'coordinator'],
  'consignment.accident': ['dispatcher', 'coordinator'],
  'incident.report': ['dispatcher', 'coordinator'],
  'incident.assign': ['dispatcher', 'coordinator'],
  'incident.release': ['dispatcher', 'coordinator'],
  'incident.note': ['dispatcher', 'coordinator', 'pilot'],
  'incident.close': ['dispatcher', 'coordinator'],
  'incident.classify': ['dispatcher', 'coordinator'],
  'incident.correct': ['dispatcher', 'coordinator'],
  'incident.warn': ['dispatcher', 'coordinator'],
  'incident.unwarn': ['dispatcher', 'coordinator'],
  'incident.offer': ['dispatcher', 'coordinator'],
  'incident.answer-offer': ['dispatcher', 'coordinator'],
  'incident.enter-report': ['dispatcher', 'coordinator'],
  'incident.withdraw-step': ['dispatcher', 'coordinator'],
  'incident.mark-same': ['dispatcher', 'coordinator'],
  'incident.unmark-same': ['dispatcher', 'coordinator'],
  'room.say': ['dispatcher', 'coordinator', 'pilot', 'observer', 'unit', 'adviser', 'guest'],
  'room.receive': ['dispatcher', 'coordinator', 'pilot', 'observer', 'unit', 'adviser', 'guest'],
  'room.acknowledge': ['dispatcher', 'coordinator', 'pilot', 'observer', 'unit', 'adviser', 'guest'],
  'room.check': ['dispatcher', 'coordinator', 'pilot', 'unit', 'adviser'],
  'room.call-roll': ['dispatcher', 'coordinator'],
  'room.answer-roll': ['dispatcher', 'coordinator', 'pilot', 'observer', 'unit', 'adviser', 'guest'],
  'room.invite': ['dispatcher', 'coordinator'],
  'room.ask-support': ['dispatcher', 'coordinator'],
  'room.answer-support': ['dispatcher', 'coordinator'],
  'unit.report': ['unit'],
  'unit.cover': ['dispatcher', 'coordinator'],
  'unit.end-cover': ['dispatcher', 'coordinator'],
  'room.remove': ['dispatcher', 'coordinator'],
  'search.open': ['coordinator'],
  'search.set-highest-ground': ['coordinator'],
  'search.add-scenario': ['coordinator'],
  'search.weigh-scenario': ['coordinator'],
  'search.move-scenario': ['coordinator'],
  'search.remove-scenario': ['coordinator'],
  'search.add-sighting': ['coordinator', 'dispatcher'],
  'search.withdraw-sighting': ['coordinator'],
  'search.add-drawing': ['coordinator'],
  'search.remove-drawing': ['coordinator'],
  'search.remove-track': ['coordinator'],
  'search.set-conditions': ['coordinator'],
  'search.set-light': ['coordinator'],
  'search.cut-tasks': ['coordinator'],
  'search.take-advice': ['coordinator'],
  'search.decline-advice': ['coordinator'],
  'search.lay-pattern': ['coordinator'],
  'search.add-segment': ['coordinator'],
  'search.remove-segment': ['coordinator'],
  'search.assign-teams': ['coordinator'],
  'search.confirm-searched': ['coordinator'],
  'search.withdraw-effort': ['coordinator'],
  'search.confirm-found': ['coordinator'],
  'search.end': ['coordinator'],
  'task.approve': ['coordinator'],
  'task.offer': ['coordinator'],
  'task.see': ['pilot'],
  'task.accept': ['pilot'],
  'task.refuse': ['pilot'],
  'task.withdraw': ['coordinator'],
  'task.hand-over': ['coordinator'],
  'task.upload': ['pilot'],
  'task.cancel-upload': ['pilot'],
  'task.start': ['pilot'],
  'task.resume': ['pilot'],
  'drone.order': ['pilot'],
  'drone.camera': ['pilot'],
  'drone.send-fence': ['pilot'],
  'drone.check-fence': ['pilot'],
  'drone.clear-fence': ['pilot'],
  'drone.cancel-fence': ['pilot'],
  'drone.read-params': ['pilot'],
  'drone.read-param': ['pilot'],
  'drone.set-param': ['pilot'],
  'drone.clear-mission': ['pilot'],
  'drone.cancel-upkeep': ['pilot'],
  'drone.take-lease': ['pilot'],
  'drone.release-lease': ['pilot'],
  'fleet.order': ['pilot', 'coordinator'],
  'candidate.look-again': ['coordinator'],
  'candidate.send-team': ['coordinator', 'dispatcher'],
  'candidate.dismiss': ['coordinator'],
  'distance-table.declare': ['coordinator', 'admin'],
  'distance-table.withdraw': ['coordinator', 'admin'],
  'calibration.lay-out': ['coordinator'],
  'calibration.record-pass': ['coordinator', 'pilot'],
  'calibration.record-false-alarm': ['coordinator', 'pilot'],
  'calibration.undo-pass': ['coordinator', 'pilot'],
  'calibration.finish': ['coordinator'],
  'calibration.withdraw': ['coordinator'],
  'alarm.acknowledge': ['dispatcher', 'coordinator', 'pilot'],
  'alarm.acknowledge-all': ['dispatcher', 'coordinator'],
  'alarm.shelve': ['dispatcher', 'coordinator'],
  'alarm.unshelve': ['dispatcher', 'coordinator'],
  'timer.start': ['dispatcher', 'coordinator'],
  'timer.check-in': ['dispatcher', 'coordinator'],
  'timer.stop': ['dispatcher', 'coordinator'],
  'zone.declare': ['dispatcher', 'coordinator', 'admin'],
  'zone.change': ['dispatcher', 'coordinator', 'admin'],
  'zone.remove': ['dispatcher', 'coordinator', 'admin'],
} as const satisfies Record<CommandType, readonly Role[]>

/** Answer to a command that was taken: the journal numbers of its events and the ids of what it made. */
export const CommandDone = z.object({
  seq: z.number().int(),
  created: z.array(z.object({ kind: z.string(), id: z.string() })),
})
export type CommandDone = z.infer<typeof CommandDone>
