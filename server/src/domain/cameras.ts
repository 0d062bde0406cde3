import type { CameraEntry, Change, DomainEvent, EventOf, FixedCamera } from '@skerry/contract'
import { changed, type Picture } from '../picture/picture.ts'
import { sameJson } from './same-json.ts'

/** The cameras that the server was started with, without their addresses. Saying the same again records nothing. */
export function declareCameras(picture: Picture, entries: readonly CameraEntry[]): DomainEvent[] {
  const cameras = entries.map(({ id, label, position }): FixedCamera => ({ id, label, position }))
  return sameJson(byId(picture.camera.values()), byId(cameras)) ? [] : [{ type: 'cameras.declared', cameras }]
}

/** The picture keeps them in the order in which they first came, a file in any. */
const byId = (cameras: Iterable<FixedCamera>): FixedCamera[] => [...cameras].sort((a, b) => (a.id < b.id ? -1 : 1))

/** The list is replaced as a whole: what the file no longer has is gone. */
export const evolveCameras = (picture: Picture, { cameras }: EventOf<'cameras.declared'>): Change[] => [
  ...[...picture.camera.keys()]
    .filter((id) => !cameras.some((camera) => camera.id === id))
    .map((id) => changed('camera', id, null)),
  ...cameras.map((camera) => changed('camera', camera.id, camera)),
]
