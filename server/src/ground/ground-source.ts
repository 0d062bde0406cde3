import type { GroundLayers, SearchSetup } from '@skerry/contract'
import { boxAround } from '../maps/land-source.ts'
import type { GroundJob } from './draw-ground.ts'
import { layersInBox, type LayersOfGround } from './read-layers.ts'

/** Layers of the ground that this server was started with. */
export interface GroundSource {
  layers: LayersOfGround | null
  /** Heights: the file that describes them, and whose data they are. */
  terrain: { file: string; attribution: string } | null
}

export const NO_GROUND: GroundSource = { layers: null, terrain: null }

/** As consoles are told of them. */
export const declaredGround = ({ layers, terrain }: GroundSource): GroundLayers => ({
  layers: layers?.about ?? null,
  elevation: terrain && { attribution: terrain.attribution },
})

/** What the ground under the map of a setup is to be drawn from; null where the setup asks for none, or there is none. */
export function groundJobOf(setup: SearchSetup, { layers, terrain }: GroundSource): GroundJob | null {
  const { planningPoint, halfSizeM, cellM, ground: condition } = setup
  if (condition === undefined || (layers === null && terrain === null)) return null
  const { title, attribution } = layers?.about ?? { title: '', attribution: '' }
  return {
    setup: { planningPoint, halfSizeM, cellM },
    condition,
    layers: layers && { title, attribution, ...layersInBox(layers, boxAround(planningPoint, halfSizeM)) },
    terrainFile: terrain?.file ?? null,
  }
}
