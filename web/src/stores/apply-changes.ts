import { ENTITY_KINDS, type Change, type Entities, type EntityKind } from '@skerry/contract'

/** The events plane as the console holds it: one map per kind of entity. */
export type Picture = { readonly [K in EntityKind]: ReadonlyMap<string, Entities[K]> }

export const emptyPicture = (): Picture =>
  Object.fromEntries(ENTITY_KINDS.map((kind) => [kind, new Map()])) as unknown as Picture

/** New picture after changes. Maps of kinds that no change touches are the same objects as before. */
export function applyChanges(picture: Picture, changes: readonly Change[]): Picture {
  const touched = new Map<EntityKind, Map<string, unknown>>()
  for (const change of changes) {
    let map = touched.get(change.kind)
    if (map === undefined) touched.set(change.kind, (map = new Map<string, unknown>(picture[change.kind])))
    if (change.value === null) map.delete(change.id)
    else map.set(change.id, change.value)
  }
  if (touched.size === 0) return picture
  return { ...picture, ...Object.fromEntries(touched) } as Picture
}
