import type { DomainEvent, ListedSite } from '@skerry/contract'
import type { Result, Refusal } from '../../engine/engine.ts'
import type { Picture } from '../../picture/picture.ts'
import { ok } from '../result.ts'
import { sameJson } from '../same-json.ts'

/** A feed's list of ports, airports and other listed places. Saying the same again records nothing. */
export function decideSites(picture: Picture, sites: readonly ListedSite[]): Result<DomainEvent[], Refusal> {
  const news = sites.filter((site) => !sameJson(picture.site.get(site.id), site))
  return ok(news.length === 0 ? [] : [{ type: 'sites.declared', sites: news }])
}
