import type { Change, EventOf } from '@skerry/contract'
import { changed } from '../../picture/picture.ts'

/** Sites are added or replaced by id; one that a later declaration leaves out stays, because leaving out is no release. */
export const evolveSites = (event: EventOf<'sites.declared'>): Change[] =>
  event.sites.map((site) => changed('site', site.id, site))
