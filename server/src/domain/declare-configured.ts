import type { CameraEntry, Dictionary, GroundLayers } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'
import { declareCameras } from './cameras.ts'
import { declareDictionary } from './dictionary/dictionary.ts'
import { declareGroundLayers } from './ground-layers.ts'

/** Journals what the configuration states and the picture does not hold yet. */
export async function declareConfigured(
  engine: Engine,
  { layers, cameras, dictionary }: { layers: GroundLayers; cameras: readonly CameraEntry[]; dictionary: Dictionary },
): Promise<void> {
  if (declareGroundLayers(engine.picture, layers).length > 0)
    await engine.record({ kind: 'system', part: 'layers' }, (picture) => declareGroundLayers(picture, layers))
  if (declareCameras(engine.picture, cameras).length > 0)
    await engine.record({ kind: 'system', part: 'cameras' }, (picture) => declareCameras(picture, cameras))
  if (declareDictionary(engine.picture, dictionary).length > 0)
    await engine.record({ kind: 'system', part: 'dictionary' }, (picture) => declareDictionary(picture, dictionary))
}
