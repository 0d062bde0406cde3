import type { Command } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import type { DecideContext, PlanRequest } from './context.ts'
import type { Decision } from './result.ts'
import { cutRequest } from './searches/cut.ts'
import { areaRequest, isArea } from './searches/lay-area.ts'

/** Whether a command has to be planned before its turn, by its kind alone. */
export const mayNeedPlan = (command: Command): boolean =>
  command.type === 'search.cut-tasks' || (command.type === 'search.lay-pattern' && isArea(command.pattern))

/** What must be planned before a command has its turn: a refusal tells why it cannot be, null that nothing must be. */
export function planNeeded(
  picture: Picture,
  command: Command,
  ctx: Pick<DecideContext, 'maps' | 'drones' | 'nowMs'>,
): Decision<PlanRequest> | null {
  if (command.type === 'search.cut-tasks') return cutRequest(picture, command, ctx)
  if (command.type !== 'search.lay-pattern' || !isArea(command.pattern)) return null
  return areaRequest(picture, { ...command, pattern: command.pattern }, ctx)
}
