import type { CommandDone, MemberKey, SupportAnswer } from '@skerry/contract'
import type { CommandDraft } from '../api/send-command.ts'
import type { Result } from '../api/request.ts'

/** What one does in a room, as commands. */
export interface RoomActs {
  acknowledge: (number: number, forKey?: MemberKey) => void
  check: (itemId: string, as: 'open' | 'done' | 'skipped', reason?: string) => void
  callRoll: (withinS: number) => void
  answerRoll: (forKey?: MemberKey) => void
  remove: (key: MemberKey, reason: string) => void
  invite: (account: string, adviser: string, minutes: number) => void
  askSupport: (support: string, text: string) => void
  answerSupport: (number: number, answer: SupportAnswer, more: { etaMin?: number; reason?: string }) => void
}

export function useRoomActs(
  incidentId: () => string,
  give: (draft: CommandDraft) => Promise<Result<CommandDone>>,
): RoomActs {
  const other = (forKey: MemberKey | undefined): { forKey?: MemberKey } => (forKey === undefined ? {} : { forKey })
  const go = (draft: CommandDraft): void => void give(draft)
  return {
    acknowledge: (number, forKey) =>
      go({ type: 'room.acknowledge', incidentId: incidentId(), number, ...other(forKey) }),
    check: (itemId, as, reason) =>
      go({
        type: 'room.check',
        incidentId: incidentId(),
        itemId,
        as,
        ...(reason === undefined ? {} : { reason }),
      }),
    callRoll: (withinS) => go({ type: 'room.call-roll', incidentId: incidentId(), withinS }),
    answerRoll: (forKey) => go({ type: 'room.answer-roll', incidentId: incidentId(), ...other(forKey) }),
    invite: (account, adviser, minutes) =>
      go({ type: 'room.invite', incidentId: incidentId(), account, adviser, minutes }),
    askSupport: (support, text) => go({ type: 'room.ask-support', incidentId: incidentId(), support, text }),
    answerSupport: (number, answer, more) =>
      go({ type: 'room.answer-support', incidentId: incidentId(), number, answer, ...more }),
    remove: (key, reason) => go({ type: 'room.remove', incidentId: incidentId(), key, reason }),
  }
}
