import type { CheckpointDeclaration, DomainEvent } from '@skerry/contract'
import type { Refusal, Result } from '../../engine/engine.ts'
import type { Picture } from '../../picture/picture.ts'
import { ok, refuse } from '../result.ts'
import { sameJson } from '../same-json.ts'

/**
 * A feed's list of gates. Saying the same again records nothing. A gate belongs to the feed that declared it first: another
 * one may take it over only when that feed is gone.
 * @param feeds ids of the feeds that there are
 */
export function decideCheckpoints(
  picture: Picture,
  checkpoints: readonly CheckpointDeclaration[],
  feed: string,
  feeds: ReadonlySet<string>,
): Result<DomainEvent[], Refusal> {
  const foreign = checkpoints.find(({ id }) => {
    const owner = picture.checkpoint.get(id)?.feed ?? null
    return owner !== null && owner !== feed && feeds.has(owner)
  })
  if (foreign !== undefined) return refuse(403, 'not-owner', `${foreign.id} is another feed's`)
  const news = checkpoints.filter((declared) => {
    const known = picture.checkpoint.get(declared.id)
    if (known === undefined || known.feed !== feed) return true
    const { id, name, kind, position, terminal, onto, off, lanes } = known
    const said = {
      ...declared,
      terminal: declared.terminal ?? null,
      onto: declared.onto ?? null,
      off: declared.off ?? null,
    }
    return !sameJson({ id, name, kind, position, terminal, onto, off, lanes }, said)
  })
  return ok(news.length === 0 ? [] : [{ type: 'checkpoints.declared', checkpoints: news, feed }])
}
