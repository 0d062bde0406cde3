import type { DomainEvent, DrawnGround, GroundLayers, GroundUsed } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import { sameJson } from './same-json.ts'

export const CURRENT_LAYERS = 'current'

/** Layers that the server was started with. Saying the same again records nothing. */
export const declareGroundLayers = (picture: Picture, ground: GroundLayers): DomainEvent[] =>
  sameJson(picture.groundLayers.get(CURRENT_LAYERS) ?? NONE, ground) ? [] : [{ type: 'ground-layers.declared', ground }]

const NONE: GroundLayers = { layers: null, elevation: null }

/** Whether there is anything that a map could be drawn from beside distances. */
export function hasLayers(picture: Pick<Picture, 'groundLayers'>): boolean {
  const { layers, elevation } = picture.groundLayers.get(CURRENT_LAYERS) ?? NONE
  return layers !== null || elevation !== null
}

/** What a search shows of the ground that made its map; the cells themselves stay in the journal. */
export const usedOf = ({ condition, layers, elevation, reasons, covers }: DrawnGround): GroundUsed => ({
  condition,
  layers,
  elevation,
  reasons,
  ...(covers ? { covers } : {}),
})
