import type { CheckpointDeclaration, DomainEvent } from '@skerry/contract'
import type { Refusal, Result } from '../../engine/engine.ts'
import type { Picture } from '../../picture/picture.ts'
import { ok } from '../result.ts'
import { sameJson } from '../same-json.ts'

/** A feed's list of gates. Saying the same again records nothing. */
export function decideCheckpoints(
  picture: Picture,
  checkpoints: readonly CheckpointDeclaration[],
): Result<DomainEvent[], Refusal> {
  const news = checkpoints.filter((declared) => {
    const known = picture.checkpoint.get(declared.id)
    if (!known) return true
    const { id, name, kind, position } = known
    return !sameJson({ id, name, kind, position }, declared)
  })
  return ok(news.length === 0 ? [] : [{ type: 'checkpoints.declared', checkpoints: news }])
}
