export type { LngLat } from './height-grid.ts'
export { openTerrain } from './open-terrain.ts'
export { readTerrainConfig, TerrainConfig } from './terrain-config.ts'
export type { Bounds, Highest, Slope, Terrain, TerrainPorts } from './terrain.ts'
