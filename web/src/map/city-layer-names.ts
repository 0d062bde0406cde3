/** Layers of the live picture in drawing order, and whether they show before anyone chose. */
export const CITY_LAYERS = [
  ['zones', true],
  ['consignments', true],
  ['hotspots', true],
  ['sailings', false],
  ['checkpoints', true],
  ['vessels', true],
  ['units', true],
  ['incidents', true],
  ['footprints', true],
  ['drones', true],
  ['searches', true],
] as const
export type CityLayerName = (typeof CITY_LAYERS)[number][0]

/** Whether a layer shows before anyone chose. */
export const onByDefault = (name: CityLayerName): boolean => CITY_LAYERS.find(([n]) => n === name)![1]
