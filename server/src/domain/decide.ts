import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import { decideAcknowledge, decideAcknowledgeAll, decideShelve, decideUnshelve } from './alarms/decide.ts'
import {
  decideFinish,
  decideLayOut,
  decideRecordPass,
  decideUndoPass,
  decideWithdrawCalibration,
} from './calibrations/decide.ts'
import { decideDismiss, decideLookAgain, decideSendTeam } from './candidates/decide.ts'
import type { DecideContext } from './context.ts'
import { decideReleaseLease, decideTakeLease } from './fleet/lease.ts'
import { decideCamera, decideFleetOrder, decideOrder } from './fleet/order.ts'
import { decideAssign, decideRelease } from './incidents/assign.ts'
import { decideClose, decideNote } from './incidents/close.ts'
import { decideAnswerOffer, decideOffer as decideOfferUnits } from './incidents/offer.ts'
import { decideReport } from './incidents/report.ts'
import { decideMarkSame, decideUnmarkSame } from './incidents/same.ts'
import type { Decision } from './result.ts'
import {
  decideAddScenario,
  decideAddSighting,
  decideMoveScenario,
  decideRemoveScenario,
  decideSetConditions,
  decideWeighScenario,
  decideWithdrawSighting,
} from './searches/assumptions.ts'
import { decideDeclineAdvice, decideTakeAdvice } from './searches/advice.ts'
import { decideCut, decideSetGround } from './searches/cut.ts'
import { decideEnd, decideFound } from './searches/end.ts'
import { decideLayPattern } from './searches/lay-pattern.ts'
import { decideOpen } from './searches/open.ts'
import { decideAccept, decideRefuse, decideSee, decideUpload } from './tasks/answer.ts'
import { decideHandOver } from './tasks/hand-over.ts'
import { decideApprove, decideOffer, decideWithdraw } from './tasks/offer.ts'
import { decideStart } from './tasks/start.ts'
import { decideCheckIn, decideStartTimer, decideStopTimer } from './timers/decide.ts'
import { decideChangeZone, decideDeclareZone, decideRemoveZone } from './zones/decide.ts'

/** What a command makes happen, or why not. Pure: the picture, the command and the context decide alone. */
export function decide(picture: Picture, command: Command, ctx: DecideContext): Decision<DomainEvent[]> {
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
    case 'incident.mark-same':
      return decideMarkSame(picture, command, ctx)
    case 'incident.unmark-same':
      return decideUnmarkSame(picture, command)
    case 'incident.note':
      return decideNote(picture, command)
    case 'incident.close':
      return decideClose(picture, command, ctx)
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
    case 'search.set-conditions':
      return decideSetConditions(picture, command)
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
      return decideWithdraw(picture, command)
    case 'task.hand-over':
      return decideHandOver(picture, command, ctx)
    case 'task.upload':
      return decideUpload(picture, command, ctx)
    case 'task.start':
      return decideStart(picture, command, ctx)
    case 'drone.order':
      return decideOrder(picture, command, ctx)
    case 'drone.camera':
      return decideCamera(picture, command, ctx)
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
    case 'calibration.lay-out':
      return decideLayOut(picture, command, ctx)
    case 'calibration.record-pass':
      return decideRecordPass(picture, command, ctx)
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
  }
}
