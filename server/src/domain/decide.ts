import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import { decideApproveAct, decideAskAct, decideEndAct, decideRefuseAct } from './acts/decide.ts'
import { decideAcknowledge, decideAcknowledgeAll, decideShelve, decideUnshelve } from './alarms/decide.ts'
import {
  decideFinish,
  decideLayOut,
  decideRecordFalseAlarm,
  decideRecordPass,
  decideUndoPass,
  decideWithdrawCalibration,
} from './calibrations/decide.ts'
import { decideDeclareTable, decideWithdrawTable } from './distance-tables/decide.ts'
import {
  decideAccident,
  decideArriveConsignment,
  decideCheckConsignment,
  decideDeclareConsignment,
  decideEndConsignment,
  decideStartConsignment,
} from './consignments/decide.ts'
import { decideDismiss, decideLookAgain, decideSendTeam } from './candidates/decide.ts'
import { decideApproveLift, decideAskLift, decideHold, decideRefuseLift } from './retention/decide.ts'
import type { DecideContext } from './context.ts'
import { decideCancelFence, decideFence } from './fleet/fence.ts'
import { decideCancelUpkeep, decideUpkeep } from './fleet/upkeep.ts'
import { decideReleaseLease, decideTakeLease } from './fleet/lease.ts'
import { decideCamera, decideFleetOrder, decideOrder } from './fleet/order.ts'
import { decideAssign, decideRelease } from './incidents/assign.ts'
import { decideClassify } from './incidents/classify.ts'
import { decideClose, decideNote } from './incidents/close.ts'
import { decideCorrect } from './incidents/correct.ts'
import { decideAnswerOffer, decideOffer as decideOfferUnits } from './incidents/offer.ts'
import { decideReport } from './incidents/report.ts'
import { decideUnwarn, decideWarn } from './incidents/warn.ts'
import { decideMarkSame, decideUnmarkSame } from './incidents/same.ts'
import { decideWithdrawStep } from './incidents/withdraw-step.ts'
import { ok, type Decision } from './result.ts'
import { decideInvite } from './rooms/advisers.ts'
import { decideCheck } from './rooms/checklist.ts'
import { handlerJoins } from './rooms/join.ts'
import { decideRemove } from './rooms/remove.ts'
import { decideAnswerRoll, decideCallRoll } from './rooms/roll-call.ts'
import { decideAcknowledgeMessage, decideReceive, decideSay } from './rooms/say.ts'
import { decideAnswerSupport, decideAskSupport } from './rooms/support.ts'
import {
  decideAddScenario,
  decideAddSighting,
  decideMoveScenario,
  decideRemoveScenario,
  decideSetConditions,
  decideSetLight,
  decideWeighScenario,
  decideWithdrawSighting,
} from './searches/assumptions.ts'
import { decideAddDrawing, decideRemoveDrawing, decideRemoveTrack } from './searches/drawings.ts'
import { decideDeclineAdvice, decideTakeAdvice } from './searches/advice.ts'
import { decideCut, decideSetGround } from './searches/cut.ts'
import { decideEnd, decideFound } from './searches/end.ts'
import { decideLayPattern } from './searches/lay-pattern.ts'
import { decideOpen } from './searches/open.ts'
import {
  decideAddSegment,
  decideAssignTeams,
  decideConfirmSearched,
  decideRemoveSegment,
  decideWithdrawEffort,
} from './searches/segments.ts'
import { decideAccept, decideCancelUpload, decideRefuse, decideSee, decideUpload } from './tasks/answer.ts'
import { decideHandOver } from './tasks/hand-over.ts'
import { decideApprove, decideOffer, decideWithdraw } from './tasks/offer.ts'
import { decideResume } from './tasks/resume.ts'
import { decideStart } from './tasks/start.ts'
import { decideCover, decideEndCover } from './units/cover.ts'
import { decideEnterReport, decideSeatReport } from './units/report.ts'
import { decideCheckIn, decideStartTimer, decideStopTimer } from './timers/decide.ts'
import { decideChangeZone, decideDeclareZone, decideRemoveZone } from './zones/decide.ts'

/**
 * What a command makes happen, or why not. Pure: the picture, the command and the context decide alone. Whoever takes a
 * hand in an incident belongs to its room from then on.
 */
export function decide(picture: Picture, command: Command, ctx: DecideContext): Decision<DomainEvent[]> {
  const decided = decideCommand(picture, command, ctx)
  if (!decided.ok || decided.value.length === 0) return decided
  return ok([...decided.value, ...handlerJoins(picture, command, ctx.seat)])
}

function decideCommand(picture: Picture, command: Command, ctx: DecideContext): Decision<DomainEvent[]> {
  switch (command.type) {
    case 'incident.report':
      return decideReport(picture, command, ctx)
    case 'incident.assign':
      return decideAssign(picture, command)
    case 'incident.release':
      return decideRelease(picture, command)
    case 'incident.offer':
      return decideOfferUnits(picture, command, ctx)
    case 'incident.answer-offer':
      return decideAnswerOffer(picture, command)
    case 'incident.enter-report':
      return decideEnterReport(picture, command, ctx)
    case 'incident.withdraw-step':
      return decideWithdrawStep(picture, command, ctx)
    case 'incident.mark-same':
      return decideMarkSame(picture, command, ctx)
    case 'incident.unmark-same':
      return decideUnmarkSame(picture, command)
    case 'incident.warn':
      return decideWarn(picture, command, ctx)
    case 'incident.unwarn':
      return decideUnwarn(picture, command, ctx)
    case 'incident.note':
      return decideNote(picture, command)
    case 'incident.classify':
      return decideClassify(picture, command)
    case 'incident.correct':
      return decideCorrect(picture, command)
    case 'incident.close':
      return decideClose(picture, command, ctx)
    case 'room.say':
      return decideSay(picture, command, ctx)
    case 'room.receive':
      return decideReceive(picture, command, ctx)
    case 'room.acknowledge':
      return decideAcknowledgeMessage(picture, command, ctx)
    case 'room.check':
      return decideCheck(picture, command, ctx)
    case 'room.call-roll':
      return decideCallRoll(picture, command, ctx)
    case 'room.answer-roll':
      return decideAnswerRoll(picture, command, ctx)
    case 'room.invite':
      return decideInvite(picture, command, ctx)
    case 'room.ask-support':
      return decideAskSupport(picture, command, ctx)
    case 'room.answer-support':
      return decideAnswerSupport(picture, command, ctx)
    case 'unit.cover':
      return decideCover(picture, command, ctx)
    case 'unit.end-cover':
      return decideEndCover(picture, command)
    case 'unit.report':
      return decideSeatReport(picture, command, ctx)
    case 'room.remove':
      return decideRemove(picture, command)
    case 'search.open':
      return decideOpen(picture, command, ctx)
    case 'search.set-highest-ground':
      return decideSetGround(picture, command, ctx)
    case 'search.add-scenario':
      return decideAddScenario(picture, command, ctx)
    case 'search.weigh-scenario':
      return decideWeighScenario(picture, command)
    case 'search.move-scenario':
      return decideMoveScenario(picture, command, ctx)
    case 'search.set-light':
      return decideSetLight(picture, command)
    case 'search.set-conditions':
      return decideSetConditions(picture, command)
    case 'search.add-drawing':
      return decideAddDrawing(picture, command, ctx)
    case 'search.remove-drawing':
      return decideRemoveDrawing(picture, command)
    case 'search.remove-track':
      return decideRemoveTrack(picture, command)
    case 'search.remove-scenario':
      return decideRemoveScenario(picture, command)
    case 'search.add-sighting':
      return decideAddSighting(picture, command, ctx)
    case 'search.withdraw-sighting':
      return decideWithdrawSighting(picture, command)
    case 'search.cut-tasks':
      return decideCut(picture, command, ctx)
    case 'search.take-advice':
      return decideTakeAdvice(picture, command, ctx)
    case 'search.decline-advice':
      return decideDeclineAdvice(picture, command)
    case 'search.lay-pattern':
      return decideLayPattern(picture, command, ctx)
    case 'search.add-segment':
      return decideAddSegment(picture, command, ctx)
    case 'search.remove-segment':
      return decideRemoveSegment(picture, command)
    case 'search.assign-teams':
      return decideAssignTeams(picture, command)
    case 'search.confirm-searched':
      return decideConfirmSearched(picture, command, ctx)
    case 'search.withdraw-effort':
      return decideWithdrawEffort(picture, command)
    case 'search.confirm-found':
      return decideFound(picture, command, ctx)
    case 'search.end':
      return decideEnd(picture, command, ctx)
    case 'task.approve':
      return decideApprove(picture, command)
    case 'task.offer':
      return decideOffer(picture, command, ctx)
    case 'task.see':
      return decideSee(picture, command, ctx)
    case 'task.accept':
      return decideAccept(picture, command, ctx)
    case 'task.refuse':
      return decideRefuse(picture, command, ctx)
    case 'task.withdraw':
      return decideWithdraw(picture, command, ctx)
    case 'task.hand-over':
      return decideHandOver(picture, command, ctx)
    case 'task.upload':
      return decideUpload(picture, command, ctx)
    case 'task.cancel-upload':
      return decideCancelUpload(picture, command, ctx)
    case 'task.resume':
      return decideResume(picture, command, ctx)
    case 'task.start':
      return decideStart(picture, command, ctx)
    case 'drone.order':
      return decideOrder(picture, command, ctx)
    case 'drone.camera':
      return decideCamera(picture, command, ctx)
    case 'drone.send-fence':
    case 'drone.check-fence':
    case 'drone.clear-fence':
      return decideFence(picture, command, ctx)
    case 'drone.cancel-fence':
      return decideCancelFence(picture, command, ctx)
    case 'drone.read-params':
    case 'drone.read-param':
    case 'drone.set-param':
    case 'drone.clear-mission':
      return decideUpkeep(picture, command, ctx)
    case 'drone.cancel-upkeep':
      return decideCancelUpkeep(picture, command, ctx)
    case 'drone.take-lease':
      return decideTakeLease(picture, command, ctx)
    case 'drone.release-lease':
      return decideReleaseLease(picture, command, ctx)
    case 'fleet.order':
      return decideFleetOrder(picture, command, ctx)
    case 'candidate.look-again':
      return decideLookAgain(picture, command, ctx)
    case 'candidate.send-team':
      return decideSendTeam(picture, command)
    case 'candidate.dismiss':
      return decideDismiss(picture, command)
    case 'distance-table.declare':
      return decideDeclareTable(picture, command, ctx)
    case 'distance-table.withdraw':
      return decideWithdrawTable(picture, command)
    case 'calibration.lay-out':
      return decideLayOut(picture, command, ctx)
    case 'calibration.record-pass':
      return decideRecordPass(picture, command, ctx)
    case 'calibration.record-false-alarm':
      return decideRecordFalseAlarm(picture, command, ctx)
    case 'calibration.undo-pass':
      return decideUndoPass(picture, command)
    case 'calibration.finish':
      return decideFinish(picture, command)
    case 'calibration.withdraw':
      return decideWithdrawCalibration(picture, command)
    case 'alarm.acknowledge':
      return decideAcknowledge(picture, command, ctx)
    case 'alarm.acknowledge-all':
      return decideAcknowledgeAll(picture, command, ctx)
    case 'alarm.shelve':
      return decideShelve(picture, command, ctx)
    case 'alarm.unshelve':
      return decideUnshelve(picture, command, ctx)
    case 'timer.start':
      return decideStartTimer(picture, command, ctx)
    case 'timer.check-in':
      return decideCheckIn(picture, command, ctx)
    case 'timer.stop':
      return decideStopTimer(picture, command)
    case 'zone.declare':
      return decideDeclareZone(picture, command, ctx)
    case 'zone.change':
      return decideChangeZone(picture, command, ctx)
    case 'zone.remove':
      return decideRemoveZone(picture, command)
    case 'case.hold':
      return decideHold(picture, command, ctx)
    case 'case.ask-lift':
      return decideAskLift(picture, command, ctx)
    case 'case.approve-lift':
      return decideApproveLift(picture, command, ctx)
    case 'case.refuse-lift':
      return decideRefuseLift(picture, command, ctx)
    case 'act.ask':
      return decideAskAct(picture, command, ctx)
    case 'act.approve':
      return decideApproveAct(picture, command, ctx)
    case 'act.refuse':
      return decideRefuseAct(picture, command, ctx)
    case 'act.end':
      return decideEndAct(picture, command, ctx)
    case 'consignment.declare':
      return decideDeclareConsignment(picture, command, ctx)
    case 'consignment.check':
      return decideCheckConsignment(picture, command, ctx)
    case 'consignment.start':
      return decideStartConsignment(picture, command, ctx)
    case 'consignment.arrive':
      return decideArriveConsignment(picture, command)
    case 'consignment.end':
      return decideEndConsignment(picture, command)
    case 'consignment.accident':
      return decideAccident(picture, command, ctx)
  }
}
