import type { Command } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import type { CutRequest, DecideContext } from './context.ts'
import type { Decision } from './result.ts'
import { cutRequest } from './searches/cut.ts'

/** What must be planned before a command has its turn: a refusal tells why it cannot be, null that nothing must be. */
export function planNeeded(
  picture: Picture,
  command: Command,
  ctx: Pick<DecideContext, 'maps' | 'drones'>,
): Decision<CutRequest> | null {
  return command.type === 'search.cut-tasks' ? cutRequest(picture, command, ctx) : null
}
