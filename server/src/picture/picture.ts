import { ENTITY_KINDS, type Change, type Entities, type EntityKind, type Snapshot } from '@skerry/contract'

/** Everything that the events plane knows now: one map per kind of entity, by id. Entities are never edited in place. */
export type Picture = { readonly [K in EntityKind]: Map<string, Entities[K]> }

export const createPicture = (): Picture => ({
  unit: new Map(),
  incident: new Map(),
  search: new Map(),
  task: new Map(),
  candidate: new Map(),
  drone: new Map(),
  command: new Map(),
  checkpoint: new Map(),
  alarm: new Map(),
  site: new Map(),
  calibration: new Map(),
  distanceTable: new Map(),
  groundLayers: new Map(),
  hold: new Map(),
  counter: new Map(),
  zone: new Map(),
  consignment: new Map(),
  camera: new Map(),
  act: new Map(),
  timer: new Map(),
  room: new Map(),
  member: new Map(),
  message: new Map(),
  dictionary: new Map(),
})

/** Puts changes into the picture, in order. The only place where a picture is written. */
export function applyChanges(picture: Picture, changes: readonly Change[]): void {
  for (const { kind, id, value } of changes) {
    const entities = picture[kind] as Map<string, typeof value>
    if (value === null) entities.delete(id)
    else entities.set(id, value)
  }
}

/** The picture as one list of changes, for a client that holds nothing yet. */
export function toSnapshot(picture: Picture, seq: number, atMs: number): Snapshot {
  const changes: Change[] = []
  for (const kind of ENTITY_KINDS) for (const [id, value] of picture[kind]) changes.push(changed(kind, id, value))
  return { seq, atMs, changes }
}

/** A change of one entity; `null` takes it out of the picture. */
export const changed = <K extends EntityKind>(kind: K, id: string, value: Entities[K] | null): Change =>
  ({ kind, id, value }) as Change

/** A change of some fields of an entity that is in the picture; nothing when it is not there. */
export function patched<K extends EntityKind>(
  picture: Picture,
  kind: K,
  id: string,
  fields: Partial<Entities[K]>,
): Change[] {
  const entity = picture[kind].get(id)
  return entity === undefined ? [] : [changed(kind, id, { ...entity, ...fields } as Entities[K])]
}
